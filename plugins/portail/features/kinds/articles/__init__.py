"""What is told, discovered and discussed."""

from portail.feature import Feature, KindSpec, Output
from portail.late import late

with late(__name__):
    from . import model, rows, texts


feature = Feature(
    name="articles",
    title="Articles",
    needs=("alentours", "referencement"),
    kinds=(KindSpec("articles", rows.ROWS),),
    promises={"Article": model.Article},
    outputs=(Output("textes", texts.plan_texts),),
)
