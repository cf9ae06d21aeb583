"""Calls to the API of a service of letters: patient, discreet, never twice for one answer lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from http.client import HTTPException
from time import sleep
from typing import Any, ClassVar, Literal
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, HTTPSHandler, Request, build_opener

from msgspec import Struct
from pydantic import SecretStr

from portail.terminal.text import safe

from .journal import SendingError, scrubbed
from .smtp import why_lost

# Seconds before a question is asked again.
WAITS = (2.0, 10.0)
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


class Campaign(Struct, frozen=True):
    """A campaign of a service, as it is now."""

    number: int
    state: Literal["draft", "done", "stuck"]
    # Its state, in French, unless it is a draft.
    status: str = ""


class _NoRedirect(HTTPRedirectHandler):
    """A token follows no redirection: it would be given to another host."""

    def redirect_request(self, *_: object, **__: object) -> None:
        """Never."""


class Api:
    """A service at ``url`` (without final slash) that knows us by ``secret``; ``timeout`` is in
    seconds."""

    service: ClassVar[str]
    # What is said of a secret that it does not take.
    refused: ClassVar[str]

    def __init__(self, url: str, secret: SecretStr, timeout: float) -> None:
        self.url = url
        self.secret = secret
        self._timeout = timeout
        self._opener = build_opener(_NoRedirect, HTTPSHandler())

    def headers(self) -> Mapping[str, str]:
        raise NotImplementedError

    def content(self, document: Any) -> Any:
        return document

    def get(self, path: str, **query: str) -> Any:
        """The content of ``path``, asked again if it is late. Raises ``SendingError``."""
        full = f"{path}?{urlencode(query)}" if query else path
        return self.once(lambda: self.call("GET", full), lambda: None)

    def once(self, act: Callable[[], Any], done: Callable[[], Any]) -> Any:
        """The result of ``act``; after a lost answer, that of ``done`` rather than a second
        ``act``.
        """
        for delay in (*WAITS, None):
            try:
                return act()
            except (ApiFault, Silent) as error:
                passing = isinstance(error, Silent) or error.status in _PASSING
                if delay is None or not passing:
                    raise SendingError(f"{self.url} : {error}.") from None
            sleep(delay)
            if (result := done()) is not None:
                return result
        raise AssertionError("unreachable")

    def call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Make one call and return its content. Raises ``ApiFault`` or ``Silent``."""
        headers = {"Accept": "application/json", **self.headers()}
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/json; charset=utf-8"
        # The URL was checked: http(s), a host, no password.
        request = Request(f"{self.url}{path}", data, headers, method=method)  # noqa: S310
        try:
            with self._opener.open(request, timeout=self._timeout) as answer:
                content = answer.read(_LARGEST)
                empty = answer.status == 204
        except HTTPError as error:
            with error:
                raise ApiFault(error.code, self._fault(error)) from None
        except (URLError, HTTPException, OSError) as error:
            reason = error.reason if isinstance(error, URLError) else error
            why = why_lost(reason) if isinstance(reason, Exception) else str(reason)
            raise Silent(self._clean(why)) from None
        try:
            return {} if empty else self.content(json.loads(content))
        except (ValueError, KeyError, TypeError):
            raise Silent(f"{self._foreign()} : est-ce la bonne adresse ?") from None

    def _foreign(self) -> str:
        return f"la réponse n’est pas celle de {self.service}"

    def _fault(self, error: HTTPError) -> str:
        if error.code in (401, 403):
            return f"{self.refused} ({error.code})"
        if 300 <= error.code < 400:
            return f"l’adresse mène ailleurs ({error.code}) : donnez la bonne"
        try:
            message = json.loads(error.read(_LARGEST))["message"]
        except (ValueError, KeyError, TypeError, OSError, HTTPException):
            message = self._foreign()
        return f"{self._clean(message)} ({error.code})"

    def _clean(self, text: object) -> str:
        return safe(scrubbed(" ".join(str(text).split())[:_LONGEST], [self.secret]))
