"""Listmonk, before a server of this machine that implements the documented calls and errors."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.header import decode_header, make_header
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from courrier import PAGE, WEEK, Place, eml, write_issue
from lettres import ENSEIGNE, NUMERO, envoi
from portail_envoi import api
from portail_envoi.commands import envoyer
from portail_envoi.listmonk import html_body, request_of, text_body
from portail_envoi.mails import read_mail
from remake import replace

TOKEN = "lettre:jeton-tres-secret"
UUID = "ce13e971-c2ed-4069-bd0c-240e9a9f56f9"
BARE = '{{ template "content" . }}'
Answer = tuple[int, object]


@dataclass
class Service:
    """An instance: its lists, templates and campaigns; ``faults`` answer the next calls in its
    place, by method and path (status and body, ``None`` to hang up, a number to be late), before
    (the call is lost) or, with ``after``, once it is done (its answer is lost)."""

    url: str = ""
    campaigns: list[dict[str, Any]] = field(default_factory=list)
    templates: list[dict[str, Any]] = field(
        default_factory=lambda: [
            {"id": 1, "type": "campaign", "body": f"<html>{BARE}{{{{ TrackView }}}}</html>"},
            {"id": 2, "type": "campaign", "body": f"{BARE}\n"},
        ]
    )
    faults: dict[str, list[tuple[bool, Answer | float | None]]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)

    def answer(self, method: str, path: str, query: dict[str, list[str]], body: Any) -> Answer:
        """What the documentation says."""
        if path == "/api/templates":
            return 200, {"data": self.templates}
        if path == "/api/lists":
            rows = [
                {"id": 3, "uuid": UUID, "name": "La lettre"},
                {"id": 4, "uuid": "x", "name": "y"},
            ]
            return 200, {"data": {"results": rows, "total": 2, "per_page": 2, "page": 1}}
        if path == "/api/campaigns" and method == "GET":
            tags = query.get("tag", [])
            rows = [one for one in self.campaigns if set(tags) <= set(one["tags"])]
            return 200, {"data": {"results": rows, "total": len(rows)}}
        if path == "/api/campaigns" and method == "POST":
            if not body.get("name") or not body.get("subject") or not body.get("lists"):
                return 400, {"message": "Invalid `lists`"}
            made = {"id": len(self.campaigns) + 10, "status": "draft", **body}
            self.campaigns.append(made)
            return 200, {"data": made}
        found = re.fullmatch(r"/api/campaigns/(\d+)(/status)?", path)
        one = next((c for c in self.campaigns if found and c["id"] == int(found[1])), None)
        if one is None:
            return 404, {"message": "Not found"}
        if method == "PUT":
            if body["status"] != "running" or one["status"] not in ("draft", "paused"):
                return 400, {"message": "Only paused and draft campaigns can be started"}
            one["status"] = "running"
        return 200, {"data": one}


class Handler(BaseHTTPRequestHandler):
    """One call."""

    service: Service

    def do_GET(self) -> None:
        """Answer, as told."""
        split = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        name = f"{self.command} {split.path}"
        self.service.calls.append(name)
        if self.headers["Authorization"] != f"token {TOKEN}":
            return self.say(403, {"message": "invalid API credentials"})
        call = (self.command, split.path, parse_qs(split.query), body)
        left = self.service.faults.get(name)
        if not left:
            return self.say(*self.service.answer(*call))
        after, fault = left.pop(0)
        if after:
            self.service.answer(*call)
        if isinstance(fault, float):
            time.sleep(fault)
        if isinstance(fault, tuple):
            return self.say(*fault)
        return self.connection.close()

    do_POST = do_PUT = do_GET

    def say(self, status: int, body: object) -> None:
        """Send an answer: JSON, or a page."""
        html = isinstance(body, str)
        data = str(body).encode() if html else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html" if html else "application/json")
        self.send_header("Content-Length", str(len(data)))
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:9/vol")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def service(place: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """An instance whose settings are in the environment; nobody waits."""
    service = Service()
    handler = type("Handled", (Handler,), {"service": service})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    service.url = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr(api, "WAITS", (0.0, 0.0))
    monkeypatch.setenv("PORTAIL_ENVOI_LISTMONK", service.url)
    monkeypatch.setenv("PORTAIL_ENVOI_LISTMONK_JETON", TOKEN)
    monkeypatch.setenv("PORTAIL_ENVOI_LISTES", f"region={UUID}")
    yield service
    server.shutdown()
    server.server_close()


def run(*arguments: str) -> int:
    """Send through the service, the issue being built."""
    return envoyer([WEEK, "--vers", "listmonk", "--deja-construit", "--delai", "20", *arguments])


Said = Callable[[], tuple[str, str]]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    """What was printed since the last time, which never holds the token."""

    def read() -> tuple[str, str]:
        told = capsys.readouterr()
        assert "jeton-tres-secret" not in told.out + told.err
        return told.out, told.err

    return read


def test_a_draft_then_launched_once(service: Service, said: Said) -> None:
    assert run() == 0
    where = f"({service.url}/campaigns/10)"
    told = f"region : la campagne 10 est créée, en brouillon : relisez et lancez-la {where}\n"
    assert said()[0] == told
    assert run() == 0
    assert "était déjà là, en brouillon" in said()[0]
    assert run("--lancer") == 0
    assert said()[0] == f"region : la campagne 10 est lancée {where}\n"
    assert run("--lancer") == 0
    assert said()[0] == f"region : la campagne 10 est en cours d’envoi {where}\n"
    assert service.calls.count("POST /api/campaigns") == 1
    assert service.calls.count("PUT /api/campaigns/10/status") == 1


def test_what_a_campaign_holds(service: Service) -> None:
    assert run() == 0
    made = service.campaigns[0]
    assert made["subject"] == "Le ciel d’octobre"
    assert made["from_email"] == f"Portail d’exemple <{ENSEIGNE.expediteur}>"
    assert (made["lists"], made["template_id"]) == ([3], 2)
    assert (made["type"], made["content_type"]) == ("regular", "html")
    assert made["tags"] == ["vitrine.example.org-2021-s39-region"]
    for body in (made["body"], made["altbody"]):
        assert body.count("{{ UnsubscribeURL }}") == 1 and PAGE not in body


def test_a_subject_that_reads_as_an_encoded_word_is_encoded() -> None:
    """The service encodes only what is not ASCII."""
    issue = NUMERO.model_copy(update={"sujet": "=?utf-8?q?Autre_{{objet}}?="})
    mail = read_mail(eml(), "region", PAGE)
    mail = replace(mail, subject=issue.sujet)
    asked = request_of("Titre", mail, 3, 2)["subject"]
    assert "{{" not in asked and asked.isascii() and "\n" not in asked
    assert str(make_header(decode_header(asked))) == issue.sujet


def test_another_machine_finds_the_campaign(service: Service, place: Place, said: Said) -> None:
    assert run("--lancer") == 0
    place.journal.unlink()
    said()
    assert run("--lancer") == 0
    assert "est en cours d’envoi" in said()[0]
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
    service: Service, after: bool, fault: Answer | float | None
) -> None:
    wait = ("--delai", "1") if isinstance(fault, float) else ()
    service.faults["POST /api/campaigns"] = [(after, fault)]
    assert run(*wait) == 0
    assert len(service.campaigns) == 1
    service.faults["PUT /api/campaigns/10/status"] = [(after, fault)]
    assert run("--lancer", *wait) == 0
    assert service.campaigns[0]["status"] == "running"


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (401, {"message": "x"}, "le jeton est refusé, ou n’a pas ce droit (401)"),
        (403, {"message": "x"}, "le jeton est refusé, ou n’a pas ce droit (403)"),
        (302, "ailleurs", "l’adresse mène ailleurs (302) : donnez la bonne"),
        (500, {"message": f"boom {TOKEN}"}, "boom *** (500)"),
        (503, "<html>maintenance</html>", "la réponse n’est pas celle de Listmonk (503)"),
        (200, "<html>un autre site</html>", "la réponse n’est pas celle de Listmonk"),
    ],
)
def test_errors_are_told_in_one_line(
    service: Service, place: Place, said: Said, status: int, body: object, words: str
) -> None:
    service.faults["GET /api/templates"] = [(False, (status, body))] * 3
    assert run() == 2
    error = said()[1]
    assert words in error and error.count("\n") == 1
    assert not service.campaigns and not place.journal.exists()


def test_a_wrong_token(service: Service, said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAIL_ENVOI_LISTMONK_JETON", "lettre:autre")
    assert run() == 2
    assert "le jeton est refusé" in said()[1]


def test_campaigns_that_editors_stopped_are_left(service: Service, said: Said) -> None:
    assert run() == 0
    service.campaigns[0]["status"] = "cancelled"
    assert run("--lancer") == 1
    assert "a été annulée" in said()[0]
    service.campaigns.append({**service.campaigns[0], "id": 11})
    assert run("--lancer") == 2
    assert "2 campagnes marquées" in said()[1]


def test_a_template_that_tracks_is_refused(
    service: Service, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAIL_ENVOI_LISTMONK_MODELE", "1")
    assert run() == 2
    assert "Le modèle n° 1 ajoute quelque chose au courriel" in said()[1]
    assert not service.campaigns


def test_a_list_that_is_not_there(
    service: Service, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAIL_ENVOI_LISTES", "region=9, somme=4")
    assert run() == 2
    assert "la liste de : region (9)." in said()[1]
    assert not service.campaigns


def test_a_simulation_opens_nothing(service: Service, said: Said) -> None:
    assert run("--simuler") == 0
    assert f"region : liste {UUID}" in said()[0]
    assert service.calls == []


def test_the_token_goes_over_https_only(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAIL_ENVOI_LISTMONK", "http://u:motdepasse@listes.example.org")
    assert run() == 2
    assert "motdepasse" not in said()[1]


def test_bodies_are_templates_that_say_themselves(place: Place) -> None:
    """Run as Go would: actions are replaced, and nothing else is one."""
    comment = '<!--[if mso]><table width="600"><tr><td>\n{{ x }}<![endif]-->'
    html = f'<p>{{{{ .Evil }}}} http://a/@TrackLink</p>{comment}<a href="{PAGE}">x</a>\n'
    text = f"{{{{{{ triple }}}}}}\n{PAGE}\n"
    write_issue(place.folder / "output", NUMERO, html=html, text=text)
    data = (place.folder / "output/newsletter/2021-s39/courriel.eml").read_bytes()
    mail = read_mail(data, "region", PAGE)

    def go(body: str) -> str:
        assert "@TrackLink" not in body
        body = re.sub(r'\{\{ Safe ("(?:[^"\\]|\\.)*") \}\}', lambda m: json.loads(m[1]), body)
        body = body.replace("{{ UnsubscribeURL }}", PAGE).replace('{{ "@" }}', "@")
        return body.replace('{{ "{{" }}', "{{")

    assert go(html_body(mail)) == mail.html
    assert go(text_body(mail)) == mail.text
    actions = re.findall(r"\{\{ ?(\S+)", re.sub(r'"(?:[^"\\]|\\.)*"', '""', text_body(mail)))
    assert set(actions) == {'""', "UnsubscribeURL"}
    assert envoi(NUMERO).enseigne.siteurl in PAGE
