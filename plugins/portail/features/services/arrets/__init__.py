"""The station and the stop nearest to a place or an event, of a table that the portal keeps."""

from portail.feature import FactSpec, Feature, Source
from portail.late import late
from portail.outputs.pages.slots import BORROWED

with late(__name__):
    from . import near


feature = Feature(
    name="arrets",
    title="La gare et l’arrêt les plus proches",
    slots={BORROWED: near.credits},
    reads=(Source("arrets", near.load),),
    # On pages alone: a row of the agenda has no room for it, and a letter tells what changes.
    facts=(
        FactSpec(near.station, "events", ("page",)),
        FactSpec(near.stop, "events", ("page",)),
        FactSpec(near.station, "lieux", ("page",)),
        FactSpec(near.stop, "lieux", ("page",)),
    ),
)
