"""What a reader keeps on a device: by day, to print, to send, to put in a calendar.

``localStorage.selection`` holds addresses (``evenements/nuit``) alone; facts are read from the
pages of contents, calendars from their own files: nothing is made for it.
"""

from portail.feature import Feature, Keeping, Output
from portail.late import late
from portail.outputs.pages.slots import KEPT, MENU_MORE

with late(__name__):
    from . import page


feature = Feature(
    name="selection",
    title="Ma sélection",
    after=(
        "horsligne",
        "calendriers",
    ),
    outputs=(Output("selection", page.plan),),
    keeps=(
        Keeping(
            "Ce que vous gardez d’une étoile, pour le retrouver dans « Ma sélection »",
            "Jusqu’à ce que vous ôtiez l’étoile, ou « Tout oublier » au pied de la page. "
            "Le lien par lequel vous l’envoyez porte la liste\u00a0: le site ne la reçoit pas.",
            keys=("selection",),
        ),
    ),
    slots={KEPT: page.address, MENU_MORE: page.links},
    pages=frozenset({"/ma-selection/"}),
)
