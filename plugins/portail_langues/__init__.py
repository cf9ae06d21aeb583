"""Practical facts in the languages of neighbours: when, where, how much, how one gets in and books.

Fields alone are told: no sentence is translated.
"""

from __future__ import annotations

from portail.feature import Feature, Output, Source, is_set
from portail.late import late
from portail.outputs.pages.slots import FORMER_ADDRESSES
from portail.settings import Setting

with late(__name__):
    from . import catalogues, pages, pairs


feature = Feature(
    name="langues",
    title="Dans d’autres langues",
    after=("selection",),
    needs=("agenda", "horaires", "lieux"),
    is_used=is_set("langues"),
    settings=(Setting("PORTAIL_LANGUES", catalogues.read_setting, ()),),
    reads=(Source("langues", catalogues.load),),
    outputs=(Output("langues", pages.plan),),
    ways=pairs.ways,
    slots={FORMER_ADDRESSES: pairs.former},
)
