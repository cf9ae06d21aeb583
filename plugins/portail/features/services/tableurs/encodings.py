"""Bytes of another encoding than the one that they are read in: what their letters become."""

from __future__ import annotations

import re

from portail.diagnostics import Refused

_USUAL = "éèêàçùëïôû"
# UTF-8 read as Windows-1252, then written so; what could not be read.
_TWICE = "Ã[ \u00a0-\u00bf]|â€[\u0080-\uffff]|\ufffd"
# « é », « è », « ê », « à » of a Macintosh or of DOS, read as Windows-1252.
_OTHER = "(?<=[A-Za-z])[ŽžŠˆ‚ƒ‡‰]|[ŽžŠˆ‚ƒ‡‰](?=[A-Za-z])"
_SHOWN = 20


def readable(text: str, name: str, *, western: bool = False) -> str:
    """``text``, that of the file ``name``; ``western`` where its bytes are read as Windows-1252.

    Raises ``Refused`` where more letters of it are misread than have their accents.
    """
    if text.isascii():
        return text
    misread = [*re.finditer(f"{_TWICE}|{_OTHER}" if western else _TWICE, text)]
    if len(misread) > sum(map(text.count, _USUAL)):
        at = misread[0].start()
        before = text[max(0, at - _SHOWN) : at].split(" ")[-1]
        after = text[at : at + _SHOWN].split()[0]
        shown = (before + after).split("\n")[-1]
        raise Refused(
            f"« {name} » se lit mal (« {shown} »)\u00a0: ses lettres accentuées ne sont ni en "
            "UTF-8 ni en Windows-1252. Enregistrez-le de nouveau, en UTF-8."
        )
    return text
