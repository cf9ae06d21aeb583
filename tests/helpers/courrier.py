"""The letter on its way: a mail as builds write them, a portal that froze it, a mail server."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

import lettres
from lettres import ENSEIGNE, NUMERO

_mails = pytest.importorskip("portail_lettre.mails")
LEAVE = _mails.LEAVE
issue_of = _mails.issue_of

WEEK = "2021-s39"
PAGE = f"{ENSEIGNE.siteurl}{LEAVE}"
SOMME = lettres.SOMME.model_copy(update={"sujet": "En Somme"})
SETTINGS = f"""
PATH = "content"
SITEURL = "{ENSEIGNE.siteurl}"
PORTAIL_NOM = "{ENSEIGNE.nom}"
PORTAIL_REGION = "{ENSEIGNE.region}"
PORTAIL_COURRIEL = "{ENSEIGNE.courriel}"
PORTAIL_ETIQUETTE = "{ENSEIGNE.etiquette}"
PORTAIL_DATE = "2021-09-30"
PORTAIL_LETTRE = {{
    "editions": {{"somme": {{"nom": "Somme", "departement": "somme"}}}},
    "expediteur": "{ENSEIGNE.expediteur}",
}}
"""
PASSWORD = "m0t-de-passe-du-serveur"


def eml(issue=NUMERO, html="", text=""):
    """A ``courriel.eml`` such as a build writes, with accents, a long line, a lone point."""
    message = EmailMessage(policy=SMTP_POLICY)
    message["From"] = f"Portail d’exemple <{ENSEIGNE.expediteur}>"
    message["To"] = "undisclosed-recipients:;"
    message["Subject"] = " ".join(issue.sujet.split())
    message["Date"] = "Thu, 30 Sep 2021 08:00:00 +0200"
    message["Message-ID"] = f"<{issue.semaine}.{issue.edition}.0123456789ab@vitrine.example.org>"
    message["List-Id"] = f"La lettre <{issue.edition}.lettre.vitrine.example.org>"
    message["List-Unsubscribe"] = f"<{PAGE}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["List-Archive"] = f"<{ENSEIGNE.siteurl}/newsletter/>"
    message["Archived-At"] = f"<{ENSEIGNE.siteurl}{issue_of(issue.semaine, issue.edition)}>"
    text = text or f"Été\n.\n..deux\n{'x' * 300}\nSe désabonner :\n{PAGE}\n"
    message.set_content(text, cte="base64")
    html = html or f'<p>Été &amp; « ciel »</p>\n.\n<a href="{PAGE}">Se désabonner</a>\n'
    message.add_alternative(html, subtype="html", cte="base64")
    message.set_boundary("=_0123456789ab")
    message["Content-Language"] = "fr"
    return message.as_bytes()


def write_issue(output, issue, *, sent=True, **bodies):
    """What a build writes of an issue."""
    folder = output / issue_of(issue.semaine, issue.edition).strip("/")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "courriel.eml").write_bytes(eml(issue, **bodies))
    told = {
        "etat": "envoye" if sent else "en-preparation",
        "empreinte": "0123456789ab",
        "numero": issue.model_dump(mode="json"),
    }
    (folder / "selection.json").write_text(json.dumps(told), encoding="utf-8")


@dataclass
class Place:
    """The folder of a portal, its journals and its subscribers, which are beside it."""

    folder: Path
    journals: Path
    subscribers: Path

    @property
    def frozen(self):
        """The frozen file of the week."""
        return self.folder / "content/newsletters" / f"{WEEK}.envoi.html"

    @property
    def journal(self):
        """The journal of the week."""
        return self.journals / f"vitrine.example.org-{WEEK}.jsonl"

    def records(self):
        """What the journal says, line by line."""
        return [json.loads(line) for line in self.journal.read_text("utf-8").splitlines()]


@dataclass
class Post:
    """What a server is given, and how it behaves: ``answers`` to RCPT and ``data`` to the end of
    DATA, by recipient, used up one by one; ``drop`` closes the connection of a recipient once,
    « avant » any line of the message, in its « milieu » or « apres » its end; ``slow`` makes the
    answer late."""

    port: int = 0
    received: list = field(default_factory=list)
    logins: list = field(default_factory=list)
    connections: int = 0
    answers: dict = field(default_factory=dict)
    data: dict = field(default_factory=dict)
    drop: dict = field(default_factory=dict)
    slow: float = 0.0
    after: Callable = lambda count: None

    @property
    def recipients(self):
        """Who received a message, in order."""
        return [to for to, _ in self.received]

    async def handle_RCPT(self, server, session, envelope, to, options):
        """Answer as told; « 250 OK » otherwise."""
        if self.answers.get(to):
            return self.answers[to].pop(0)
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        """Keep the message."""
        to = envelope.rcpt_tos[0]
        if self.data.get(to):
            return self.data[to].pop(0)
        content = envelope.original_content
        self.received.append((to, content))
        self.after(len(self.received))
        if self.slow:
            await asyncio.sleep(self.slow)
        if self.drop.pop(to, "") == "apres":
            server.transport.abort()
        return "250 2.0.0 Ok: queued"

    def authenticate(self, server, session, envelope, mechanism, data):
        """Accept one password; a refusal quotes it, as some servers do."""
        self.logins.append((data.login, data.password))
        fine = data.password == PASSWORD.encode()
        said = None if fine else f"535 5.7.8 bad password {data.password.decode()}"
        return AuthResult(success=fine, handled=False, message=said)


class Server(SMTP):
    """A server that may hang up in the middle of DATA."""

    async def smtp_DATA(self, arg):
        """As aiosmtpd does, but for who is to be dropped."""
        post = self.event_handler
        to = self.envelope.rcpt_tos[0]
        when = post.drop.get(to)
        if when in ("avant", "milieu"):
            del post.drop[to]
            if when == "milieu":
                await self.push("354 End data with <CR><LF>.<CR><LF>")
                await self._reader.readline()
            self.transport.abort()
            return
        await super().smtp_DATA(arg)

    def connection_made(self, transport):
        """Count the connections."""
        self.event_handler.connections += 1
        super().connection_made(transport)


class Host(Controller):
    """A server on a free port of this machine."""

    def factory(self):
        """Servers of ours."""
        return Server(self.handler, **self.SMTP_kwargs)

    def _trigger_server(self):
        """The library's first look at the server, on the port that the system chose."""
        self.port = self.server.sockets[0].getsockname()[1]
        self.handler.port = self.port
        try:
            super()._trigger_server()
        finally:  # on a busy machine that look may time out, which the library lets pass
            self.handler.connections = 0
