"""Kinds that an instance describes in its folder ``genres/``: each is a feature."""

from portail.feature import BRINGS, Feature
from portail.late import late

with late(__name__):
    from . import rows


feature = Feature(
    name="genres",
    title="Genres de l’instance",
    needs=("annonces", "evenements", "referencement"),
    roles={BRINGS: rows.feature_of},
)
