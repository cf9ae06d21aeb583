"""Brevo, before a server of this machine that implements the documented calls and errors of its API
v3: lists, campaigns, their pages, their states."""

import re

import pytest

from courrier import PAGE, WEEK, eml, write_issue
from lettres import ENSEIGNE, NUMERO
from portail_envoi.brevo import html_body, subject_of
from portail_envoi.command import main as envoyer
from portail_envoi.mails import read_mail
from remake import replace

KEY = "xkeysib-cle-tres-secrete"


class Account:
    """An account: its lists, its campaigns; ``faults`` are those of ``conftest.py``."""

    def __init__(self):
        self.campaigns, self.faults, self.calls = [], {}, []
        self.lists = [
            {"id": 7, "name": "La lettre", "folderId": 1, "totalSubscribers": 3},
            {"id": 8, "name": "Double", "folderId": 1, "totalSubscribers": 0},
            {"id": 9, "name": "Double", "folderId": 1, "totalSubscribers": 0},
        ]

    def refused(self, headers):
        """What a wrong key is told."""
        if headers["api-key"] != KEY:
            return 401, {"code": "unauthorized", "message": "Key not found"}
        return None

    def answer(self, method, path, query, body):
        """What the documentation says."""
        limit, offset = (int(query.get(name, ["50"])[0]) for name in ("limit", "offset"))
        page = slice(offset, offset + limit)
        if path == "/v3/contacts/lists":
            if limit > 50:
                return 400, {"code": "out_of_range", "message": "Limit exceeds max value"}
            return 200, {"lists": self.lists[page], "count": len(self.lists)}
        if path == "/v3/emailCampaigns" and method == "GET":
            if limit > 100:
                return 400, {"code": "out_of_range", "message": "Limit exceeds max value"}
            newest = [{**one, "htmlContent": ""} for one in reversed(self.campaigns)]
            return 200, {"campaigns": newest[page], "count": len(newest)} if newest else {}
        if path == "/v3/emailCampaigns":
            if not (body.get("name") and body.get("sender") and body.get("htmlContent")):
                return 400, {"code": "missing_parameter", "message": "name is missing"}
            made = {"id": len(self.campaigns) + 10, "status": "draft", **body}
            self.campaigns.append(made)
            return 201, {"id": made["id"]}
        found = re.fullmatch(r"/v3/emailCampaigns/(\d+)(/sendNow)?", path)
        one = next((c for c in self.campaigns if found and c["id"] == int(found[1])), None)
        if found is None or one is None:
            return 404, {"code": "document_not_found", "message": "Campaign does not exist"}
        if method == "GET":
            return 200, one
        if one["status"] != "draft":
            return 400, {"code": "invalid_parameter", "message": "Campaign is already sent"}
        one["status"] = "queued"
        return 204, None


@pytest.fixture
def account(answering, monkeypatch):
    """An account whose settings are in the environment."""
    account = Account()
    account.url = answering(account)
    monkeypatch.setenv("PORTAIL_ENVOI_BREVO", account.url)
    monkeypatch.setenv("PORTAIL_ENVOI_BREVO_CLE", KEY)
    monkeypatch.setenv("PORTAIL_ENVOI_LISTES", "region=7")
    return account


def run(*arguments):
    """Send through the account, the issue being built."""
    return envoyer([WEEK, "--vers", "brevo", "--deja-construit", "--delai", "20", *arguments])


def test_a_draft_then_launched_once(account, said):
    assert run() == 0
    where = f"({account.url}, campagne 10)"
    told = f"region : la campagne 10 est créée, en brouillon : relisez et lancez-la {where}\n"
    assert said()[0] == told
    assert run() == 0
    assert "était déjà là, en brouillon" in said()[0]
    assert run("--lancer") == 0
    assert said()[0] == f"region : la campagne 10 est lancée {where}\n"
    assert run("--lancer") == 0
    assert said()[0] == f"region : la campagne 10 est en attente d’envoi {where}\n"
    account.campaigns[0]["status"] = "sent"
    assert run("--lancer") == 0
    assert said()[0] == f"region : la campagne 10 a déjà été envoyée {where}\n"
    assert account.calls.count("POST /v3/emailCampaigns") == 1
    assert account.calls.count("POST /v3/emailCampaigns/10/sendNow") == 1


def test_what_a_campaign_holds(account):
    assert run() == 0
    made = account.campaigns[0]
    assert made["subject"] == "Le ciel d’octobre"
    assert made["sender"] == {"email": str(ENSEIGNE.expediteur), "name": "Portail d’exemple"}
    assert made["recipients"] == {"listIds": [7]}
    assert made["tag"] == "vitrine.example.org-2021-s39-region"
    assert made["htmlContent"].count("{{ unsubscribe }}") == 1
    assert PAGE not in made["htmlContent"]


def test_a_list_may_be_given_by_its_name(account, said, monkeypatch):
    account.lists[:0] = [{"id": 100 + n, "name": f"Autre {n}"} for n in range(60)]  # two pages
    monkeypatch.setenv("PORTAIL_ENVOI_LISTES", "region=La lettre")
    assert run() == 0
    assert account.campaigns[0]["recipients"] == {"listIds": [7]}
    for wrong in ("Double", "12", "Nulle"):
        monkeypatch.setenv("PORTAIL_ENVOI_LISTES", f"region={wrong}")
        assert run() == 2
        assert f"n’a pas une seule liste pour : region ({wrong})." in said()[1]


def test_another_machine_finds_the_campaign_among_many(account, place, said):
    assert run("--lancer") == 0
    place.journal.unlink()
    more = ({"id": 100 + n, "status": "sent", "tag": "", "name": "x"} for n in range(230))
    account.campaigns.extend(more)
    said()
    assert run("--lancer") == 0
    assert "est en attente d’envoi" in said()[0]
    assert account.calls.count("POST /v3/emailCampaigns") == 1


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(
    "fault", [(502, "<html>Bad gateway</html>"), (429, {"message": "x"}), None]
)
def test_an_answer_that_is_lost_makes_no_second_campaign(account, after, fault):
    account.faults["POST /v3/emailCampaigns"] = [(after, fault)]
    assert run() == 0
    assert len(account.campaigns) == 1
    account.faults["POST /v3/emailCampaigns/10/sendNow"] = [(after, fault)]
    assert run("--lancer") == 0
    assert account.campaigns[0]["status"] == "queued"


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (401, {"message": "x"}, "la clé est refusée, ou cette adresse de réseau n’est pas admise"),
        (200, ["une liste"], "la réponse n’est pas celle de Brevo"),
    ],
)
def test_errors_are_told_in_one_line(account, said, status, body, words):
    account.faults["GET /v3/contacts/lists"] = [(False, (status, body))] * 3
    assert run() == 2
    error = said()[1]
    assert words in error and error.count("\n") == 1
    assert not account.campaigns


def test_what_brevo_refuses_is_told(account, said):
    refusal = (402, {"code": "not_enough_credits", "message": "Not enough credits"})
    account.faults["POST /v3/emailCampaigns/10/sendNow"] = [(False, refusal)]
    assert run("--lancer") == 2
    assert "Not enough credits (402)" in said()[1]
    assert account.campaigns[0]["status"] == "draft"


@pytest.mark.parametrize(
    ("status", "words"), [("suspended", "est suspendue"), ("archive", "est archivée")]
)
def test_campaigns_that_editors_stopped_are_left(account, said, status, words):
    assert run() == 0
    account.campaigns[0]["status"] = status
    assert run("--lancer") == 1
    assert words in said()[0]
    account.campaigns.append({**account.campaigns[0], "id": 11})
    assert run("--lancer") == 2
    assert "2 campagnes marquées" in said()[1]


def test_the_key_goes_over_https_only(account, said, monkeypatch):
    monkeypatch.setenv("PORTAIL_ENVOI_BREVO", "http://u:motdepasse@api.example.org")
    assert run() == 2
    assert "motdepasse" not in said()[1]
    monkeypatch.setenv("PORTAIL_ENVOI_BREVO", "http://api.example.org")
    assert run() == 2
    assert said()[1] == "PORTAIL_ENVOI_BREVO : la clé ne part qu’en https.\n"
    monkeypatch.setenv("PORTAIL_ENVOI_LISTMONK", "http://listes.example.org")
    assert envoyer([WEEK, "--vers", "listmonk", "--deja-construit"]) == 2
    assert said()[1] == "PORTAIL_ENVOI_LISTMONK : le jeton ne part qu’en https.\n"
    monkeypatch.setenv("PORTAIL_ENVOI_BREVO", account.url)
    monkeypatch.delenv("PORTAIL_ENVOI_BREVO_CLE")
    assert run() == 2
    assert "PORTAIL_ENVOI_BREVO_CLE manque" in said()[1]


def brevo(template):
    """A template as Brevo would run it: every action of ours, and no other."""
    done = re.sub(r'\{\{ "(\{)" \}\}', lambda found: f"\0{found[1]}", template)
    assert not re.search(r"(?<!\0)\{[{%#]|(?<!\0)\{[A-Za-z]+\}|\[[A-Z_]+\]", done)
    return done.replace("\0", "")


def test_bodies_and_subjects_are_templates_that_say_themselves(place):
    hostile = "{{ contact.EMAIL }} {% include 'x' %} {# a #} {EMAIL} [UNSUBSCRIBE] {{{ }}}"
    html = f'<style>a{{color:red}}</style><p>{hostile}</p><a href="{PAGE}">x</a>\n'
    write_issue(place.folder / "output", NUMERO, html=html, text=f"{PAGE}\n")
    data = (place.folder / "output/newsletter/2021-s39/courriel.eml").read_bytes()
    mail = read_mail(data, "region", PAGE)
    made = html_body(mail)
    assert made.count("{{ unsubscribe }}") == 1
    body = brevo(made.replace("{{ unsubscribe }}", PAGE))
    assert body.replace("&#123;", "{").replace("&#91;", "[") == mail.html
    subject = "{{ a }} {% b %} {NOM} 100 %"
    mail = replace(read_mail(eml(), "region", PAGE), subject=subject)
    assert brevo(subject_of(mail)) == subject
