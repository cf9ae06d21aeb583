"""Whether the host of the box vouches for who a mail says it is from (RFC 8601, RFC 7489)."""

from __future__ import annotations

import re
from collections.abc import Sequence

MICROSOFT = "microsoft"
"""The guarantor whose headers begin with no name: Exchange Online."""

# A quoted string; a pair « name=value » of a statement; what may head the statements.
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_PAIR = re.compile(rf"\s*([\w.-]+)(?:\s*/\s*1)?\s*=\s*({_QUOTED}|[^\s\"]+)(?=\s|\Z)", re.ASCII)
_NAME = re.compile(rf"\s*({_QUOTED}|[^\s\"=]+)(?:\s+1)?\s*", re.ASCII)
_PIECE = re.compile(rf"{_QUOTED}|.", re.DOTALL)
_COMMENTED = re.compile(r"\\.|.", re.DOTALL)


def is_vouched(results: Sequence[str], domain: str, guarantor: str) -> bool | None:
    """Whether ``guarantor`` says that the policy of ``domain`` lets this mail through (DMARC);
    ``None`` when it says nothing at all.

    ``results`` are the ``Authentication-Results`` of the mail, the last that was added first: that
    of the guarantor is the first that bears its name. A header that is not written as RFC 8601 has
    it says nothing.

    >>> is_vouched(["mx.example.org; dmarc=pass header.from=Musee.example"], "musee.example",
    ...            "mx.example.org")
    True
    """
    for text in results:
        head, *statements = _statements(text)
        if guarantor == MICROSOFT:
            statements = [head, *statements]
        elif not guarantor or not _is_named(head, guarantor):
            continue
        read = [_pairs(one) for one in statements if one.strip() not in ("", "none")]
        said = [pairs for pairs in read if pairs[:1] and pairs[0][0] == "dmarc"]
        if not all(read) or len(said) != 1 or not domain:
            return False
        froms = [value for name, value in said[0] if name == "header.from"]
        return said[0][0][1] == "pass" and froms == [domain.lower()]
    return None


def _is_named(head: str, guarantor: str) -> bool:
    match = _NAME.fullmatch(head)
    return match is not None and _bare(match[1]).lower() == guarantor.lower()


def _statements(text: str) -> list[str]:
    # What stands between semicolons, each comment a space. What is quoted is neither.
    said = [""]
    depth = at = 0
    while at < len(text) and depth >= 0:
        found = (_COMMENTED if depth else _PIECE).match(text, at)
        piece = found[0] if found else ""
        at += len(piece)
        if piece in ("(", ")"):
            depth += {"(": 1, ")": -1}[piece]
            said[-1] += " "
        elif depth == 0 and piece == ";":
            said.append("")
        elif depth == 0:
            said[-1] += piece
    return [*said, *["?"] * (depth != 0)]  # which is no statement


def _pairs(statement: str) -> list[tuple[str, str]]:
    # The pairs of a statement; none when it is anything else.
    pairs = []
    end = 0
    while match := _PAIR.match(statement, end):
        pairs.append((match[1].lower(), _bare(match[2]).lower()))
        end = match.end()
    if statement[end:].strip():
        return []
    return pairs


def _bare(text: str) -> str:
    if text.startswith('"'):
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    return text
