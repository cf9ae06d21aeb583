"""What a project looks for: the toolbox, white zones."""

from datetime import date
from importlib.util import find_spec

from vues import M140, cadre

from portail.features.kinds.boite.page import BoiteView, FinancementView, RayonView, RoleBoite
from portail.outputs.pages.views.shared import Lien, MapView
from remake import replace

if find_spec("portail_bureau"):
    from portail_bureau.redaction.coverage_page import ClasseView, CouvertureView, ZoneView

ACTEUR = Lien("La Coupole", "/lieux/la-coupole/", "Wizernes (62) · Prêt d’outils")
LARGE = Lien(M140, "/lieux/large/", M140)
TOUT = Lien("Tout l’annuaire", "/lieux/")


def projets():
    """Cases by name: (template, view)."""
    full = _boite(LARGE)
    bare = replace(
        full, pres=None, acteurs="", outils="", sommaire=(), roles=(), emprunter=None,
        financements=(), lire=None, temps_forts=None,
    )  # fmt: skip
    cases = {
        "boite": ("boite.html", _boite(ACTEUR)),
        "boite-large": ("boite.html", full),
        "boite-reseaux": ("boite.html", bare),
    }
    if find_spec("portail_bureau"):
        large = replace(_couverture(LARGE), carte=None)
        cases["couverture"] = ("couverture.html", _couverture(ACTEUR))
        cases["couverture-large"] = ("couverture.html", large)
    return cases


def _boite(one):
    shelf = RayonView("Emprunter", "Emprunter", (replace(one, note="12"),), TOUT, one.texte)
    return BoiteView(
        cadre=cadre(),
        titre="Boîte à outils",
        description="Acteurs, outils et financements.",
        url="/boite-a-outils/",
        fil=(Lien("Accueil", "/"),),
        chapo="De quoi monter un projet.",
        sommaire=tuple(Lien(name, f"#{name}") for name in ("Acteurs", "Emprunter", "Financements")),
        pres=Lien("Choisir un territoire", "/territoires/"),
        acteurs="/lieux/?role=acteur-ressource",
        outils="/catalogue/",
        communes="/communes.json",
        themes=(("numerique", "Numérique"), ("large", one.texte)),
        roles=(RoleBoite("Acteurs ressources", one.texte, (one, ACTEUR), TOUT),),
        emprunter=shelf,
        financements=(
            FinancementView(
                one,
                one,
                one.texte,
                "jusqu’à 5 000 €",
                "Jusqu’au 15 décembre 2021",
                date(2021, 12, 15),
                ou=one,
            ),
            FinancementView(
                ACTEUR,
                Lien("État"),
                "",
                "",
                "Échéance passée le 1er septembre 2021",
                date(2021, 9, 1),
                clos=True,
            ),
            FinancementView(ACTEUR, None, "", ""),
        ),
        lire=replace(shelf, titre="Lire", ancre="Lire", chapo=""),
        reseaux=RayonView("Réseaux", "Reseaux", (one,), TOUT),
        temps_forts=RayonView("Temps forts", "Temps-forts", (one,), TOUT),
    )


def _couverture(one):
    named = replace(one, note="Pas-de-Calais")
    zone = ZoneView("246200001", named, "Aucun rendez-vous", one.texte, (one,), (one, ACTEUR))
    opale = Lien("Pays d’Opale", "", "Pas-de-Calais")
    bare = ZoneView("246200002", opale, "2 rendez-vous", "Un lieu")
    return CouvertureView(
        cadre=cadre(),
        titre="Où il ne se passe encore rien",
        description="Les zones blanches.",
        url="/redaction/couverture/",
        fil=(Lien("Accueil", "/"), Lien("Territoires", "/territoires/")),
        chapo="Une sur deux.",
        classes=(
            ClasseView("rien", "Ni rendez-vous ni lieu", one.texte, (zone,)),
            ClasseView("couvert", "Couvert", "Les deux.", (bare, bare)),
        ),
        carte=MapView(
            "region", "Carte par motif", "/fonds/couverture.svg", 668, 800, "0 0 668 800"
        ),
        methode="Ce que le portail connaît.",
        fichier=Lien("Le tableau, en CSV", "/redaction/couverture/couverture.csv"),
        proposer=(Lien("Proposer un événement", "/contribuer/evenement/"),),
    )
