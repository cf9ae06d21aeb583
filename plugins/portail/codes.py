"""The table of diagnostic codes: one code, one sentence, one remedy, one page for each.

The rows are in ``data/codes.yml`` and in the ``codes.yml`` of packages, by family: 1xx file and
front matter, 2xx fields, 3xx body, 4xx references, 5xx site. The letter gives the severity: E
error, A warning, C advice.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain
from types import MappingProxyType

from msgspec import Struct

from .diagnostics import NO_FIX, DataError, Diagnostic, Fix, Position
from .resources import rows, rows_of_packages

FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        "1": "Le fichier et son en-tête",
        "2": "Les champs de l’en-tête",
        "3": "Le texte",
        "4": "Les liens vers d’autres contenus",
        "5": "Le site entier",
    }
)
_SHOWN_LENGTH = 80
# Sentences of ours that quote several values: cut later than one value.
_LIMITS = {"remede": 1_000, "candidats": 400, "exemple": 200, "raison": 200}


class Code(Struct, frozen=True):
    """Entry of the table; its sentences are French ``str.format`` templates."""

    code: str
    titre: str
    message: str
    hint: str = ""
    # Message and hint of the form, where they differ from those of the file; ``{demande}`` is
    # ``demande_<field>`` of ``model.phrases``, ``{cle}`` and ``{autre}`` are labels.
    person: Sequence[str] = ()
    # What its page says more, in a package (``cli.explanations.Explanation``).
    explication: Mapping[str, str] = {}


@cache
def all_codes() -> Mapping[str, Code]:
    """Every code, read when first asked for: a build without a diagnostic need not."""
    codes = {}
    for row in chain(rows("codes"), *rows_of_packages("codes")):
        try:
            code = Code(**row)
        except TypeError as error:
            raise DataError(f"codes.yml, {row}: {error}") from error
        if code.code in codes:
            raise DataError(f"codes.yml: {code.code} is declared twice")
        codes[code.code] = code
    return MappingProxyType(codes)


# Codes of the greffons that this process has loaded.
ADDED: dict[str, Code] = {}


def code_of(code: str) -> Code | None:
    """The row of a code, or what a greffon says of its own."""
    return ADDED.get(code) or all_codes().get(code)


def diagnostic(
    code: str,
    position: Position,
    fix: Fix = NO_FIX,
    /,
    *,
    paste: str = "",
    label: str = "",
    **values: object,
) -> Diagnostic:
    """The diagnostic ``code`` at ``position``, its templates filled by ``values``, escaped."""
    entry = ADDED.get(code) or all_codes()[code]
    texts = {name: shown(value, _LIMITS.get(name, _SHOWN_LENGTH)) for name, value in values.items()}
    message = entry.message.format_map(texts)
    hint = entry.hint.format_map(texts)
    return Diagnostic(code, position, message, hint=hint, paste=paste, label=label, fix=fix)


def shown(value: object, limit: int = _SHOWN_LENGTH) -> str:
    r"""``value`` fit for a terminal or a log: cut when long, unprintable signs as ``\uXXXX``.

    >>> shown("a\x1b[31m")
    'a\\u001b[31m'
    """
    text = str(value)
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    if text.isprintable():
        return text
    keep = {"\u00a0", "\u202f", "\u200d", "\ufe0f"}
    return "".join(
        c if c in keep or unicodedata.category(c)[0] not in "CZ" or c == " " else f"\\u{ord(c):04x}"
        for c in text
    )
