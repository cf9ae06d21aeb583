"""Contents whose header is another tool's: Pelican's is read as ours, with an advice; those of
Jekyll and Hugo are told once."""

from portail.feature import ADOPTS, Feature
from portail.late import late

with late(__name__):
    from . import others


feature = Feature(
    name="entetes", title="En-têtes d’autres outils", roles={ADOPTS: others.read_header}
)
