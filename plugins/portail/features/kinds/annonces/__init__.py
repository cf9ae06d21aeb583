"""Jobs, calls, offers and requests, until they end."""

from portail.feature import Feature, KindSpec
from portail.late import late

with late(__name__):
    from . import model, rows


feature = Feature(
    name="annonces",
    title="Annonces",
    needs=("alentours", "editions"),
    kinds=(KindSpec("annonces", rows.ROWS),),
    promises={"Annonce": model.Annonce},
)
