"""The HTTP API of Listmonk (https://listmonk.app/docs/apis/apis/): its calls, and its mistakes told
in one line."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from http.client import HTTPException
from time import sleep
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, HTTPSHandler, OpenerDirector, Request, build_opener

from portail.cli.terminal import safe
from portail_envoi.errors import SendingError
from portail_envoi.secret import scrubbed
from portail_envoi.settings import Listmonk

__all__ = ["WAITS", "Api", "ApiFault", "Silent", "is_passing"]

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
