"""The pages where contents are proposed: the landing, the real form of every kind."""

from functools import cache
from pathlib import Path

from vues import cadre

from portail.features.intake.contribuer.addresses import form_of, sources_of
from portail.features.intake.contribuer.drawn import drawn
from portail.features.intake.contribuer.layout import layout_of
from portail.features.intake.contribuer.page import FormulaireView
from portail.features.services.schemas.kind_schema import kind_schema
from portail.model.kinds import FORMS
from portail.model.vocabulary import Vocabularies
from portail.outputs.pages.views.shared import Lien

DATA = Path(__file__).resolve().parents[2] / "data"
CHARTE = (Lien("Lire la charte entière", "/charte/"),)


def propositions():
    """Cases by name: (template, view)."""
    forms = {f"proposer-{form_of(kind).split('/')[2]}": _form(kind) for kind in FORMS}
    return {name: ("formulaire.html", view) for name, view in forms.items()}


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
