"""What a text gives away without meaning to: numbers of an account or of a person, keys, links by
which anyone edits a document, notes that no page shows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portail.model.faults import Private

_GAP = "[ .\u00a0\u202f]?"
_SECRET = re.compile(
    rf"(?P<compte>\b[A-Z]{{2}}[0-9]{{2}}(?:{_GAP}[A-Z0-9]{{4}}){{2,7}}(?:{_GAP}[A-Z0-9]{{1,3}})?\b)"
    rf"|(?P<secu>(?<![0-9])[12378]{_GAP}[0-9]{{2}}{_GAP}[0-9]{{2}}{_GAP}(?:[0-9]{{2}}|2[AB])"
    rf"{_GAP}[0-9]{{3}}{_GAP}[0-9]{{3}}{_GAP}[0-9]{{2}}(?![0-9]))"
    r"|(?P<cle>-----BEGIN [A-Z ]*PRIVATE KEY-----)"
    r"|(?P<jeton>\b(?:gh[opsur]_|github_pat_|glpat-|xox[abp]-|AKIA)[A-Za-z0-9_-]{16,255})"
    r"|(?P<edition>https://docs\.google\.com/[a-z]{4,20}/d/[\w-]{10,200}/edit\b[^\s<>)\"']*)"
    r"|(?P<note>^ {0,3}\[[^\]\n]{1,80}\]:[ \t]*(?:#|<>)[ \t]+[\"'(].*$)",
    re.MULTILINE,
)


_MARKS = (
    "PRIVATE KEY|docs.google.com|ghp_|gho_|ghs_|ghu_|ghr_|github_pat_|glpat-|xox|AKIA|]: #|]: <>"
).split("|")
_FIGURES = re.compile(f"[0-9]{{3}}{_GAP}[0-9]{{3}}")


def may_hold_secrets(text: str) -> bool:
    """Whether ``secrets`` may find something: nearly no text has it, which is told twenty times
    faster."""
    return any(map(text.__contains__, _MARKS)) or _FIGURES.search(text) is not None


def secrets(text: str) -> Iterator[Private]:
    """What should not be published, in order; numbers whose check digits are right.

    >>> text = "FR76 3000 6000 0112 3456 7890 189, 2 55 08 14 168 025 38"
    >>> [found.sort for found in secrets(text)]
    ['compte', 'secu']
    >>> [*secrets("FR76 3000 6000 0112 3456 7890 188, [club]: https://example.org")]
    []
    """
    for match in _SECRET.finditer(text):
        sort = str(match.lastgroup)
        plain = re.sub(_GAP[:-1], "", match[0])
        if sort not in _CHECKS or _CHECKS[sort](plain):
            yield Private(match.start(), match[0], sort)


def _is_account(iban: str) -> bool:
    """ISO 13616: modulo 97, the first four signs at the end, letters from 10."""
    return int("".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])) % 97 == 1


def _is_nir(number: str) -> bool:
    """The key of a number of social security; the departments of Corsica are 19 and 18."""
    digits = number.replace("2A", "19").replace("2B", "18")
    return int(digits[:13]) % 97 + int(digits[13:]) == 97


_CHECKS = {"compte": _is_account, "secu": _is_nir}
