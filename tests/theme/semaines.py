"""Hand-made weeks of the agenda."""

from datetime import date, timedelta

from vues import ETIQUETTES, JOURS, LONG, THEMES, cadre

from portail.features.services.agenda.views import Bandeau, JourSemaine, RendezVousView, WeekView
from portail.outputs.pages.views.shared import Lien
from remake import replace

HEURES = (
    "Horaire à confirmer", "9\u00a0h\u00a030", "14\u00a0h – 16\u00a0h", "Du 1er au 3\u00a0octobre",
    "10\u00a0h, 11\u00a0h, 14\u00a0h\u00a030", "20\u00a0h – 2\u00a0h",
)  # fmt: skip
TITRES = ("Café des sciences : le sel", LONG, "Le retour d’*Astacus astacus*", "Visite du moulin")


def rendez_vous(rang=0, **changes):
    """One event on one day; ``rang`` varies its theme, title, hours and state."""
    etat = ETIQUETTES[rang % 7 : rang % 7 + 1] if rang % 7 < 5 else ()
    base = RendezVousView(
        TITRES[rang % 4], f"/evenements/rdv-{rang}/", THEMES[rang % 10], HEURES[rang % 6],
        "2021-09-29T14:00:00+02:00", ("La Coupole, Wizernes", "gratuit"), etat, rang % 7 == 0,
    )  # fmt: skip
    return replace(base, **changes)


def bandeau(rang=1, **changes):
    """Something that lasts."""
    base = Bandeau(
        "1940, de Gaulle", "/evenements/expo/", THEMES[rang],
        ("La Coupole, Wizernes", "jusqu’au 8\u00a0octobre"), (),
    )  # fmt: skip
    return replace(base, **changes)


def jours(nombres, **changes):
    """Seven days with so many rendez-vous."""
    return tuple(
        JourSemaine(date(2021, 9, 27) + timedelta(days=rang), nom, nombre,
                    tuple(rendez_vous(n, **changes) for n in range(nombre)))
        for rang, (nom, nombre) in enumerate(zip(JOURS, nombres, strict=True))
    )  # fmt: skip


def semaine(**changes):
    """A week with a bit of everything."""
    view = WeekView(
        cadre=cadre(), titre="Semaine\u00a039", description="Les rendez-vous de la semaine.",
        url="/agenda/2021-s39/", fil=(Lien("Accueil", "/"), Lien("Agenda", "/agenda/")),
        rubrique="/agenda/", dates="du 27\u00a0septembre au 3\u00a0octobre 2021", slug="2021-s39",
        nombre="14 rendez-vous", precedente=Lien("Semaine\u00a038", "/agenda/2021-s38/"),
        suivante=Lien("Semaine\u00a01 de 2022", "/agenda/2022-s01/"),
        presentations=(Lien("Liste", "/agenda/"), Lien("Semaine", "/agenda/2021-s39/")),
        bandeaux=(bandeau(), bandeau(3), bandeau(5, etiquettes=ETIQUETTES[:1])),
        jours=jours((2, 1, 0, 3, 0, 8, 0)),
    )  # fmt: skip
    return "semaine.html", replace(view, **changes)


def semaines():
    """Every case."""
    return {
        "semaine": semaine(),
        "semaine-pleine": semaine(jours=jours((60, 70, 72, 80, 90, 100, 28))),
    }
