"""The search of the site: its page, its index of terms, its suggestions and cards."""

from portail.feature import PACKS, Feature, Keeping, Output
from portail.late import late
from portail.outputs.pages.slots import SEARCH

with late(__name__):
    from . import page, records, terms, words


feature = Feature(
    name="recherche",
    title="Recherche",
    needs=("editions", "facettes", "horaires", "lieux"),
    outputs=(
        Output("termes", terms.plan_terms, is_long=True),
        Output("recherche", page.plan),
    ),
    keeps=(
        Keeping(
            "Votre refus de la touche « / » qui ouvre la recherche",
            "Jusqu’à ce que vous la cochiez de nouveau ; ce que vous cherchez n’est pas gardé.",
            keys=("touche",),
        ),
    ),
    slots={SEARCH: records.address},
    roles={PACKS: words.packed},
    pages=frozenset({"/recherche/"}),
)
