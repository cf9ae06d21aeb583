"""Brevo (https://developers.brevo.com/reference, API v3): its lists, its campaigns.

A body is a template of Brevo, of its present language (``{{ contact.X }}``, ``{% if %}``) and of
its former one (``{X}``, ``[UNSUBSCRIBE]``): what a text holds by chance is written as it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from .api import Api, Campaign
from .journal import SendingError
from .mails import Mail
from .settings import BrevoPlace

_LEAVE = "{{ unsubscribe }}"
_VERBATIM = re.compile(r"(<style\b.*?</style>|<!--.*?-->)", re.DOTALL)
_PAGE = 100
# Rows of an answer, at most, as the documentation says.
_LISTS = 50
_DONE = {
    "sent": "a déjà été envoyée",
    "queued": "est en attente d’envoi",
    "inProcess": "est en cours d’envoi",
    "in_process": "est en cours d’envoi",
    "inReview": "est relue par Brevo avant son envoi",
    "scheduled": "est programmée",
}
_STUCK = {
    "suspended": "est suspendue : reprenez-la dans Brevo",
    "archive": "est archivée : reprenez-la ou supprimez-la dans Brevo",
}


def html_body(mail: Mail) -> str:
    """The HTML of a mail as a template of Brevo: characters that would begin something of it are
    entities; style sheets and comments, which have none, are left, as nobody else writes there."""
    parts = [
        part if rank % 2 else part.replace("[", "&#91;").replace("{", "&#123;")
        for rank, part in enumerate(_VERBATIM.split(mail.html))
    ]
    return "".join(parts).replace(f'"{escape(mail.page)}"', f'"{_LEAVE}"')


def subject_of(mail: Mail) -> str:
    """The subject as a template of Brevo."""
    return mail.subject.replace("{", '{{ "{" }}')


class Brevo(Api):
    """An account of Brevo."""

    service = "Brevo"
    refused = "la clé est refusée, ou cette adresse de réseau n’est pas admise par Brevo"
    names = "PORTAIL_ENVOI_LISTES en donne le numéro ou le nom, region=7"

    def __init__(self, place: BrevoPlace, timeout: float) -> None:
        super().__init__(place.url, place.key, timeout)

    def headers(self) -> Mapping[str, str]:
        return {"api-key": self.secret.get_secret_value()}

    def address(self, campaign: Campaign) -> str:
        return f"{self.url}, campagne {campaign.number}"

    def check(self) -> None:
        """Nothing surrounds a campaign that brings its own HTML; an account that is not ours, or
        an answer that is not Brevo's, is found with the lists."""

    def list_numbers(self, names: Mapping[str, str]) -> dict[str, int]:
        """The number of the list of each edition, given by its number or by its name, if no other
        has it. Raises ``SendingError`` for those that the account does not have."""
        rows = [*self._rows("/v3/contacts/lists", "lists", _LISTS)]
        numbers = {str(row["id"]): int(row["id"]) for row in rows}
        called = [str(row["name"]).strip() for row in rows]
        for row, name in zip(rows, called, strict=True):
            if called.count(name) == 1:
                numbers.setdefault(name, int(row["id"]))
        wrong = [f"{code} ({name})" for code, name in names.items() if name not in numbers]
        if wrong:
            raise SendingError(f"{self.url} n’a pas une seule liste pour : {', '.join(wrong)}.")
        return {code: numbers[name] for code, name in names.items()}

    def find(self, mark: str) -> list[Campaign]:
        rows = self._rows("/v3/emailCampaigns", "campaigns", _PAGE, excludeHtmlContent="true")
        return [_campaign(row) for row in rows if row.get("tag") == mark]

    def create(self, mark: str, title: str, mail: Mail, number: int) -> Campaign:
        sender = {"email": str(mail.sender)} | ({"name": mail.name} if mail.name else {})
        body = {
            "name": title,
            "tag": mark,
            "subject": subject_of(mail),
            "sender": sender,
            "htmlContent": html_body(mail),
            "recipients": {"listIds": [number]},
            "inlineImageActivation": False,
            "mirrorActive": False,
        }
        campaign: Campaign = self.once(
            lambda: Campaign(int(self.call("POST", "/v3/emailCampaigns", body)["id"]), "draft"),
            lambda: next(iter(self.find(mark)), None),
        )
        return campaign

    def launch(self, campaign: Campaign) -> None:
        path = f"/v3/emailCampaigns/{campaign.number}"
        self.once(
            lambda: self.call("POST", f"{path}/sendNow"),
            lambda: str(self.get(path).get("status")) in _DONE or None,
        )

    def _rows(self, path: str, name: str, most: int, **query: str) -> Iterator[dict[str, Any]]:
        offset = 0
        while True:
            answer = self.get(path, limit=str(most), offset=str(offset), **query)
            rows = answer.get(name) or []
            yield from rows
            offset += len(rows)
            if not rows or offset >= int(answer.get("count") or 0):
                return

    def content(self, document: Any) -> Any:
        if not isinstance(document, dict):
            raise TypeError(document)
        return document


def _campaign(row: Mapping[str, Any]) -> Campaign:
    status = str(row.get("status"))
    number = int(row["id"])
    if status in _DONE:
        return Campaign(number, "done", _DONE[status])
    if status == "draft":
        return Campaign(number, "draft")
    return Campaign(number, "stuck", _STUCK.get(status, "est dans un état inconnu"))
