"""The showcase: portals of regions, made each night from what is open, that nobody keeps yet."""

from portail.feature import Command, Feature
from portail.late import late
from portail.settings import Setting

with late(__name__):
    from . import settings


feature = Feature(
    name="vitrine",
    title="Des portails que personne ne tient encore",
    settings=(Setting("PORTAIL_VITRINE", settings.read_showcase, default=None),),
    commands={
        "vitrine": Command(
            "fait la nuit des portails de PORTAIL_VITRINE, et les assemble", example="Normandie"
        )
    },
)
