"""Send an issue through Listmonk: one campaign for each edition, a draft unless it is launched.

A campaign is known by its tag (site, week, edition): the service itself remembers what was made,
whichever machine asks. Bodies are templates of Go there: what a text holds by chance is quoted, and
comments, which ``html/template`` drops, are kept for the mail readers that read them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from portail.model.issue import Frozen
from portail.text.mail_headers import ENCODED_WORD, header
from portail_envoi.errors import SendingError
from portail_envoi.listmonk import WAITS, Api, ApiFault, Silent, is_passing
from portail_envoi.mails import Mail

__all__ = ["Outcome", "campaign", "html_body", "list_numbers", "template_number", "text_body"]

_COMMENT = re.compile(r"(<!--.*?-->)", re.DOTALL)
_BARE = re.compile(r"\s*\{\{-?\s*template\s+\"content\"\s+\.\s*-?\}\}\s*")
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a campaign, in French; whether it is as it was asked for."""

    text: str
    fine: bool = True


def text_body(mail: Mail, page: str = _LEAVE) -> str:
    """The text of a mail as a template of Listmonk."""
    return page.join(map(_quoted, mail.text.split(mail.page)))


def html_body(mail: Mail) -> str:
    """The HTML of a mail as a template of Listmonk."""
    parts = _COMMENT.split(mail.html)
    kept = [
        f"{{{{ Safe {json.dumps(part, ensure_ascii=False)} }}}}" if rank % 2 else _quoted(part)
        for rank, part in enumerate(parts)
    ]
    return "".join(kept).replace(f'"{escape(mail.page)}"', f'"{_LEAVE}"')


def _quoted(text: str) -> str:
    """``text`` as it must be written to be itself once the template is run."""
    return text.replace("{{", '{{ "{{" }}').replace("@TrackLink", '{{ "@" }}TrackLink')


def template_number(api: Api) -> int:
    """The number of the template that adds nothing, neither a page around ours nor a tracker.

    Raises ``SendingError`` when there is none, or when the one that is set adds something.
    """
    rows = [one for one in api.get("/api/templates") if one.get("type") == "campaign"]
    wanted = api.place.template
    bare = [one["id"] for one in rows if _BARE.fullmatch(one.get("body") or "")]
    if wanted and wanted not in {one["id"] for one in rows}:
        raise SendingError(f"{api.place.url} n’a pas de modèle de campagne n° {wanted}.")
    if not bare or (wanted and wanted not in bare):
        which = f"Le modèle n° {wanted}" if wanted else "Chaque modèle de campagne"
        raise SendingError(
            f"{which} ajoute quelque chose au courriel : faites-en un dans {api.place.url} qui ne "
            'contient que {{ template "content" . }}'
        )
    return wanted or int(min(bare))


def list_numbers(api: Api, names: Mapping[str, str]) -> dict[str, int]:
    """The number of the list of each edition, given by its UUID or its number. Raises
    ``SendingError`` for those that the service does not have, or does not show to this token."""
    told = api.get("/api/lists", per_page="all")
    known = {
        str(one[key]).lower(): int(one["id"]) for one in told["results"] for key in ("id", "uuid")
    }
    missing = [f"{code} ({name})" for code, name in names.items() if name.lower() not in known]
    if missing:
        raise SendingError(
            f"{api.place.url} n’a pas, ou ne montre pas à ce jeton, la liste de : "
            f"{', '.join(missing)}."
        )
    return {code: known[name.lower()] for code, name in names.items()}


def campaign(
    api: Api, frozen: Frozen, mail: Mail, number: int, template: int, launch: bool
) -> Outcome:
    """Make the campaign of an edition unless it is there, and launch it if asked.

    Raises ``SendingError``.
    """
    host = frozen.enseigne.siteurl.partition("://")[2].replace("/", "-")
    tag = f"{host}-{frozen.semaine}-{mail.edition}"[:100]
    found = _find(api, tag)
    made = found is None
    if found is None:
        body = _asked(frozen, mail, number, template) | {"tags": [tag]}
        found = _once(
            api, lambda: api.call("POST", "/api/campaigns", body), lambda: _find(api, tag)
        )
    place = f"{mail.edition} : la campagne {found['id']}"
    where = f"{api.place.url}/campaigns/{found['id']}"
    status = str(found.get("status"))
    if status in _DONE or status in _STUCK:
        return Outcome(f"{place} {_DONE.get(status) or _STUCK[status]} ({where})", status in _DONE)
    if not launch:
        verb = "est créée" if made else "était déjà là"
        return Outcome(f"{place} {verb}, en brouillon : relisez et lancez-la ({where})")
    path = f"/api/campaigns/{found['id']}"
    _once(
        api,
        lambda: api.call("PUT", f"{path}/status", {"status": "running"}),
        lambda: _started(api.get(path)),
    )
    return Outcome(f"{place} est lancée ({where})")


def _asked(frozen: Frozen, mail: Mail, number: int, template: int) -> dict[str, Any]:
    listed = [value for name, value in mail.headers if name == "list-id"]
    headers = [{"List-Id": one.decode("ascii").partition(":")[2].strip()} for one in listed]
    return {
        "name": f"{frozen.enseigne.nom} · {frozen.semaine} · {mail.edition}",
        "subject": _subject(mail),
        "lists": [number],
        "from_email": f"{mail.name} <{mail.sender}>" if mail.name else str(mail.sender),
        "type": "regular",
        "content_type": "html",
        "body": html_body(mail),
        "altbody": text_body(mail),
        "messenger": "email",
        "template_id": template,
        "headers": headers,
    }


def _subject(mail: Mail) -> str:
    """The subject as a template. The service encodes what is not ASCII: one that reads as an
    encoded word would leave as it is, and be read as another."""
    if re.search(ENCODED_WORD, mail.subject):
        return header("Subject", mail.subject).decode("ascii")[9:-2].replace("\r\n", "")
    return _quoted(mail.subject)


def _find(api: Api, tag: str) -> dict[str, Any] | None:
    """The campaign of a tag. Raises ``SendingError`` when there are two."""
    # « tags » is what the documentation says, « tag » what the service reads; neither is trusted.
    told = api.get("/api/campaigns", per_page="all", tag=tag, tags=tag, no_body="true")
    rows = [one for one in told["results"] if tag in (one.get("tags") or ())]
    if len(rows) > 1:
        raise SendingError(
            f"{api.place.url} a {len(rows)} campagnes marquées {tag} : gardez-en une."
        )
    return rows[0] if rows else None


def _started(told: Mapping[str, Any]) -> Mapping[str, Any] | None:
    return told if told.get("status") in _DONE else None


def _once(api: Api, act: Callable[[], Any], done: Callable[[], Any]) -> Any:
    """Do what must not be done twice: after an answer that was lost, look before trying again.

    Raises ``SendingError``.
    """
    for delay in (*WAITS, None):
        try:
            return act()
        except (ApiFault, Silent) as error:
            if delay is None or not is_passing(error):
                raise SendingError(f"{api.place.url} : {error}.") from None
        api.pause(delay)
        found = done()
        if found is not None:
            return found
    raise AssertionError("unreachable")
