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
    facts=tuple(
        FactSpec(states, kind, channels=("page",))
        for kind in ("events", "lieux")
        for states in (near.station, near.stop)
    ),
)
