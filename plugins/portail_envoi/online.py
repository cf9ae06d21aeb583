"""Wait for the site to show an issue: its mail has a picture and links that must be there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from http.client import HTTPException
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.request import Request, urlopen

from portail.model.issue import Frozen
from portail.site.urls import issue_of
from portail_envoi.errors import SendingError

__all__ = ["wait_online"]

_EVERY = 20.0
_TIMEOUT = 20.0
_LARGEST = 5_000_000
_TOLD = "selection.json"


def wait_online(
    frozen: Frozen,
    output: Path,
    codes: Iterable[str],
    minutes: int,
    pause: Callable[[float], None] = sleep,
    clock: Callable[[], float] = monotonic,
) -> None:
    """Wait until each edition is on line as it was built in ``output``, as one that is sent.

    Raises ``SendingError`` when one is not after ``minutes``.
    """
    end = clock() + minutes * 60
    for code in codes:
        place = issue_of(frozen.semaine, code)
        built = _mark(json.loads((output / place.strip("/") / _TOLD).read_bytes()))
        while _mark(_published(f"{frozen.enseigne.siteurl}{place}{_TOLD}")) != built:
            if clock() >= end:
                raise SendingError(
                    f"{frozen.enseigne.siteurl}{place} ne montre pas encore ce numéro : rien n’est "
                    "envoyé. Relancez la même commande quand il y sera."
                )
            pause(_EVERY)


def _mark(told: Any) -> tuple[object, object] | None:
    return (told.get("etat"), told.get("empreinte")) if isinstance(told, dict) else None


def _published(url: str) -> Any:
    """What the site says of the issue; ``None`` when it says nothing."""
    # The address is that of the site: http(s), checked when the frozen file was written.
    request = Request(url, headers={"Cache-Control": "no-cache"})  # noqa: S310
    try:
        with urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310
            return json.loads(answer.read(_LARGEST))
    except (OSError, HTTPException, ValueError):
        return None
