"""Hand-made months and years of the agenda."""

from datetime import date, timedelta

from vues import JOURS, LONG, M140, THEMES, cadre, carte

from portail.features.services.agenda.views import (
    Filet,
    JourMois,
    LigneMois,
    MonthView,
    Repere,
)
from portail.outputs.pages.views.lists import Bloc
from portail.outputs.pages.views.shared import Lien
from remake import replace

ETATS = ("", "complet", "annulé", "reporté au 18\u00a0novembre")
MOIS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
        "octobre", "novembre", "décembre")  # fmt: skip
VUES = (
    Lien("Liste", "/agenda/"),
    Lien("Semaine", "/agenda/2021-s39/"),
    Lien("Mois", "/agenda/2021/10/"),
)


def jour_du_mois(rang, titre="", **changes):
    """The ``rang``-th day of the grid of October 2021; ``rang`` varies what it holds."""
    jour = date(2021, 9, 27) + timedelta(days=rang)
    libre = rang % 3 == 2
    etat = ETATS[rang % 4]
    lignes = () if libre else (
        LigneMois(titre or LONG, "/evenements/a/", THEMES[rang % 10], etat, rang % 4 == 2),
        LigneMois(titre or "Visite du *moulin*", "/evenements/b/", ""),
    )  # fmt: skip
    filets = (
        Filet(1, "Fête de la science", 1 + 2 * (rang == 4)),
        Filet(2, "Nobel", 1),
        Filet(3, LONG, 1),
    )
    base = JourMois(
        jour,
        "" if libre else f"/agenda/2021-s{39 + rang // 7}/#{JOURS[rang % 7]}",
        jour.month == 9,
        jour >= date(2021, 10, 23),
        0 if libre else rang,
        lignes,
        rang % 5,
        filets[: 1 + rang % 3] if 4 <= rang <= 14 else (),
    )
    return replace(base, **changes)


def mois(**changes):
    """A month with a bit of everything."""
    view = MonthView(
        cadre=cadre(), titre="Octobre 2021", description="Les rendez-vous du mois.",
        url="/agenda/2021/10/",
        fil=(Lien("Accueil", "/"), Lien("Agenda", "/agenda/"), Lien("2021", "/agenda/2021/")),
        rubrique="/agenda/", nombre="46 rendez-vous",
        precedente=Lien("Septembre", "/agenda/2021/09/"),
        suivante=Lien("Janvier 2022", "/agenda/2022/01/"), presentations=VUES,
        jours=tuple(jour_du_mois(rang) for rang in range(35)),
        temps_forts=(
            Repere("Fête de la *science*", "du 1er au 11\u00a0octobre", "/temps-forts/fete/",
                   "sciences-societe", 1),
            Repere("Nuit", "le 2\u00a0octobre", "/temps-forts/nuit/", "", 2),
            Repere(LONG, "le 2\u00a0octobre", "/temps-forts/long/"),
        ),
        vacances=(
            Repere("Vacances de la Toussaint (zone B)", "du 23 octobre au 7 novembre"),
        ),
        durables=Bloc("Ce qui dure", (carte(0),), forme="simples",
                      notes=("Du 15\u00a0septembre au 15\u00a0décembre",)),
        semaines=(
            Lien("Semaine\u00a039", "/agenda/2021-s39/", "du 27\u00a0septembre au 3\u00a0octobre, "
                 "14 rendez-vous"),
        ),
    )  # fmt: skip
    return "mois.html", replace(view, **changes)


def periodes():
    """Every case."""
    return {
        "mois": mois(),
        "mois-140": mois(jours=tuple(jour_du_mois(rang, M140) for rang in range(42))),
    }
