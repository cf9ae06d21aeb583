"""Listmonk (https://listmonk.app/docs/apis/apis/): one campaign for each edition that has a list, a
draft unless it is launched. Whichever machine asks, the campaign of a week is found again by its
mark, not made twice.

Bodies are templates of Go: what a text holds by chance is quoted, and comments, which
``html/template`` drops, are kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from time import sleep
from typing import Any, TypeVar

from pydantic import SecretStr

from portail.terminal.text import safe
from portail.text.mail import encoded_word, words_of
from portail_lettre.issue import Frozen
from portail_poste.api import Unreached, called
from portail_poste.smtp import SendingError

from .mails import Mail

T = TypeVar("T")
# Seconds before what was not answered is asked again.
WAITS = (2.0, 10.0)
_COMMENT = re.compile(r"(<!--.*?-->)", re.DOTALL)
_BARE = '{{template"content".}}'
_LEAVE = "{{ UnsubscribeURL }}"
_DONE = {
    "running": "est en cours d’envoi",
    "finished": "a déjà été envoyée",
    "scheduled": "est programmée",
}


class Late(SendingError):
    """No answer, or that of something else: the call may be done or not."""


def text_body(mail: Mail) -> str:
    """The text of a mail as a template of Listmonk."""
    return _LEAVE.join(map(_quoted, mail.bodies[0].split(mail.page)))


def html_body(mail: Mail) -> str:
    parts = [
        f"{{{{ Safe {json.dumps(part, ensure_ascii=False)} }}}}" if rank % 2 else _quoted(part)
        for rank, part in enumerate(_COMMENT.split(mail.bodies[1]))
    ]
    return "".join(parts).replace(f'"{mail.page}"', f'"{_LEAVE}"')


def _quoted(text: str) -> str:
    # ``text`` as a template that gives it back.
    return text.replace("{{", '{{ "{{" }}').replace("@TrackLink", '{{ "@" }}TrackLink')


def subject_of(mail: Mail) -> str:
    """The subject as a template; as the service encodes what is not ASCII alone, a subject that
    reads as an encoded word stays as it was encoded."""
    raw = dict(mail.message.raw_items())["Subject"]
    subject = words_of(raw)
    if encoded_word(subject):
        return "".join(raw.splitlines())
    return _quoted(subject)


class Listmonk:
    """An instance of Listmonk, at ``url`` without final slash."""

    def __init__(self, url: str, token: SecretStr) -> None:
        self.url = url
        self._token = token

    def prepare(self, names: Mapping[str, str]) -> tuple[int, dict[str, int]]:
        """The number of the template that adds nothing, neither a page around ours nor a tracker,
        and those of the lists, given by UUID or number. Raises ``SendingError``."""
        templates = self._patiently(lambda: self._call("GET", "/api/templates"))
        bare = [
            row["id"]
            for row in templates
            if row["type"] == "campaign" and "".join(row["body"].split()) == _BARE
        ]
        if not bare:
            raise SendingError(
                "Chaque modèle de campagne ajoute quelque chose au courriel : faites-en un dans "
                f'{self.url} qui ne contient que {{{{ template "content" . }}}}'
            )
        rows = self._patiently(lambda: self._call("GET", "/api/lists?per_page=all"))["results"]
        numbers = {str(row["id"]): row["id"] for row in rows}
        numbers |= {row["uuid"].lower(): row["id"] for row in rows}
        for code, name in names.items():
            if name.lower() not in numbers:
                raise SendingError(f"{self.url} n’a pas, ou cache, la liste de {code} ({name}).")
        return bare[0], {code: numbers[name.lower()] for code, name in names.items()}

    def campaign(
        self, frozen: Frozen, mail: Mail, *, template: int, number: int, launch: bool
    ) -> tuple[str, bool]:
        """Make the campaign of an edition unless it is there, and launch it if asked; its state in
        French, and whether it is as asked. Raises ``SendingError``."""
        host = frozen.enseigne.siteurl.partition("://")[2].replace("/", "-")
        mark = f"{host}-{frozen.semaine}-{mail.edition}"
        draft = {
            "name": f"{frozen.enseigne.nom} · {frozen.semaine} · {mail.edition}",
            "subject": subject_of(mail),
            "lists": [number],
            "from_email": f"{mail.name} <{mail.sender}>",
            "type": "regular",
            "content_type": "html",
            "body": html_body(mail),
            "altbody": text_body(mail),
            "messenger": "email",
            "template_id": template,
            "tags": [mark],
            "headers": [{"List-Id": str(mail.message["List-Id"])}],
        }
        # Asked again from the beginning: what was done is found.
        return self._patiently(lambda: self._campaign(mark, draft, launch=launch))

    def _campaign(self, mark: str, draft: Mapping[str, Any], *, launch: bool) -> tuple[str, bool]:
        # All of them: the documentation and the service do not agree on how tags are asked for.
        rows = self._call("GET", "/api/campaigns?per_page=all&no_body=true")["results"]
        campaigns = [row for row in rows if mark in (row["tags"] or ())]
        if len(campaigns) > 1:
            raise SendingError(f"{self.url} a {len(campaigns)} campagnes {mark} : gardez-en une.")
        row = campaigns[0] if campaigns else self._call("POST", "/api/campaigns", draft)
        where = f"({self.url}/campaigns/{row['id']})"
        status = row["status"]
        if status in _DONE:
            return f"{_DONE[status]} {where}", True
        if status != "draft":
            return f"est arrêtée, « {safe(status)} » : reprenez-la dans Listmonk {where}", False
        if not launch:
            return f"est en brouillon : relisez et lancez-la {where}", True
        self._call("PUT", f"/api/campaigns/{row['id']}/status", {"status": "running"})
        return f"est lancée {where}", True

    def _patiently(self, act: Callable[[], T]) -> T:
        for wait in WAITS:
            try:
                return act()
            except Late:
                sleep(wait)
        return act()

    def _call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        # The content of an answer. Raises ``Late`` or ``SendingError``.
        headers = {"Authorization": f"token {self._token.get_secret_value()}"}
        try:
            status, content = called(self.url, method, path, body=body, headers=headers)
        except Unreached as error:
            raise Late(f"{self.url}, {error}.") from None
        try:
            document = json.loads(content)
            if status == 200:
                return document["data"]
            said = document["message"]
        except (ValueError, KeyError, TypeError):
            said = "la réponse n’est pas celle de Listmonk, est-ce la bonne adresse ?"
        if status in (401, 403):
            said = "le jeton est refusé, ou n’a pas ce droit"
        passing = status in (200, 429) or status >= 500
        raise (Late if passing else SendingError)(f"{self.url} : {safe(str(said))} ({status}).")
