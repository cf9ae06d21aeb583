"""Views by name that tests of one thing look at: what no page of the showcase says so, or not with
the words that a test asks for."""

from datetime import date

from cartes import cartes
from chercher import recherche
from embarques import embarquer
from lettres_vues import lettres
from listes import RIEN, agenda, repertoire
from papiers import papiers
from periodes import periodes
from propositions import propositions
from semaines import semaines
from vues import (
    ETIQUETTES,
    KINDS,
    LONG,
    M140,
    accueil,
    cadre,
    fiche,
    liste,
    rendez_vous,
    service,
)

from portail.features.kinds.lieux.page import LieuView
from portail.features.pages.langues.catalogues import SENTENCE
from portail.features.pages.langues.lines import Line
from portail.features.pages.langues.pages import Group, LanguageView
from portail.features.services.agenda.views import Duree, GroupeAgenda, JourAgenda, LigneAgenda
from portail.outputs.pages.views.shared import FaultyFile, Feuille, Lien, Message
from portail.text.typography import SafeHtml


def toutes():
    """Every case, by name: (template, view)."""
    cases = {kind: fiche(kind) for kind in KINDS}
    cases |= {nom: service(nom) for nom in ("themes", "plan", "404")}
    cases |= {"accueil": accueil(), "liste": liste(), **_states(), **_lists(), **semaines()}
    cases |= cartes() | periodes() | papiers() | lettres() | recherche()
    return cases | propositions() | {"embarquer": embarquer(), "langues": _languages()}


def _states():
    """Events in two states, previews, a content with nothing but its title."""
    troubles = tuple(
        FaultyFile(f"content/events/e{n}.md", n, M140, "/x/" * (n % 2)) for n in range(1, 13)
    )
    cases = {
        une.code: fiche(
            "events", etiquettes=(une,), feuille=Feuille(date(2021, 10, 8), une.code),
            message=Message("Reporté", "Un mot.", "samedi", "dimanche", (Lien("Suivre", "/"),),
                            "alerte"),
        )
        for une in ETIQUETTES[1:3]
    }  # fmt: skip
    return cases | {
        "brouillon": fiche("articles", entry={"statut": "brouillon"}, cadre=cadre(apercu=True)),
        "troubles": accueil(cadre=cadre(apercu=True, troubles=troubles)),
        "lieux-nu": fiche("lieux", lieu=LieuView(), cadre=cadre(date_epinglee=None)),
    }


def _lists():
    wide = {"titre": M140, "resume": M140, "details": ("A", M140)}
    rows = tuple(
        LigneAgenda(rendez_vous(n, **wide), "14 h 30", "10 h, 14 h", "2021-10-01", (une,))
        for n, une in enumerate(ETIQUETTES)
    )
    return {
        "liste-vide": liste(blocs=(), nombre="", vide=RIEN),
        "liste-lettres": repertoire(),
        "liste-sans-recherche": liste(cadre=cadre(recherche="", digest="sans")),
        "liste-500": liste(total=21, numero=11),
        "agenda": agenda(),
        "agenda-140": agenda(
            durees=(Duree(rendez_vous(1), "6 sept. – 8 oct.", 0),),
            jours=(JourAgenda(date(2021, 10, 1), "Vendredi", "septembre",
                              (GroupeAgenda("", rows),)),),
        ),
    }  # fmt: skip


def _languages():
    """A month in English."""
    words = {key: SafeHtml(text) for key, text in SENTENCE.items()}
    shared = {
        "cadre": cadre(ruban=None, selection="/ma-selection/"), "description": "Dates.",
        "langue": "en", "dits": words,
        "langues": (("fr", "Français", "/"), ("nl", "Nederlands", "/nl/")), "francais": "/",
        "menu": ((SafeHtml("Oct 2022"), "/en/2022-10/"),), "url": "/en/2022-10/",
    }  # fmt: skip
    dated = (SafeHtml("Sun 2 Oct"),) * 5, "x", date(2022, 10, 2)
    line = Line(LONG, "/evenements/x/", *dated, lieu=(49.89, 2.3))
    near = Line("Lens", "/evenements/y/", dated[0], "y", dated[2], (50.43, 2.83))
    month = LanguageView(
        **shared, titre="Outings", entete=SafeHtml("Outings"),
        groupes=(Group(SafeHtml("By date"), (line,)), Group(SafeHtml("Long"), (near,))),
        communes="/communes.json",
    )  # fmt: skip
    return "langues.html", month
