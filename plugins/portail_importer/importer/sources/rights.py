"""What a source says of the rights of a text, as a licence of the portal."""

from __future__ import annotations

import re
from collections.abc import Iterable

from portail.model.vocabulary import Vocabulary
from portail.text.normalise import fold

from .pictures import licence_of

RESERVED = "LicenseRef-tous-droits-reserves"
# A notice says whose a text is; these words, what one may do of it.
_RULES = re.compile(
    r"reserv|interdi|prohib|forbid|autoris|permission|permitted|sans (?:l[’' ])?accord|licen[cs]"
    r"|creative commons|all rights"
)


def licence_in(said: Iterable[str], licences: Vocabulary) -> str:
    """The code of the licence that words and addresses name, "" when they name none. One that is
    unknown, said in two ways, or that forbids to cut a text, is reserved."""
    codes = {_code(" ".join(text.split()), licences) for text in said} - {""}
    if len(codes) > 1 or any("-ND-" in code for code in codes):
        return RESERVED
    return next(iter(codes), "")


def _code(text: str, licences: Vocabulary) -> str:
    named = licence_of(text)
    names = [name for name in (text, named) if fold(name)]
    found = next(filter(None, map(licences.find, names)), None)
    if found:
        return found.code
    uris = {_bare(term.extra.get("uri", "")): code for code, term in licences.items()}
    if own := uris.get(_bare(text) or "-"):
        return own
    if named or "://" in text or _RULES.search(fold(text)):
        return RESERVED
    return ""


def _bare(address: str) -> str:
    return fold(address.partition("://")[2]).removeprefix("www.").rstrip("/")
