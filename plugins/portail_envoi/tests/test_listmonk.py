"""Listmonk, before a server of this machine that implements the documented calls and errors."""

import json
import re
import threading
import time
from email.header import decode_header, make_header
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from courrier import PAGE, WEEK, eml, write_issue
from lettres import ENSEIGNE, NUMERO, envoi
from portail.text.mail import header
from portail_envoi import listmonk
from portail_envoi.command import main as envoyer
from portail_envoi.listmonk import html_body, subject_of, text_body
from portail_envoi.mails import read_mail
from portail_poste import api

TOKEN = "lettre:jeton-tres-secret"
UUID = "ce13e971-c2ed-4069-bd0c-240e9a9f56f9"
BARE = '{{ template "content" . }}'


class Service(BaseHTTPRequestHandler):
    """A call to an instance: its templates, its campaigns, the calls that it had.

    ``faults`` answer the next calls in its place, by method and path: status and body, ``None`` to
    hang up, a number to be late; before (the call is lost) or, with ``True``, after it is done.
    """

    def do_GET(self):
        """Answer, as told."""
        path = self.path.partition("?")[0]
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        name = f"{self.command} {path}"
        self.calls.append(name)
        left = self.faults.get(name)
        after, fault = left.pop(0) if left else (True, ())
        answer = self.answer(path, json.loads(body or "null")) if after else None
        if isinstance(fault, float):
            time.sleep(fault)
        if isinstance(fault, tuple):
            self.say(*(fault or answer))
        self.connection.close()

    do_POST = do_PUT = do_GET

    def answer(self, path, body):
        """What the documentation says."""
        if self.headers["Authorization"] != f"token {TOKEN}":
            return 403, {"message": "invalid API credentials"}
        if path == "/api/templates":
            return 200, {"data": self.templates}
        if path == "/api/lists":
            return 200, {"data": {"results": [{"id": 3, "uuid": UUID}, {"id": 4, "uuid": "x"}]}}
        if path == "/api/campaigns" and self.command == "GET":
            return 200, {"data": {"results": self.campaigns}}
        if path == "/api/campaigns":
            if not body.get("name") or not body.get("subject") or not body.get("lists"):
                return 400, {"message": "Invalid `lists`"}
            self.campaigns.append({"id": len(self.campaigns) + 10, "status": "draft", **body})
            return 200, {"data": self.campaigns[-1]}
        one = self.campaigns[int(path.split("/")[3]) - 10]
        if body["status"] != "running" or one["status"] not in ("draft", "paused"):
            return 400, {"message": "Only paused and draft campaigns can be started"}
        one["status"] = "running"
        return 200, {"data": one}

    def say(self, status, body):
        """Send an answer: JSON or a page."""
        data = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:9/vol")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def service(place, monkeypatch):
    """An instance whose settings are in the environment; nobody waits."""
    templates = [
        {"id": 1, "type": "campaign", "body": f"<html>{BARE}{{{{ TrackView }}}}</html>"},
        {"id": 2, "type": "campaign", "body": f"{BARE}\n"},
    ]
    state = {"campaigns": [], "faults": {}, "calls": [], "templates": templates}
    service = type("Its", (Service,), state)
    server = ThreadingHTTPServer(("127.0.0.1", 0), service)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    service.url = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr(listmonk, "WAITS", (0.0, 0.0))
    monkeypatch.setenv("PORTAIL_ENVOI_LISTMONK", service.url)
    monkeypatch.setenv("PORTAIL_ENVOI_LISTMONK_JETON", TOKEN)
    monkeypatch.setenv("PORTAIL_ENVOI_LISTES", f"region={UUID}")
    yield service
    server.shutdown()
    server.server_close()


@pytest.fixture
def campaign(service, capsys):
    """A function that sends through the service, the issue being built, and returns what is said,
    which never holds the token; only errors go to stderr."""

    def run(*arguments, code=0):
        assert envoyer([WEEK, "--vers", "listmonk", "--deja-construit", *arguments]) == code
        told = capsys.readouterr()
        assert "tres-secret" not in told.out + told.err
        assert bool(told.err) is (code > 1)
        return told.out + told.err

    return run


def test_a_draft_then_launched_once(service, campaign):
    where = f"({service.url}/campaigns/10)"
    told = f"region : la campagne est en brouillon : relisez et lancez-la {where}\n"
    assert campaign() == campaign() == told
    assert campaign("--lancer") == f"region : la campagne est lancée {where}\n"
    assert campaign("--lancer") == f"region : la campagne est en cours d’envoi {where}\n"
    assert service.calls.count("POST /api/campaigns") == 1
    assert service.calls.count("PUT /api/campaigns/10/status") == 1


def test_what_a_campaign_holds(service, campaign):
    campaign()
    made = service.campaigns[0]
    assert made["subject"] == "Le ciel d’octobre"
    assert made["from_email"] == f"Portail d’exemple <{ENSEIGNE.expediteur}>"
    assert (made["lists"], made["template_id"]) == ([3], 2)
    assert (made["type"], made["content_type"]) == ("regular", "html")
    assert made["tags"] == ["vitrine.example.org-2021-s39-region"]
    for body in (made["body"], made["altbody"]):
        assert body.count("{{ UnsubscribeURL }}") == 1 and PAGE not in body


def test_a_subject_that_reads_as_an_encoded_word_is_encoded():
    """The service encodes only what is not ASCII."""
    subject = "=?utf-8?q?Autre_{{objet}}?="
    written = header("Subject", subject)
    old = re.search(rb"Subject: .*\r\n(?: .*\r\n)*", eml())[0]
    asked = subject_of(read_mail(eml().replace(old, written), "region", PAGE))
    assert "{{" not in asked and asked.isascii() and "\n" not in asked
    assert str(make_header(decode_header(asked))) == subject


def test_another_machine_finds_the_campaign(service, place, campaign):
    campaign("--lancer")
    place.journal.unlink()
    assert "est en cours d’envoi" in campaign("--lancer")
    assert len(service.campaigns) == 1


PROXY = (502, "<html>Bad gateway</html>")


@pytest.mark.parametrize(
    ("after", "fault"),
    [
        (False, PROXY),
        (False, None),
        (True, PROXY),
        (True, None),
        pytest.param(True, 1.3, marks=pytest.mark.long),
    ],
)
def test_an_answer_that_is_lost_makes_no_second_campaign(
    service, campaign, after, fault, monkeypatch
):
    monkeypatch.setattr(api, "TIMEOUT", 1.0)
    service.faults["POST /api/campaigns"] = [(after, fault)]
    campaign()
    assert len(service.campaigns) == 1
    service.faults["PUT /api/campaigns/10/status"] = [(after, fault)]
    campaign("--lancer")
    assert service.campaigns[0]["status"] == "running"


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (401, {"message": "x"}, "le jeton est refusé, ou n’a pas ce droit (401)"),
        (403, {"message": "x"}, "le jeton est refusé, ou n’a pas ce droit (403)"),
        (
            302,
            "ailleurs",
            "la réponse n’est pas celle de Listmonk, est-ce la bonne adresse ? (302)",
        ),
        (500, {"message": f"boom {TOKEN}"}, "boom *** (500)"),
        (503, "<html>maintenance</html>", "la bonne adresse ? (503)"),
        (200, "<html>un autre site</html>", "la réponse n’est pas celle de Listmonk"),
    ],
)
def test_errors_are_told_in_one_line(service, campaign, status, body, words):
    service.faults["GET /api/templates"] = [(False, (status, body))] * 3
    error = campaign(code=2)
    assert words in error and error.count("\n") == 1
    assert not service.campaigns


def test_campaigns_that_editors_stopped_are_left(service, campaign):
    campaign()
    service.campaigns[0]["status"] = "cancelled"
    assert "est arrêtée, « cancelled »" in campaign("--lancer", code=1)


def test_a_template_that_tracks_is_not_taken(service, campaign):
    service.templates.pop()
    assert "Chaque modèle de campagne ajoute quelque chose au courriel" in campaign(code=2)
    assert not service.campaigns


@pytest.mark.parametrize(
    "url", ["http://listes.example.org", "https://u:motdepasse@listes.example.org"]
)
def test_a_token_goes_where_it_is_safe(campaign, monkeypatch, url):
    monkeypatch.setenv("PORTAIL_ENVOI_LISTMONK", url)
    error = campaign(code=2)
    assert "n’est pas une adresse https complète" in error and "motdepasse" not in error


def test_a_list_that_is_not_there(service, campaign, monkeypatch):
    monkeypatch.setenv("PORTAIL_ENVOI_LISTES", "region=9, somme=4")
    assert "la liste de region (9)." in campaign(code=2)
    assert not service.campaigns


def test_a_simulation_opens_nothing(service, campaign):
    assert f"region : liste {UUID}" in campaign("--simuler")
    assert service.calls == []


def test_bodies_are_templates_that_say_themselves(place):
    """Run as Go would: actions are replaced, and nothing else is one."""
    comment = '<!--[if mso]><table width="600"><tr><td>\n{{ x }}<![endif]-->'
    html = f'<p>{{{{ .Evil }}}} http://a/@TrackLink</p>{comment}<a href="{PAGE}">x</a>\n'
    text = f"{{{{{{ triple }}}}}}\n{PAGE}\n"
    write_issue(place.folder / "output", NUMERO, html=html, text=text)
    data = (place.folder / "output/newsletter/2021-s39/courriel.eml").read_bytes()
    mail = read_mail(data, "region", PAGE)

    def go(body):
        assert "@TrackLink" not in body
        body = re.sub(r'\{\{ Safe ("(?:[^"\\]|\\.)*") \}\}', lambda m: json.loads(m[1]), body)
        body = body.replace("{{ UnsubscribeURL }}", PAGE).replace('{{ "@" }}', "@")
        return body.replace('{{ "{{" }}', "{{")

    assert go(html_body(mail)) == mail.bodies[1]
    assert go(text_body(mail)) == mail.bodies[0]
    actions = re.findall(r"\{\{ ?(\S+)", re.sub(r'"(?:[^"\\]|\\.)*"', '""', text_body(mail)))
    assert set(actions) == {'""', "UnsubscribeURL"}
    assert envoi(NUMERO).enseigne.siteurl in PAGE
