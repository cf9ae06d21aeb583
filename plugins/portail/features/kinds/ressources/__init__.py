"""What one borrows, reads, watches or is granted."""

from portail.feature import Feature, KindSpec
from portail.late import late

with late(__name__):
    from . import model, rows


feature = Feature(
    name="ressources",
    title="Ressources",
    needs=("alentours", "fondsdecarte", "referencement", "prets"),
    kinds=(KindSpec("ressources", rows.ROWS),),
    promises={"Ressource": model.Ressource},
)
