"""What is around a content: what names it, what to read next, what comes next, what is near."""

from portail.feature import Feature
from portail.late import late
from portail.outputs.pages.slots import RELATED

with late(__name__):
    from . import blocs


feature = Feature(
    name="alentours",
    title="Autour d’un contenu",
    needs=("editions",),
    slots={RELATED: blocs.related_blocs},
)
