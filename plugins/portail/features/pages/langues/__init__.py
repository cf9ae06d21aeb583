"""Practical facts in the languages of neighbours: when, where, how much, how one gets in and books.

Fields alone are told: no sentence is translated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature, Output, Source
from portail.late import late
from portail.outputs.pages.slots import FORMER_ADDRESSES
from portail.settings import Setting

if TYPE_CHECKING:
    from portail.config import SiteConfig

with late(__name__):
    from . import catalogues, pages, pairs


def _is_used(config: SiteConfig) -> bool:
    return bool(config.added.get("langues"))


feature = Feature(
    name="langues",
    title="Dans d’autres langues",
    needs=("agenda", "horaires", "lieux"),
    is_used=_is_used,
    settings=(Setting("PORTAIL_LANGUES", catalogues.read_setting, ()),),
    reads=(Source("langues", catalogues.load, catalogues.folder_of),),
    outputs=(Output("langues", pages.plan),),
    ways=pairs.ways,
    slots={FORMER_ADDRESSES: pairs.former},
)
