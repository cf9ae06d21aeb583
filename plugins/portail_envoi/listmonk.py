"""Sending by Listmonk (https://listmonk.app/docs/apis/apis/): its API, its campaigns."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from html import escape
from http.client import HTTPException
from time import sleep
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, HTTPSHandler, OpenerDirector, Request, build_opener

from portail.cli.terminal import safe
from portail.diagnostics import ConfigError
from portail.model.issue import Frozen
from portail.text.mail import ENCODED_WORD, header
from portail_envoi import settings
from portail_envoi.delivery import begin
from portail_envoi.journal import Journal, SendingError
from portail_envoi.mails import Mail
from portail_envoi.preparing import Order, guard, journal_path, prepared, say, wait
from portail_envoi.report import scrubbed
from portail_envoi.settings import Listmonk

WAITS = (2.0, 10.0)
"""Seconds before a question is asked again."""
_LARGEST = 50_000_000
_TOLD = 200
_PASSING = frozenset({429, 500, 502, 503, 504})


class ApiFault(Exception):
    """The service answers that it will not; ``status`` is that of HTTP."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


class Silent(Exception):
    """The service does not answer, or something else does: what was asked may be done or not."""


def is_passing(error: ApiFault | Silent) -> bool:
    """Whether the same call may succeed later."""
    return isinstance(error, Silent) or error.status in _PASSING


class _NoRedirect(HTTPRedirectHandler):
    """A token follows no redirection: it would be given to another host."""

    def redirect_request(self, *_: object, **__: object) -> None:
        """Never."""


class Api:
    """An instance of Listmonk. ``timeout`` is in seconds; ``pause`` waits."""

    def __init__(
        self, place: Listmonk, timeout: float, pause: Callable[[float], None] = sleep
    ) -> None:
        self.place = place
        self._timeout = timeout
        self.pause = pause
        self._opener: OpenerDirector = build_opener(_NoRedirect, HTTPSHandler())

    def get(self, path: str, **query: str) -> Any:
        """Ask for ``data``; asked again when the answer is late or broken. Raises
        ``SendingError``."""
        full = f"{path}?{urlencode(query)}" if query else path
        for delay in (*WAITS, None):
            try:
                return self.call("GET", full)
            except (ApiFault, Silent) as error:
                if delay is None or not is_passing(error):
                    raise SendingError(f"{self.place.url} : {error}.") from None
                self.pause(delay)
        raise AssertionError("unreachable")

    def call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Make one call and return its ``data``. Raises ``ApiFault`` or ``Silent``."""
        headers = {"Accept": "application/json"}
        headers["Authorization"] = f"token {self.place.token.reveal()}"
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/json; charset=utf-8"
        # The address was checked: http(s), a host, no password.
        request = Request(f"{self.place.url}{path}", data, headers, method=method)  # noqa: S310
        try:
            with self._opener.open(request, timeout=self._timeout) as answer:
                told = answer.read(_LARGEST)
        except HTTPError as error:
            with error:
                raise ApiFault(error.code, self._fault(error)) from None
        except (URLError, HTTPException, OSError) as error:
            reason = error.reason if isinstance(error, URLError) else error
            late = isinstance(reason, TimeoutError)
            text = "pas de réponse à temps" if late else f"pas de réponse ({self._clean(reason)})"
            raise Silent(text) from None
        try:
            return json.loads(told)["data"]
        except (ValueError, KeyError, TypeError):
            raise Silent(
                "la réponse n’est pas celle de Listmonk : est-ce la bonne adresse ?"
            ) from None

    def _fault(self, error: HTTPError) -> str:
        """One line for an answer that is a refusal: the message of Listmonk, or that of a proxy."""
        if error.code in (401, 403):
            return f"le jeton est refusé, ou n’a pas ce droit ({error.code})"
        if 300 <= error.code < 400:
            return f"l’adresse mène ailleurs ({error.code}) : donnez la bonne"
        try:
            said = json.loads(error.read(_LARGEST))["message"]
        except (ValueError, KeyError, TypeError, OSError, HTTPException):
            said = "la réponse n’est pas celle de Listmonk"
        return f"{self._clean(said)} ({error.code})"

    def _clean(self, text: object) -> str:
        return safe(scrubbed(" ".join(str(text).split())[:_TOLD], [self.place.token]))


# Send an issue through Listmonk: one campaign for each edition, a draft unless it is launched.
#
# A campaign is known by its tag (site, week, edition): the service itself remembers what was
# made, whichever machine asks. Bodies are templates of Go there: what a text holds by chance is
# quoted, and comments, which ``html/template`` drops, are kept for the mail readers that read
# them.

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


# Send an issue by a service that has the subscribers: Listmonk.


def by_listmonk(order: Order, codes: Collection[str]) -> int:
    """Make the campaign of each edition that has a list, and launch it if asked; the exit code.

    Everything is looked up before anything is frozen. Raises ``PortailError``.
    """
    place, options = settings.listmonk(order.environ), order.options
    names = _lists(order, codes)
    path = journal_path(order)
    if options.simuler:
        verb = "lancées" if options.lancer else "créées en brouillon"
        say(f"Simulation : {order.week.slug}, campagnes {verb} par {place.url}. Rien n’est fait.")
        say("\n".join(f"  {code} : liste {name}" for code, name in names.items()))
        return 0
    with Journal(path) as journal:
        guard(order, journal)
        api = Api(place, float(options.delai or 60))
        template, numbers = template_number(api), list_numbers(api, names)
        frozen, mails = prepared(order, names.keys(), journal)
        begin(journal, options.vers, mails, frozen)
        wait(order, frozen, mails.keys())
        fine = True
        for code, mail in mails.items():
            done = campaign(api, frozen, mail, numbers[code], template, options.lancer)
            say(done.text)
            fine = fine and done.fine
    for code in sorted(names.keys() - mails.keys()):
        say(f"{code} : rien à dire cette semaine, pas de campagne")
    return 0 if fine else 1


def _lists(order: Order, codes: Collection[str]) -> dict[str, str]:
    """The list of each edition: that of the environment, else that of the site's settings."""
    told = settings.lists(order.environ, codes)
    editions = order.place.config.lettre.editions
    known = {one.code: told.get(one.code) or one.liste for one in editions}
    wanted = order.options.edition
    found = {code: name for code, name in known.items() if name and wanted in (None, code)}
    if not found:
        raise ConfigError(
            "Aucune édition n’a de liste : PORTAIL_LETTRE en donne l’UUID, ou "
            "PORTAIL_ENVOI_LISTES le numéro."
        )
    return found
