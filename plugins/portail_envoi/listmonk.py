"""Sending by Listmonk (https://listmonk.app/docs/apis/apis/): its API, its campaigns."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping
from html import escape
from http.client import HTTPException
from time import sleep
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, HTTPSHandler, Request, build_opener

from portail.diagnostics import ConfigError
from portail.model.issue import Frozen
from portail.terminal.text import safe
from portail.text.mail import ENCODED_WORD, header
from portail_envoi import settings
from portail_envoi.journal import Journal, SendingError, scrubbed
from portail_envoi.mails import Mail
from portail_envoi.preparing import Order, guard, journal_path, prepared, print_now
from portail_envoi.settings import Listmonk
from portail_envoi.smtp import why_lost

WAITS = (2.0, 10.0)
"""Seconds before a question is asked again."""
_LARGEST = 50_000_000
_LONGEST = 200
_PASSING = frozenset({429, 500, 502, 503, 504})


class ApiFault(Exception):
    """A refusal of the service; ``status`` is that of HTTP."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


class Silent(Exception):
    """No answer, or that of something else: the call may be done or not."""


class _NoRedirect(HTTPRedirectHandler):
    """A token follows no redirection: it would be given to another host."""

    def redirect_request(self, *_: object, **__: object) -> None:
        """Never."""


class Api:
    """An instance of Listmonk; ``timeout`` is in seconds."""

    def __init__(self, place: Listmonk, timeout: float) -> None:
        self.place = place
        self._timeout = timeout
        self._opener = build_opener(_NoRedirect, HTTPSHandler())

    def get(self, path: str, **query: str) -> Any:
        """The ``data`` of ``path``, asked again if it is late. Raises ``SendingError``."""
        full = f"{path}?{urlencode(query)}" if query else path
        return self.once(lambda: self.call("GET", full), lambda: None)

    def once(self, act: Callable[[], Any], done: Callable[[], Any]) -> Any:
        """The result of ``act`` or, after an answer that was lost, that of ``done`` rather than a
        second ``act`` unless it is ``None``. Raises ``SendingError``."""
        for delay in (*WAITS, None):
            try:
                return act()
            except (ApiFault, Silent) as error:
                passing = isinstance(error, Silent) or error.status in _PASSING
                if delay is None or not passing:
                    raise SendingError(f"{self.place.url} : {error}.") from None
            sleep(delay)
            if (result := done()) is not None:
                return result
        raise AssertionError("unreachable")

    def call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Make one call and return its ``data``. Raises ``ApiFault`` or ``Silent``."""
        headers = {"Accept": "application/json"}
        headers["Authorization"] = f"token {self.place.token.get_secret_value()}"
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/json; charset=utf-8"
        # The URL was checked: http(s), a host, no password.
        request = Request(f"{self.place.url}{path}", data, headers, method=method)  # noqa: S310
        try:
            with self._opener.open(request, timeout=self._timeout) as answer:
                content = answer.read(_LARGEST)
        except HTTPError as error:
            with error:
                raise ApiFault(error.code, self._fault(error)) from None
        except (URLError, HTTPException, OSError) as error:
            reason = error.reason if isinstance(error, URLError) else error
            why = why_lost(reason) if isinstance(reason, Exception) else str(reason)
            raise Silent(self._clean(why)) from None
        try:
            return json.loads(content)["data"]
        except (ValueError, KeyError, TypeError):
            raise Silent(
                "la réponse n’est pas celle de Listmonk : est-ce la bonne adresse ?"
            ) from None

    def _fault(self, error: HTTPError) -> str:
        if error.code in (401, 403):
            return f"le jeton est refusé, ou n’a pas ce droit ({error.code})"
        if 300 <= error.code < 400:
            return f"l’adresse mène ailleurs ({error.code}) : donnez la bonne"
        try:
            message = json.loads(error.read(_LARGEST))["message"]
        except (ValueError, KeyError, TypeError, OSError, HTTPException):
            message = "la réponse n’est pas celle de Listmonk"
        return f"{self._clean(message)} ({error.code})"

    def _clean(self, text: object) -> str:
        return safe(scrubbed(" ".join(str(text).split())[:_LONGEST], [self.place.token]))


# Send an issue through Listmonk: one campaign for each edition, a draft unless it is launched,
# known by its tag (site, week, edition). Bodies are templates of Go: what a text holds by chance is
# quoted, and comments, which ``html/template`` drops, are kept.

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


def text_body(mail: Mail) -> str:
    """The text of a mail as a template of Listmonk."""
    return _LEAVE.join(map(_quoted, mail.text.split(mail.page)))


def html_body(mail: Mail) -> str:
    """The HTML of a mail as a template of Listmonk."""
    parts = [
        f"{{{{ Safe {json.dumps(part, ensure_ascii=False)} }}}}" if rank % 2 else _quoted(part)
        for rank, part in enumerate(_COMMENT.split(mail.html))
    ]
    return "".join(parts).replace(f'"{escape(mail.page)}"', f'"{_LEAVE}"')


def _quoted(text: str) -> str:
    """``text`` as a template that gives it back."""
    return text.replace("{{", '{{ "{{" }}').replace("@TrackLink", '{{ "@" }}TrackLink')


def template_number(api: Api) -> int:
    """The number of the template that adds nothing, neither a page around ours nor a tracker.
    Raises ``SendingError`` when there is none, or when the one that is set adds something."""
    rows = [one for one in api.get("/api/templates") if one.get("type") == "campaign"]
    wanted = api.place.template
    bare = [row["id"] for row in rows if _BARE.fullmatch(row.get("body") or "")]
    if wanted and wanted not in {row["id"] for row in rows}:
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
    rows = api.get("/api/lists", per_page="all")["results"]
    numbers = {str(row[key]).lower(): int(row["id"]) for row in rows for key in ("id", "uuid")}
    missing = [f"{code} ({name})" for code, name in names.items() if name.lower() not in numbers]
    if missing:
        raise SendingError(
            f"{api.place.url} n’a pas, ou ne montre pas à ce jeton, la liste de : "
            f"{', '.join(missing)}."
        )
    return {code: numbers[name.lower()] for code, name in names.items()}


def campaign(
    api: Api, frozen: Frozen, mail: Mail, number: int, template: int, launch: bool
) -> tuple[str, bool]:
    """Make the campaign of an edition unless it is there, and launch it if asked; its state in
    French, and whether it is as asked. Raises ``SendingError``."""
    host = frozen.enseigne.siteurl.partition("://")[2].replace("/", "-")
    tag = f"{host}-{frozen.semaine}-{mail.edition}"[:100]
    state = _find(api, tag)
    verb = "était déjà là"
    if state is None:
        verb = "est créée"
        body = _request(frozen, mail, number, template) | {"tags": [tag]}
        state = api.once(lambda: api.call("POST", "/api/campaigns", body), lambda: _find(api, tag))
    name = f"{mail.edition} : la campagne {state['id']}"
    path = f"/api/campaigns/{state['id']}"
    url = f"{api.place.url}/campaigns/{state['id']}"
    status = str(state.get("status"))
    if status in _DONE or status in _STUCK:
        return f"{name} {_DONE.get(status) or _STUCK[status]} ({url})", status in _DONE
    if not launch:
        return f"{name} {verb}, en brouillon : relisez et lancez-la ({url})", True
    api.once(
        lambda: api.call("PUT", f"{path}/status", {"status": "running"}),
        lambda: api.get(path).get("status") in _DONE or None,
    )
    return f"{name} est lancée ({url})", True


def _request(frozen: Frozen, mail: Mail, number: int, template: int) -> dict[str, Any]:
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
        "headers": [
            {"List-Id": value.decode("ascii").partition(":")[2].strip()}
            for name, value in mail.headers
            if name == "list-id"
        ],
    }


def _subject(mail: Mail) -> str:
    """The subject as a template; as the service encodes what is not ASCII alone, a subject that
    reads as an encoded word is encoded here."""
    if re.search(ENCODED_WORD, mail.subject):
        return header("Subject", mail.subject).decode("ascii")[9:-2].replace("\r\n", "")
    return _quoted(mail.subject)


def _find(api: Api, tag: str) -> dict[str, Any] | None:
    """The campaign of a tag. Raises ``SendingError`` when there are two."""
    # « tags » is what the documentation says, « tag » what the service reads; neither is trusted.
    answer = api.get("/api/campaigns", per_page="all", tag=tag, tags=tag, no_body="true")
    rows = [row for row in answer["results"] if tag in (row.get("tags") or ())]
    if len(rows) > 1:
        raise SendingError(
            f"{api.place.url} a {len(rows)} campagnes marquées {tag} : gardez-en une."
        )
    return rows[0] if rows else None


def by_listmonk(order: Order, codes: Collection[str]) -> int:
    """Make the campaign of each edition that has a list, and launch it if asked; returns the exit
    code. Everything is looked up before anything is frozen. Raises ``PortailError``."""
    place = settings.listmonk(order.environ)
    options = order.options
    names = _lists(order, codes)
    path = journal_path(order)
    if options.simuler:
        verb = "lancées" if options.lancer else "créées en brouillon"
        print_now(
            f"Simulation : {order.week.slug}, campagnes {verb} par {place.url}. Rien n’est fait."
        )
        print_now("\n".join(f"  {code} : liste {name}" for code, name in names.items()))
        return 0
    with Journal(path) as journal:
        guard(order, journal)
        api = Api(place, float(options.delai or 60))
        template = template_number(api)
        numbers = list_numbers(api, names)
        frozen, mails = prepared(order, names.keys(), journal)
        fine = True
        for code, mail in mails.items():
            text, done = campaign(api, frozen, mail, numbers[code], template, options.lancer)
            print_now(text)
            fine = fine and done
    for code in sorted(names.keys() - mails.keys()):
        print_now(f"{code} : rien à dire cette semaine, pas de campagne")
    return 0 if fine else 1


def _lists(order: Order, codes: Collection[str]) -> dict[str, str]:
    """The list of each edition: that of the environment, else that of the site's settings."""
    named = settings.lists(order.environ, codes)
    lists = {
        edition.code: name
        for edition in order.place.config.lettre.editions
        if (name := named.get(edition.code) or edition.liste)
        and order.options.edition in (None, edition.code)
    }
    if not lists:
        raise ConfigError(
            "Aucune édition n’a de liste : PORTAIL_LETTRE en donne l’UUID, ou "
            "PORTAIL_ENVOI_LISTES le numéro."
        )
    return lists
