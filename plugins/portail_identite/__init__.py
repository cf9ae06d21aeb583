"""The identity of an instance: its colour, its logo, the mark of who is behind it."""

from portail.feature import Feature, Judges
from portail.late import late
from portail.roles import DRESSES
from portail.settings import Setting

with late(__name__):
    from . import faults, layer, settings


feature = Feature(
    name="identite",
    title="Identité : couleur, logo",
    after=("docs",),
    settings=(
        Setting("PORTAIL_COULEUR", settings.read_colour, ""),
        Setting("PORTAIL_LOGO", settings.read_logo, None),
    ),
    judges=Judges(settings=faults.logo_faults),
    roles={DRESSES: layer},
)
