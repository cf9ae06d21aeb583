"""Hand-made editions of a yearly rendezvous, and their programmes."""

from ensembles import passage, programme
from listes import RIEN
from matiere import CHIFFRES
from msgspec.structs import asdict
from vues import ETIQUETTES, LONG, M140, cadre, liste

from portail.features.kinds.evenements.views import GroupeView
from portail.features.kinds.tempsforts.views import (
    DepartementView,
    EditionView,
    LigneProgramme,
    ProgrammeEditionView,
    QuandView,
)
from portail.features.kinds.tempsforts.wheel import ArcRoue, MoisRoue, RangRoue, Roue, RoueView
from portail.outputs.pages.views.shared import Lien
from remake import replace

URL = "/temps-forts/exemple/2021/"
ONGLETS = (
    Lien("Toute l’édition", URL), Lien("Grand public", f"{URL}grand-public/"),
    Lien("Scolaires", f"{URL}scolaires/"),
)  # fmt: skip


def _commun(url, titre):
    return {
        "cadre": cadre(), "titre": titre, "description": "Une édition.", "url": url,
        "fil": (Lien("Accueil", "/"), Lien("Temps forts", "/temps-forts/")),
        "rubrique": "/temps-forts/", "theme": "sciences-societe",
        "jours": "Du 1er au 11\u00a0octobre 2021", "onglets": ONGLETS,
    }  # fmt: skip


def edition(titre="Fête 2021", **changes):
    """The page of an edition."""
    places = (Lien("Oise", f"{URL}scolaires/#Oise", "3"), Lien(titre, f"{URL}scolaires/#S", "12"))
    view = EditionView(
        **_commun(URL, titre), chapo=LONG, nombre="15 événements",
        boutons=(Lien("Site officiel", "https://example.org/"),),
        publics=(
            (Lien("Grand public", f"{URL}grand-public/", "Rien d’annoncé"), ()),
            (Lien("Scolaires", f"{URL}scolaires/", "15 événements"), places),
        ),
        programmes=programme()[:2], chiffres=CHIFFRES * 4, participer=LONG,
        autres=(Lien("2019", "/temps-forts/exemple/2019/", "Du 5 au 13 octobre 2019"),),
    )  # fmt: skip
    return "edition.html", replace(view, **changes)


def lignes(titre="Robots en *liberté*"):
    """Events with several times, cancelled, for classes."""
    quand = QuandView("Sam. 2 et dim. 3\u00a0oct., 10\u00a0h – 18\u00a0h", "2021-10-02")
    tard = QuandView("Nouvelle date à venir", "2021-10-04", ETIQUETTES[1:2])
    annule = QuandView("Mar. 5\u00a0oct., 14\u00a0h", "2021-10-05", ETIQUETTES[:1], True)
    details = ("Atelier", "Place fictive", "Village fictif")
    return (
        LigneProgramme(titre, "/evenements/a/", "numerique", (quand, annule, tard), details,
                       ("Cycle 2, cycle 3", "1 h 30", "28 au plus", "pass Culture")),
        LigneProgramme("Fusées", "/evenements/b/", "", (annule,), ("Atelier",), annule=True),
    )  # fmt: skip


def scolaires(titre="Robots en *liberté*", **changes):
    """The programme for schools."""
    groupes = (GroupeView("Ateliers", (passage(0), passage(1, titre))),)
    view = ProgrammeEditionView(
        **_commun(f"{URL}scolaires/", "Programme des scolaires"), surtitre="Fête 2021",
        nombre="4 événements dans 3 communes",
        departements=(
            DepartementView("Aisne", "Aisne", 0, vide=RIEN),
            DepartementView("Oise", "Oise", 4, (
                ("Beauvais", lignes(titre)), (titre, lignes()[:1]), ("", lignes()[1:]),
            )),
        ),
        par_jour=programme(titre)[1].groupes, par_format=groupes * 3,
    )  # fmt: skip
    return "programme.html", replace(view, **changes)


def roue(titre="Fête de la science"):
    """The list of the yearly rendezvous; in March, two at a time."""
    themes = ("sciences-societe", "terre-environnement", "")
    rangs = tuple(
        RangRoue(n, Lien(titre, "/temps-forts/exemple/"), Lien(*dates), themes[n % 3])
        for n, dates in enumerate(
            (("Dates non précisées",), ("Du 1er au 11 octobre 2021", URL), (M140, URL)), start=1
        )
    )
    mois = tuple(
        MoisRoue(n, f"Mois {n}", "sept.", 20.0 * n, 200, "M220 58L220 172A172 172 0 0 1 306 71",
                 {3: rangs[:2], 10: rangs[2:]}.get(n, ()))
        for n in range(1, 13)
    )  # fmt: skip
    arcs = tuple(
        ArcRoue(Lien(titre, "/temps-forts/exemple/", "mars"), n, themes[n % 3],
                f"M{220 + 40 * n} 60A150 150 0 0 1 {290 + 40 * n} 110", 250 + 40 * n, 80)
        for n in range(1, 4)
    )  # fmt: skip
    base = liste(kind="temps-forts", presentations=(), voisins=())[1]
    values = asdict(base)
    return "temps-forts.html", RoueView(**values, roue=Roue(440, 32, mois, arcs, rangs[:1]))


def editions():
    """Every case, by name: (template, view)."""
    return {
        "roue": roue(),
        "roue-140": roue(M140),
        "edition": edition(),
        "edition-140": edition(M140, chiffres=()),
        "edition-vide": edition(vide=RIEN, publics=(), programmes=(), participer="", autres=()),
        "edition-scolaires": scolaires(),
        "edition-scolaires-140": scolaires(M140),
    }
