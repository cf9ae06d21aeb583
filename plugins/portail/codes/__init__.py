"""The table of diagnostic codes: one code, one sentence, one remedy, one page in ``docs/codes/``.

Families: ``file`` (1xx, file and front matter), ``field`` (2xx), ``body`` (3xx),
``reference`` (4xx), ``site`` (5xx); ``seen`` has some of each. The letter gives the severity:
E error, A warning, C advice.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from portail.codes import body, field, file, reference, seen, site
from portail.codes.base import Code, shown
from portail.diagnostics import Diagnostic, Position

__all__ = ["CODES", "FAMILIES", "Code", "diagnostic", "shown"]

_ALL = (*file.CODES, *field.CODES, *body.CODES, *reference.CODES, *site.CODES, *seen.CODES)

CODES: Mapping[str, Code] = MappingProxyType({code.code: code for code in _ALL})
FAMILIES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "1": ("fichier", "Le fichier et son en-tête"),
        "2": ("champs", "Les champs de l’en-tête"),
        "3": ("texte", "Le texte"),
        "4": ("liens", "Les liens vers d’autres contenus"),
        "5": ("site", "Le site entier"),
    }
)
"""By the first figure: a word that may end an address, the title."""
# Sentences of ours that quote several values: cut later than one value.
_LIMITS = {"remede": 400, "candidats": 400, "exemple": 200, "raison": 200}

assert len(CODES) == len(_ALL), "a diagnostic code is declared twice"


def diagnostic(
    code: str, position: Position, /, *, paste: str = "", label: str = "", **values: object
) -> Diagnostic:
    """Build the diagnostic ``code`` at ``position``; ``values`` fill its templates.

    Values are escaped for display. Raises ``KeyError`` for an unknown code or a value that a
    template needs and does not get: both are bugs of ours.
    """
    entry = CODES[code]
    texts = {name: shown(value, _LIMITS.get(name, 80)) for name, value in values.items()}
    return Diagnostic(
        code=code,
        position=position,
        message=entry.message.format_map(texts),
        hint=entry.hint.format_map(texts),
        paste=paste,
        label=label,
    )
