"""Listmonk (https://listmonk.app/docs/apis/apis/): its API, its campaigns.

Bodies are templates of Go: what a text holds by chance is quoted, and comments, which
``html/template`` drops, are kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape
from typing import Any

from portail.text.mail import encoded_word, header

from .api import Api, Campaign
from .journal import SendingError
from .mails import Mail
from .settings import ListmonkPlace

_COMMENT = re.compile(r"(<!--.*?-->)", re.DOTALL)
_BARE = '{{template"content".}}'
_LEAVE = "{{ UnsubscribeURL }}"
_DONE = {
    "running": "est en cours d’envoi",
    "finished": "a déjà été envoyée",
    "scheduled": "est programmée",
}
_STUCK = {
    "paused": "est en pause : reprenez-la dans Listmonk",
    "cancelled": "a été annulée : relancez-la ou supprimez-la dans Listmonk",
}


def text_body(mail: Mail) -> str:
    """The text of a mail as a template of Listmonk."""
    return _LEAVE.join(map(_quoted, mail.text.split(mail.page)))


def html_body(mail: Mail) -> str:
    parts = [
        f"{{{{ Safe {json.dumps(part, ensure_ascii=False)} }}}}" if rank % 2 else _quoted(part)
        for rank, part in enumerate(_COMMENT.split(mail.html))
    ]
    return "".join(parts).replace(f'"{escape(mail.page)}"', f'"{_LEAVE}"')


def _quoted(text: str) -> str:
    # ``text`` as a template that gives it back.
    return text.replace("{{", '{{ "{{" }}').replace("@TrackLink", '{{ "@" }}TrackLink')


class Listmonk(Api):
    """An instance of Listmonk."""

    service = "Listmonk"
    refused = "le jeton est refusé, ou n’a pas ce droit"
    names = "PORTAIL_LETTRE en donne l’UUID, ou PORTAIL_ENVOI_LISTES le numéro"

    def __init__(self, place: ListmonkPlace, timeout: float) -> None:
        super().__init__(place.url, place.token, timeout)
        self._template = place.template

    def headers(self) -> Mapping[str, str]:
        return {"Authorization": f"token {self.secret.get_secret_value()}"}

    def content(self, document: Any) -> Any:
        return document["data"]

    def address(self, campaign: Campaign) -> str:
        return f"{self.url}/campaigns/{campaign.number}"

    def check(self) -> None:
        """Find the template that adds nothing, neither a page around ours nor a tracker. Raises
        ``SendingError`` when there is none, or when the one that is set adds something."""
        rows = [row for row in self.get("/api/templates") if row.get("type") == "campaign"]
        wanted = self._template
        bare = [row["id"] for row in rows if "".join((row.get("body") or "").split()) == _BARE]
        if wanted and wanted not in {row["id"] for row in rows}:
            raise SendingError(f"{self.url} n’a pas de modèle de campagne n° {wanted}.")
        if not bare or (wanted and wanted not in bare):
            which = f"Le modèle n° {wanted}" if wanted else "Chaque modèle de campagne"
            raise SendingError(
                f"{which} ajoute quelque chose au courriel : faites-en un dans {self.url} qui ne "
                'contient que {{ template "content" . }}'
            )
        self._template = wanted or int(min(bare))

    def list_numbers(self, names: Mapping[str, str]) -> dict[str, int]:
        """The number of the list of each edition, given by its UUID or its number. Raises
        ``SendingError`` for those that the service does not have, or does not show to this token.
        """
        rows = self.get("/api/lists", per_page="all")["results"]
        numbers = {str(row[key]).lower(): int(row["id"]) for row in rows for key in ("id", "uuid")}
        wrong = [f"{code} ({name})" for code, name in names.items() if name.lower() not in numbers]
        if wrong:
            raise SendingError(
                f"{self.url} n’a pas, ou ne montre pas à ce jeton, la liste de : "
                f"{', '.join(wrong)}."
            )
        return {code: numbers[name.lower()] for code, name in names.items()}

    def find(self, mark: str) -> list[Campaign]:
        # « tags » is what the documentation says, « tag » what the service reads; neither is
        # trusted.
        query = {"per_page": "all", "tag": mark, "tags": mark, "no_body": "true"}
        rows = self.get("/api/campaigns", **query)["results"]
        return [_campaign(row) for row in rows if mark in (row.get("tags") or ())]

    def create(self, mark: str, title: str, mail: Mail, number: int) -> Campaign:
        body = request_of(title, mail, number, self._template) | {"tags": [mark]}
        campaign: Campaign = self.once(
            lambda: _campaign(self.call("POST", "/api/campaigns", body)),
            lambda: next(iter(self.find(mark)), None),
        )
        return campaign

    def launch(self, campaign: Campaign) -> None:
        path = f"/api/campaigns/{campaign.number}"
        self.once(
            lambda: self.call("PUT", f"{path}/status", {"status": "running"}),
            lambda: self.get(path).get("status") in _DONE or None,
        )


def _campaign(row: Mapping[str, Any]) -> Campaign:
    status = str(row.get("status"))
    number = int(row["id"])
    if status in _DONE:
        return Campaign(number, "done", _DONE[status])
    if status in _STUCK:
        return Campaign(number, "stuck", _STUCK[status])
    return Campaign(number, "draft")


def request_of(title: str, mail: Mail, number: int, template: int) -> dict[str, Any]:
    """The draft that is asked for."""
    return {
        "name": title,
        "subject": _subject(mail),
        "lists": [number],
        "from_email": f"{mail.name} <{mail.sender}>" if mail.name else str(mail.sender),
        "type": "regular",
        "content_type": "html",
        "body": html_body(mail),
        "altbody": text_body(mail),
        "messenger": "email",
        "template_id": template,
        "headers": [
            {"List-Id": value.decode("ascii").partition(":")[2].strip()}
            for name, value in mail.headers
            if name == "list-id"
        ],
    }


def _subject(mail: Mail) -> str:
    # The subject as a template; as the service encodes what is not ASCII alone, a subject that
    # reads as an encoded word is encoded here.
    if encoded_word(mail.subject):
        return header("Subject", mail.subject).decode("ascii")[9:-2].replace("\r\n", "")
    return _quoted(mail.subject)
