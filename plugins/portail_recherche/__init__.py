"""The search of the site: its page, its index of terms, its suggestions and cards. Nothing that is
typed leaves the browser.

Files are JSON, most of it compressed (``files.DEFLATED``). Contents have numbers, 256 to a segment:
a new one comes last, so that one segment changes. ``marque`` is a digest of what cards go with; one
that differs, or a file that is gone, means that the site was built again: the script begins anew.

- ``termes/index.json`` (``records.documents_of``): what the order of answers rests on; how a
  sentence is read (``sentences``); words that mean the same; where each term is.
- ``termes/f/``: terms and their lists (``postings``), words that a misspelt one may have meant
  (``words.vocabulary``), what contents are narrowed by, communes (``documents_of``).
- ``fiches/<n>.deflate`` (``cards``), ``communes/<letter>.json``, ``suggestions.json`` (``terms``).

An address: ``?q=planétarium&sorte=lieux&theme=numerique&quand=avenir&tri=date&page=2``;
``exact=oui`` corrects no word. ``requetes.yml`` of the tests holds queries as readers type them,
each with what must answer among the first three: 95 % of them do.
"""

from portail.feature import PACKS, Feature, Keeping, Output
from portail.late import late
from portail.outputs.pages.slots import SEARCH

with late(__name__):
    from . import page, records, terms, words


feature = Feature(
    name="recherche",
    title="Recherche",
    after=("facettes",),
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
