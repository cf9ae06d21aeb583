"""What maps are drawn on and with: outlines, grounds, towns, names that do not overlap."""

from portail.feature import Feature, Output
from portail.late import late
from portail.outputs.pages.slots import MAPS, PLACE_MAP
from portail.site.slots import LACKS

with late(__name__):
    from . import atlas, drawing, outlines


feature = Feature(
    name="fondsdecarte",
    title="Fonds de carte",
    outputs=(Output("fonds", drawing.plan_base_maps),),
    slots={LACKS: outlines.lacks, MAPS: drawing.owners, PLACE_MAP: atlas.place_maps},
)
