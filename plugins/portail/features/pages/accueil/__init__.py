"""The home page: what is put forward, what is near, what is new."""

from portail.feature import Feature, Output
from portail.late import late

with late(__name__):
    from . import page


feature = Feature(
    name="accueil", title="Page d’accueil", outputs=(Output("accueil", page.plan_home),)
)
