"""JSON Schema of what a record tells besides its front matter (``records.record_of``)."""

from __future__ import annotations

from typing import Any, TypeAlias

from portail.model.kinds import Kind

__all__ = ["OURS", "computed_schema"]

Schema: TypeAlias = dict[str, Any]


def _text(titre: str, description: str, **more: Any) -> Schema:
    return {"title": titre, "description": description, "type": "string", **more}


def _number(titre: str, description: str) -> Schema:
    return {"title": titre, "description": description, "type": "number"}


def _group(titre: str, description: str, needed: str, /, **properties: Schema) -> Schema:
    """An object; ``needed`` are the names, apart by spaces, of what is always there."""
    return {
        "title": titre,
        "description": description,
        "type": "object",
        "properties": properties,
        **({"required": needed.split()} if needed else {}),
    }


def _list(titre: str, description: str, items: Schema) -> Schema:
    return {"title": titre, "description": description, "type": "array", "items": items}


_NAMED = {
    "ref": _text("Référence", "Dossier et nom du contenu, comme un en-tête le nomme."),
    "titre": _text("Titre", "Titre du contenu, sans mise en forme."),
    "url": _text("Page", "Adresse de sa page.", format="uri-reference"),
}

OURS: Schema = {
    "id": _text(
        "Identifiant",
        "Identifiant durable (URI de type tag), qui survit à un changement de domaine.",
        format="uri-reference",
    ),
    "ref": _NAMED["ref"],
    "url": _NAMED["url"],
    "nature": _text("Nature", "Ce qu’est le contenu."),
}
"""Keys that come before the front matter, in every record."""

TEXT = _text("Texte", "Le texte de la page, sans mise en forme ; vide s’il n’y en a pas.")

_COMMUNE = _group(
    "Commune",
    "La commune où il est, ou dont il parle, et ce qui la contient.",
    "code nom codes_postaux departement",
    code=_text("Code", "Code INSEE de la commune."),
    nom=_text("Nom", "Nom officiel."),
    codes_postaux=_list("Codes postaux", "Tous ceux de la commune.", {"type": "string"}),
    departement=_text("Département", "Code du département."),
    nom_departement=_text("Nom du département", "Nom officiel."),
    region=_text("Région", "Code INSEE de la région."),
    nom_region=_text("Nom de la région", "Nom officiel."),
    epci=_text("Intercommunalité", "Numéro SIREN de l’EPCI."),
    nom_epci=_text("Nom de l’intercommunalité", "Nom officiel."),
    latitude=_number("Latitude", "Du centre de la commune, en degrés (WGS 84)."),
    longitude=_number("Longitude", "Du centre de la commune, en degrés (WGS 84)."),
)

_EVERY: Schema = {
    "commune": _COMMUNE,
    "territoires": _list(
        "Territoires",
        "Références des territoires décrits par le portail qui le contiennent, du plus proche au "
        "plus large.",
        {"type": "string"},
    ),
    "cites": _list(
        "Contenus nommés",
        "Les contenus que son en-tête nomme, avec leur titre et leur page.",
        _group("Contenu", "Un contenu du portail.", "ref titre url", **_NAMED),
    ),
    "image": _group(
        "Image",
        "Le fichier de l’image d’en-tête ; sa description, son crédit et sa licence sont dans "
        "« image ».",
        "url type largeur hauteur",
        url=_text("Adresse", "Adresse du fichier.", format="uri-reference"),
        type=_text("Type", "Type de média."),
        largeur={**_number("Largeur", "En pixels."), "type": "integer"},
        hauteur={**_number("Hauteur", "En pixels."), "type": "integer"},
    ),
}

_PLACED: Schema = {
    "adresse": _group(
        "Adresse",
        "Où l’on se rend : son adresse, sinon celle du lieu de l’annuaire.",
        "",
        nom=_text("Nom", "Nom de l’endroit."),
        rue=_text("Rue", "Numéro et rue."),
        code_postal=_text("Code postal", "Cinq chiffres."),
        commune=_text("Commune", "Nom officiel de la commune."),
    ),
    "position": _group(
        "Position",
        "Le point que montrent les cartes.",
        "latitude longitude exacte",
        latitude=_number("Latitude", "En degrés (WGS 84)."),
        longitude=_number("Longitude", "En degrés (WGS 84)."),
        exacte={
            "title": "Exacte",
            "description": "Vrai pour le point de l’endroit, faux pour celui de la commune.",
            "type": "boolean",
        },
    ),
}

_LIEU: Schema = {
    "lieu": _group("Lieu", "Le lieu de l’annuaire que nomme l’en-tête.", "ref titre url", **_NAMED)
}

_DATED: Schema = {
    "mode": _text(
        "Participation",
        "Comment on y assiste.",
        enum=["presentiel", "en-ligne", "hybride"],
    ),
    "premier_jour": _text("Premier jour", "De toutes ses dates.", format="date"),
    "dernier_jour": _text("Dernier jour", "De toutes ses dates, inclus.", format="date"),
    "occurrences": _list(
        "Occurrences",
        "Chacune des fois où il a lieu, passées et à venir, dans l’ordre.",
        _group(
            "Occurrence",
            "Une des fois où il a lieu.",
            "debut journee etat",
            debut=_text("Début", "Instant, avec le décalage horaire.", format="date-time"),
            fin=_text(
                "Fin",
                "Premier instant où c’est fini (pour une journée entière, minuit du lendemain) ; "
                "absente si elle n’est pas connue.",
                format="date-time",
            ),
            journee={
                "title": "Journée entière",
                "description": "Vrai quand l’heure n’est pas dite.",
                "type": "boolean",
            },
            etat=_text("État", "De cette fois-là.", **{"x-vocabulaire": "etats"}),
        ),
    ),
}

_MORE: dict[Kind, Schema] = {
    Kind.ARTICLE: _LIEU,
    Kind.EVENT: _LIEU | _PLACED | _DATED,
    Kind.ANNONCE: _LIEU,
    Kind.LIEU: _PLACED,
}


def computed_schema(kind: Kind) -> Schema:
    """The schema of ``calcule`` for a kind; lists of codes are named, not written out."""
    return {
        "title": "Calculé",
        "description": "Ce que le portail déduit de l’en-tête, des autres contenus et des tables.",
        "type": "object",
        "properties": {**_EVERY, **_MORE.get(kind, {})},
        **({"required": ["mode"]} if kind is Kind.EVENT else {}),
    }
