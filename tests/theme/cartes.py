"""Hand-made maps: around a place, of the week."""

from vues import THEMES, accueil, cadre, fiche

from portail.features.pages.carte.page import CarteView, CommuneCarte, DepartementCarte, LigneCarte
from portail.outputs.pages.views.shared import Lien, MapLabel, MapPoint, MapView

PORTES = (
    Lien("Ce week-end", "/agenda/week-end/", "quand=week-end"),
    Lien("En famille", "/agenda/public/familles/", "public=familles"),
    Lien("Pour ma classe", "/classes/"),
)


def cartes():
    """Every case, by name: (template, view)."""
    return {
        "accueil-carte": accueil(carte=de_la_semaine(12), portes=PORTES),
        "accueil-sans-fond": accueil(carte=de_la_semaine(2, fond="")),
        "lieux-carte": fiche("lieux", carte=autour_d_un_lieu()),
        "territoires-carte": fiche("territoires", carte=d_un_territoire()),
        "carte": ("carte.html", a_ne_pas_manquer(8)),
    }


def a_ne_pas_manquer(nombre, titre="Atelier"):
    """The map of the week beside its list; ``nombre`` communes, one of them with two contents."""
    communes = tuple(
        CommuneCarte(
            f"Commune-sur-Mer-et-Canche {rang}", f"commune-{rang}", rang + 1,
            tuple(
                LigneCarte(
                    Lien(titre, f"/evenements/{rang}-{n}/", "Sam. 2 oct., 14 h"),
                    THEMES[rang % 10],
                )
                for n in range(1 + (rang == 1))
            ),
            Lien("Et 3 autres", "/agenda/2021-s39/") if rang == 1 else None,
        )
        for rang in range(nombre)
    )  # fmt: skip
    partout = CommuneCarte("", "Ailleurs", 0, (LigneCarte(Lien("Ciel", "/dossiers/c/")),))
    return CarteView(
        cadre=cadre(),
        titre="À ne pas manquer",
        description="Carte des sciences.",
        url="/carte/",
        fil=(Lien("Accueil", "/"),),
        chapo="Les rendez-vous du 27 septembre au 3 octobre, commune par commune.",
        choix=(Lien("Cette semaine", "/carte/"), Lien("Lieux", "/carte/lieux/")),
        departements=(
            DepartementCarte(Lien("Somme", "/territoires/somme/"), communes),
            DepartementCarte(Lien("Ailleurs, en ligne ou partout"), (partout,)),
        ) if nombre else (),
        carte=de_la_semaine(nombre),
        donnees=(Lien("Agenda, GeoJSON", "/api/v1/evenements.geojson", "à venir"),),
    )  # fmt: skip


def autour_d_un_lieu(**changes):
    """A window on the region around one point."""
    values = {
        "forme": "lieu",
        "titre": "Carte : La Coupole, Wizernes (62). Ville la plus proche : Saint-Omer",
        "fond": "/fonds/region.svg", "largeur": 668, "hauteur": 799, "cadre": "-23.7 103.5 480 130",
        "points": (MapPoint(Lien("La Coupole"), 216.3, 168.5, THEMES[0]),),
        "etiquettes": (
            MapLabel(("Wizernes",), 228.2, 171.5, "ici", pied=(216.3, 168.5)),
            MapLabel(("Saint-Omer",), 221.1, 150.2, pied=(221.1, 154.3), ancre="middle"),
            MapLabel(("Boulogne-sur-Mer",), 100.3, 166.7, pied=(96, 163.7), loin=True),
        ),
        "legende": "Wizernes (62). Ville la plus proche\u00a0: Saint-Omer, à 5\u00a0km au nord. "
                   "Le point marque la commune, pas l’adresse.",
    }  # fmt: skip
    return MapView(**{**values, **changes})


def d_un_territoire(rangs=range(1, 12)):
    """A territory with numbered points, some pushed aside, and its neighbours."""
    points = tuple(
        MapPoint(Lien(f"Lieu {rang}", "/lieux/l/", "Musée"), 80.0 + 40 * rang, 300.0, "", rang,
                 (90.0 + 40 * rang, 340.0) if rang % 3 == 0 else None)
        for rang in rangs
    )  # fmt: skip
    labels = (
        MapLabel(("Haut Pays", "du Montreuillois"), 160, 560, "voisin", "middle"),
        MapLabel(("Lumbres",), 480, 90, "voisin", "middle", url="/territoires/lumbres/"),
        MapLabel(("Saint-Omer",), 300, 420, pied=(290, 416)),
    )
    fond = "/fonds/territoires/x.svg"
    return MapView("territoire", "Carte : Pays de Saint-Omer", fond, 600, 640, "0 0 600 640",
                   points, labels, "Les numéros sont ceux de la liste.",
                   cible=20)  # fmt: skip


def de_la_semaine(nombre, **changes):
    """The region with points, one of them a count, and each département."""
    points = tuple(
        MapPoint(
            Lien(f"Le rendez-vous {rang}", f"/evenements/rdv-{rang}/", "Amiens"),
            60.0 + 62 * (rang % 9), 200.0 + 90 * (rang // 9), THEMES[rang % 10],
            4 if rang == 1 else 0, (130.5, 240) if rang == 2 else None,
        )
        for rang in range(nombre)
    )  # fmt: skip
    values = {
        "forme": "region", "titre": "Carte des rendez-vous de la semaine",
        "fond": "/fonds/departements.svg", "largeur": 668, "hauteur": 799,
        "cadre": "0 0 668 799", "points": points,
        "etiquettes": (MapLabel(("Pas-de-Calais",), 214, 450, "zone", "middle"),),
        "legende": f"{nombre} rendez-vous cette semaine, dans {nombre} communes.",
        "liste": (
            Lien("Aisne", "/agenda/", "aucun"), Lien("Nord", "/agenda/", "4 rendez-vous"),
            Lien("Pas-de-Calais", "/territoires/62/", "8 rendez-vous"),
            Lien("En ligne", "/agenda/", "1 rendez-vous"),
        ),
    }  # fmt: skip
    values["cible"] = 25
    if changes.get("fond") == "":
        values |= {"points": (), "etiquettes": ()}
    return MapView(**{**values, **changes})
