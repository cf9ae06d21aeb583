"""The pages where contents are proposed: the landing, the real form of every kind."""

from functools import cache
from pathlib import Path

from vues import M140, cadre

from portail.features.intake.contribuer.addresses import form_of, sources_of
from portail.features.intake.contribuer.drawn import Champ, Choix, Lignes, Partie, Pli, drawn
from portail.features.intake.contribuer.layout import layout_of
from portail.features.intake.contribuer.page import ContribuerView, FormulaireView, GenreView
from portail.features.services.schemas.kind_schema import kind_schema
from portail.model.kinds import FORMS, Kind, served
from portail.model.vocabulary import Vocabularies
from portail.outputs.pages.views.shared import Lien

DATA = Path(__file__).resolve().parents[2] / "data"
CHARTE = (Lien("Lire la charte entière", "/charte/"),)
LARGE = (
    Partie("large", M140, M140, (
        Champ("titre", "texte", M140, aide=M140, requis="obligatoire", limite=140, exemple=M140),
        Champ("choix", "cases", M140, choix=(Choix("a", M140), Choix("b", "B"))),
        Champ("un", "option", M140, choix=(Choix("", M140), Choix("b", M140, M140))),
        Champ("liste", "option", M140, choix=tuple(Choix(str(n), M140) for n in range(9))),
        Champ("accessibilite", "acces", M140, tableau=(Choix("moteur", M140, M140),),
              choix=tuple(Choix(code, code.title()) for code in ("oui", "partiel", "inconnu"))),
        Champ("accord", "oui", M140, hors=True, requis="obligatoire"),
        Lignes("lignes", M140, M140, (Champ("a", "texte", M140),), M140, M140, premiere=True),
        Pli("pli", M140, (Champ("dedans", "texte", M140),)),
    )),
    *(Partie(f"p{n}", f"Partie {n}", "Partie", ()) for n in (2, 3, 4, 5)),
)  # fmt: skip
"""A form whose every word is as wide as can be."""


def propositions():
    """Cases by name: (template, view)."""
    forms = {f"proposer-{form_of(kind).split('/')[2]}": _form(kind) for kind in FORMS}
    forms["proposer-large"] = _form(Kind.EVENT, LARGE)
    bare = cadre(courriel="", depot="", digest="sans-adresse")
    forms["proposer-seul"] = _form(Kind.EVENT, charte=(), cadre=bare)
    return {name: ("formulaire.html", view) for name, view in forms.items()} | {
        "contribuer": ("contribuer.html", _landing("Un événement")),
        "contribuer-large": ("contribuer.html", _landing(M140, charte=(), lettre=False)),
    }


@cache
def vocabularies():
    return Vocabularies.load(DATA)


def _form(kind, parts=(), **given):
    named = f"{kind.info.article} {kind.info.nom}"
    known = {
        "cadre": cadre(), "titre": named.capitalize(), "description": "Proposer un contenu.",
        "url": form_of(kind), "fil": (Lien("Accueil", "/"), Lien("Contribuer", "/contribuer/")),
        "genre": form_of(kind).split("/")[2], "dossier": kind.value, "nom": named,
        "parties": parts or drawn(layout_of(kind), kind_schema(kind, vocabularies())),
        "questions": layout_of(kind).questions,
        "adresses": {
            "schema": f"{form_of(kind)}schema.json", "region": "/communes.json",
            "corps": "/contribuer/corps.json",
            "correspondances": "/contribuer/correspondances.json",
            "reperes": "/contribuer/reperes/",
            "communes": "/contribuer/communes/", "fichiers": sources_of(kind),
        },
        "groupes": 1,
        "branche": "main", "nouveau": "https://forge.example.org/new/{chemin}?{contenu}",
        "modifier": "https://forge.example.org/edit/{chemin}",
        "voie": "forge", "delai": "trois jours ouvrés", "duree": "3 minutes", "charte": CHARTE,
    }  # fmt: skip
    return FormulaireView(**{**known, **given})


def _landing(texte, **given):
    themes = ("astronomie-espace", "numerique", "sciences-societe", "terre-environnement")
    kinds = [GenreView(texte, "/contribuer/evenement/", texte, texte, themes[0])]
    kinds += [GenreView("Un lieu", "/contribuer/lieu/", texte, "5 minutes", one) for one in themes]
    known = {
        "cadre": cadre(), "titre": "Contribuer", "description": "Proposer un contenu.",
        "url": "/contribuer/", "fil": (Lien("Accueil", "/"),), "genres": tuple(kinds),
        "delai": "trois jours ouvrés", "charte": CHARTE,
        "lettre": True, "tableurs": served(()),
    }  # fmt: skip
    return ContribuerView(**{**known, **given})
