"""``/contribuer/``: a form for each kind of content, to propose one or to correct it.

The form works in the browser alone; this feature writes its pages and what its scripts read.

Where a form comes from: its fields from ``forms/`` (read by ``layout`` and ``drawn``), its
rules from the schemas (``x-erreurs``, ``x-regles``), the markup that scripts expect from
``components/formulaire.html``.

What scripts hold is a front matter as an object, in the order of the schema, every scalar as text
(``"2021-10-09 14:00"``, ``"5,50"``). An empty field is absent; one without a control in the form is
kept and written back. Where scripts do again what Python does, tests give both the same inputs.
"""

from portail.feature import EDITORS, Feature, Keeping, Output, is_kept
from portail.late import late
from portail.outputs.pages.slots import PROPOSE
from portail.roles import FORMS

with late(__name__):
    from . import addresses, asking, files, page


feature = Feature(
    name="contribuer",
    title="Formulaires où l’on propose et corrige",
    after=("facettes", "recherche"),
    is_used=is_kept,
    needs=("horaires", "schemas"),
    outputs=(
        Output("formulaires", page.plan_contribute),  # the pages
        Output("contribuer", files.plan_contribuer),  # what their scripts read
    ),
    # What the privacy notice says of it.
    keeps=(
        Keeping(
            "Vos brouillons et leurs images",
            "Jusqu’à « Effacer » ; sinon, trente jours après le dernier mot écrit, dès qu’un "
            "formulaire s’ouvre. Sur un poste partagé, effacez-les.",
            keys=("contribuer",),
        ),
        Keeping(
            "La façon d’envoyer que vous avez prise la dernière fois",
            "Jusqu’à ce que vous effaciez un brouillon.",
            keys=("voie",),
        ),
        Keeping(
            "Ce que vous proposez",
            "Dans les messages de la rédaction ou sur la forge du portail, publié ou non, jusqu’à "
            "ce que vous demandiez qu’on l’efface.",
            EDITORS,
            basis="votre demande de publier (RGPD, article 6, 1, b)",
            readers="la rédaction, et les lecteurs de la forge si elle l’y porte ; la forge peut "
            "être hors de l’Union européenne",
        ),
    ),
    roles={FORMS: asking},
    slots={PROPOSE: addresses.proposed},
    pages=frozenset({"/contribuer/"}),
)
