"""The catalogue for paper, a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.diagnostics import ConfigError
from portail.feature import PRINTS, Command, Feature, Output
from portail.late import late
from portail.outputs.pages.slots import PRINTED
from portail.settings import Setting, read_list

if TYPE_CHECKING:
    from portail.config import SiteConfig

with late(__name__):
    from . import press, printed

_ASKED = "PORTAIL_IMPRIMES"
# What can be asked for.
ONLY = "catalogue"


def only(word: str, place: str = "") -> str:
    """``word``, what to print. Raises ``ConfigError``, which begins with ``place``, when it is not
    the catalogue."""
    if word != ONLY:
        raise ConfigError(
            f"{place}« {word} » ne s’imprime pas ainsi : seul « {ONLY} » devient un PDF. Un "
            "programme, une affiche, un bilan s’impriment depuis leur page, dans un navigateur."
        )
    return word


def _read(value: object) -> tuple[str, ...]:
    words = read_list(_ASKED, f'["{ONLY}"]')(value)
    return tuple(only(word, f"{_ASKED} : ") for word in words)


def _is_used(config: SiteConfig) -> bool:
    return bool(config.added.get("imprimes"))


feature = Feature(
    name="imprimes",
    title="Le catalogue à imprimer",
    is_used=_is_used,
    needs=("catalogue", "editions", "ressources", "tempsforts"),
    settings=(Setting(_ASKED, _read, ()),),
    roles={PRINTS: press.Press},
    outputs=(Output("imprimes", printed.plan),),
    slots={PRINTED: printed.offered},
    commands={
        "imprimer": Command("fait un PDF du catalogue des outils, à imprimer", example="catalogue")
    },
)
