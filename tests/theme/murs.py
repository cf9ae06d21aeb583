"""The wall: what stands in lists, in every combination of what it holds. ``make mur`` shows it."""

from datetime import date
from itertools import product

from listes import agenda
from matiere import PHOTO
from navigateur import answers, proxy
from vues import ETIQUETTES, LONG, carte, rendez_vous

from drawn_pages import THEME, rendu_de
from portail.features.services.agenda.views import Duree, GroupeAgenda, JourAgenda, LigneAgenda
from portail.outputs.pages.views.lists import Bloc, LoanStrip
from remake import replace

PICTURES = (
    {"image": PHOTO},
    {},
    {"chiffre": ("1\u00a0024", "pixels, pour voir sans lumière")},
    {"empreinte": ""},
)
TEXTS = (
    {"resume": f"{LONG}. {LONG}.", "titre": f"{LONG}\u00a0: de 8 à 30 personnes"},
    {"resume": "Un jeu.", "titre": "EAU", "details": ("Lille",)},
    {"resume": "", "details": ()},
)
STATES = ((), ETIQUETTES[:1], ETIQUETTES[3:5], ETIQUETTES[5:6], ETIQUETTES[6:8])
STRIP = LoanStrip(
    ("oct.", "nov.", "déc.", "janv.", "févr.", "mars"), "M8 0h24v8h-24z", "En prêt en octobre."
)
SHEETS = {
    "liste": ("cartes", "vedette", "simples", "lignes"),
    "accueil": ("cartes", "vedette", "lignes"),
    "ensemble": ("numerote", "lignes"),
    "catalogue": ("cartes",),
    "agenda": ("lignes", "simples"),
    "lieu": ("lignes", "simples", "cartes"),
    "article": ("cartes", "simples"),
}
"""Forms of a list that pages of each sheet show."""


def murs():
    """A wall for each sheet: its template and view."""
    return {f"mur-{sheet}": wall(sheet, forms) for sheet, forms in SHEETS.items()}


def wall(sheet, forms):
    """The page of a sheet."""
    cards = tuple(combined(sheet))
    blocs = tuple(
        Bloc(f"{form} {n}", cards[n::3], forme=form, notes=notes(form, len(cards[n::3])))
        for form in forms for n in range(3)
    )  # fmt: skip
    dated = cards if sheet == "agenda" else ()
    rows = tuple(LigneAgenda(one, "14 h", "– 16 h", "2021-10-01", one.etiquettes) for one in dated)
    view = replace(
        agenda()[1],
        kind="articles",
        durees=tuple(Duree(one, "6 sept. – 8 oct.", 64) for one in dated),
        jours=(JourAgenda(date(2021, 10, 1), "Vendredi", "octobre", (GroupeAgenda("", rows),)),),
    )
    return "apercu/mur.html", replace(view, titre="Mur", blocs=blocs, nombre=sheet)


def notes(form, count):
    """What stands beside the cards of a form."""
    return (LONG, "Un mot", "") * count if form in ("simples", "numerote") else ()


def combined(sheet):
    """Cards and events: each picture with each text in each state."""
    for rank, (picture, text, state) in enumerate(product(PICTURES, TEXTS, STATES)):
        make = rendez_vous if rank % 2 else carte
        lent = {"prets": STRIP} if sheet == "catalogue" and rank % 4 == 0 else {}
        yield make(rank, **picture, **text, **lent, etiquettes=state)


if __name__ == "__main__":
    pages = {name: rendu_de("")(*case) for name, case in murs().items()}
    with proxy(answers(THEME, pages)) as host:
        print(*(f"{host}/{name}" for name in pages), sep="\n")
        input("Entrée pour arrêter.")
