"""One call of an API, which follows no redirection: the token would be given to another host."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any

from portail.text.addresses import address_parts

from .smtp import TIMEOUT, why_lost

_LARGEST = 50_000_000


class Unreached(Exception):
    """There is no answer; the text says why, in French, to follow a comma."""


def called(
    url: str,
    method: str,
    path: str,
    *,
    body: Mapping[str, Any] | None = None,
    headers: Mapping[str, str],
) -> tuple[int, bytes]:
    """The code and the content of what ``url`` answers below ``path``. Raises ``Unreached``."""
    parts = address_parts(url)
    make = HTTPConnection if parts.scheme == "http" else HTTPSConnection
    connection = make(parts.netloc, timeout=TIMEOUT)
    sent = {"Content-Type": "application/json", **headers}
    try:
        data = json.dumps(body) if body else None
        connection.request(method, f"{parts.path}{path}", data, headers=sent)
        answer = connection.getresponse()
        return answer.status, answer.read(_LARGEST)
    except (HTTPException, OSError) as error:
        raise Unreached(why_lost(error)) from None
    finally:
        connection.close()
