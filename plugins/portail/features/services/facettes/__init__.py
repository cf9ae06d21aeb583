"""Filters of lists: a page for each value, the data by which scripts narrow lists in place.

Words of addresses (``/agenda/?theme=numerique&theme=vivant-sante&gratuit=oui&quand=week-end``):

- the key of a facet, with the code of a value, again for one or the other; of a switch, ``oui``;
- ``quand``: ``aujourdhui``, ``week-end``, ``semaine``, ``mois``, ``vacances``, at the reader's
  date; ``du``, ``au``: days, both included;
- ``pres``: a commune (its département in brackets when another has its name) or a postcode;
  ``rayon``: kilometres, 0 for all; ``tri``: ``distance``, ``date``, ``nom``; ``mot``, in the
  directory. They stand behind the ``#``, which no server receives; the query may say them too.

Different keys narrow one another; what is not known is ignored. A count leaves the facet of its
value aside. What has no page (days, distance, values of few contents) is shown by scripts alone.

Another list: ``facets`` in ``kind.yml``, its values in ``VALUES`` (``site/kind_tables.py``), its
words in ``listes.yml``. One whose contents are no page each brings a view with a ``FacettesView``,
data made by ``ListData``, a script such as ``facettes-agenda.js``: ``pages/catalogue`` does.
"""

from portail.feature import Feature, Keeping, Output
from portail.late import late
from portail.site.slots import NARROWED

with late(__name__):
    from . import lists, pages


feature = Feature(
    name="facettes",
    title="Filtres des listes",
    needs=("fondsdecarte",),
    outputs=(Output("facettes", lists.plan_facettes),),
    keeps=(
        Keeping(
            "Votre commune, si vous cochez « Se souvenir de ma commune »",
            "Jusqu’à ce que vous décochiez la case ; votre position n’est jamais gardée.",
            keys=("commune",),
        ),
    ),
    slots={NARROWED: pages.narrowed_to},
)
