"""Complete examples of each kind, the commented template of a file, YAML as text.

Together they make a small portal whose references hold: a test checks them as contents.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from pydantic.fields import FieldInfo

from portail.model.entry import Entry
from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail.schemas.fields import example_of, fields_of
from portail.text.excerpts import NOTHING
from portail.text.typography import inside

# Values written as the YAML of a front matter, quoted only when they must be.

_FIRST = "!&*|>@`%#,[]{}\"'"
_FIRST_BEFORE_SPACE = "-?:"
_FLOW = ",[]{}"


def written(value: Any, *, flow: bool = False) -> str:
    """``value`` (text, number, list or mapping) on one line, as a front matter reads it back.

    ``flow`` says that it stands inside brackets or braces.

    >>> written({"min": "8", "lieu": "Rue A, Lille"})
    '{min: 8, lieu: "Rue A, Lille"}'
    >>> written("La science : une fête")
    '"La science : une fête"'
    """
    if isinstance(value, dict):
        rows = (
            f"{written(key, flow=True)}: {written(one, flow=True)}" for key, one in value.items()
        )
        return "{" + ", ".join(rows) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(written(one, flow=True) for one in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    # « 1e-05 » is no number for a contributor.
    text = f"{Decimal(repr(value)):f}" if isinstance(value, float) else str(value)
    # A JSON string is a double-quoted scalar of YAML.
    return json.dumps(text, ensure_ascii=False) if _must_quote(text, flow) else text


def _must_quote(text: str, flow: bool) -> bool:
    if not text or text in NOTHING or text != text.strip() or not text.isprintable():
        return True
    apart = flow or text[1:2] in ("", " ")  # in brackets, « [:0] » is a key without a name
    opening = text[0] in _FIRST or (text[0] in _FIRST_BEFORE_SPACE and apart)
    inside = ": " in text or " #" in text or text[-1] == ":"
    return opening or inside or (flow and any(sign in text for sign in _FLOW))


# A content file to complete: the fields that are given, and all the others as comments.

BODY = "Écrivez ici le texte."
"""Body of a new file."""

MINIMUM: Mapping[Kind, Mapping[str, Any]] = {
    Kind.EVENT: {"debut": "2021-10-09 14:00", "adresse": {"commune": "Wizernes"}},
    Kind.LIEU: {"commune": "Wizernes"},
    Kind.DOSSIER: {"regle": {"theme": "numerique"}},
    Kind.COMMUNAUTE: {"regle": {"mot_cle": "thèse"}},
    Kind.TEMPS_FORT: {"periode": "octobre"},
    Kind.PROJET: {"porteurs": ["Association Exemple"]},
}
"""What a kind needs besides its required fields: one way to say when, where or what."""


def template(
    kind: Kind, given: Mapping[str, Any], notes: Mapping[str, str], body: str, head: str
) -> str:
    """The text of a file of ``kind``.

    ``given`` are its fields and their values, in order; ``notes`` the sentences above some of
    them; ``head`` the first comment. Every other field follows as a comment: what it is, then
    the line to complete, its example beside its key.
    """
    rows = ["---", *(f"# {line}" for line in head.split("\n"))]
    for key, value in given.items():
        if key in notes:
            rows.append(f"# {notes[key]}")
        rows += _lines(key, value)
    rows += ["", "# Facultatif : retirez le « # » devant la clé des champs utiles."]
    for key, info in _optional(MODELS[kind], given):
        rows += ["", f"# {info.title} : {_sentence(info)}"]
        example = example_of(key, info)
        rows.append(f"# {key}:" if example is None else f"# {key}: {written(example)}")
    return "\n".join([*rows, "---", "", body, ""])


def _optional(model: type[Entry], given: Mapping[str, Any]) -> list[tuple[str, FieldInfo]]:
    """Fields of the kind itself, then those common to all kinds."""
    fields = [(name, info) for name, info in fields_of(model) if name not in given]
    return sorted(fields, key=lambda field: field[0] in Entry.model_fields)


def _lines(key: str, value: Any) -> Iterator[str]:
    """A field on one line; the rows of a list of groups on one line each."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        yield f"{key}:"
        yield from (f"  - {written(row)}" for row in value)
    else:
        yield f"{key}: {written(value)}"


def _sentence(info: FieldInfo) -> str:
    return inside(info.description or "")


_FABRIQUE = "fabrique-de-sainte-fiction"


@dataclass(frozen=True, slots=True)
class Example:
    """A content: its file name without ``.md``, its fields in order, its text."""

    slug: str
    fields: Mapping[str, Any]
    body: str


def example_page(kind: Kind) -> str:
    """The example file of ``kind``: its fields, and the others as comments."""
    example = EXAMPLES[kind]
    head = f"Exemple imaginaire, à recopier sous content/{kind.value}/{example.slug}.md"
    return template(kind, example.fields, {}, example.body, head)


EXAMPLES: Mapping[Kind, Example] = MappingProxyType(
    {
        Kind.ARTICLE: Example(
            "un-arc-en-ciel-dans-une-boite",
            {
                "titre": "Un arc-en-ciel dans une boîte",
                "resume": "Avec un disque et un carton, on sépare les couleurs de la lumière.",
                "publie_le": "2021-09-20",
                "auteurs": ["camille-exemple"],
                "themes": ["mathematiques-physique-chimie"],
                "mots_cles": ["lumière", "couleur"],
                "genre": "vulgarisation",
                "lieu": _FABRIQUE,
            },
            """Une lampe blanche contient toutes les couleurs. Pour les voir, il faut les séparer.

## Le matériel

- une boîte en carton ;
- un vieux disque compact ;
- une lame de rasoir, que tient un adulte.

> [!TIP]
> **Spectre** : l’ensemble des couleurs qui composent une lumière.

## Ce que l’on voit

Une lampe à incandescence donne un dégradé continu, un tube fluorescent des raies[^raies]. Pour
essayer, rendez-vous à l’[atelier de la Fabrique](events/fabriquer-un-spectroscope).

[^raies]: Chaque raie est la signature d’un gaz.""",
        ),
        Kind.EVENT: Example(
            "fabriquer-un-spectroscope",
            {
                "titre": "Fabriquer un spectroscope",
                "resume": "Un atelier en famille pour décomposer la lumière avec un carton.",
                "publie_le": "2021-09-20",
                "debut": "2021-10-03 15:00",
                "fin": "2021-10-03 17:00",
                "lieu": _FABRIQUE,
                "format": ["atelier"],
                "publics": ["familles"],
                "age": {"min": "8"},
                "tarif": {"gratuit": "true"},
                "inscription": {"regime": "obligatoire", "courriel": "contact@example.org"},
                "jauge": "12",
                "accessibilite": {"moteur": "oui", "auditif": "partiel"},
                "themes": ["mathematiques-physique-chimie"],
                "organisateurs": [_FABRIQUE],
                "temps_fort": "fete-des-curieux",
                "edition": "2021",
            },
            "Chacun repart avec son spectroscope. Un adulte accompagne les enfants.",
        ),
        Kind.ANNONCE: Example(
            "benevoles-pour-la-fete-des-curieux",
            {
                "titre": "Bénévoles pour la Fête des curieux",
                "resume": "La Fabrique cherche dix personnes pour accueillir les familles.",
                "publie_le": "2021-09-20",
                "categorie": "benevolat",
                "echeance": "2021-10-01",
                "organisme": _FABRIQUE,
                "commune": "Amiens",
                "contact": {"courriel": "contact@example.org"},
            },
            "Une demi-journée suffit. Aucune connaissance n’est demandée.",
        ),
        Kind.RESSOURCE: Example(
            "la-valise-lumiere",
            {
                "titre": "La valise lumière",
                "resume": "Dix expériences sur la lumière et les couleurs, à emprunter.",
                "publie_le": "2021-09-20",
                "type": "malle-pedagogique",
                "proprietaire": _FABRIQUE,
                "publics": ["primaire", "college"],
                "themes": ["mathematiques-physique-chimie"],
                "pret": {
                    "caisses": "1",
                    "poids_kg": "12",
                    "montage": "10 min",
                    "tarif": "gratuit",
                    "delai_jours": "30",
                },
                "itinerance": [
                    {
                        "emprunteur": "Collège de Saint-Exemple",
                        "commune": "Amiens",
                        "du": "2021-10-11",
                        "au": "2021-10-22",
                    }
                ],
            },
            "Chaque expérience a sa fiche. Prévoyez une salle que l’on peut assombrir.",
        ),
        Kind.LIEU: Example(
            _FABRIQUE,
            {
                "titre": "La Fabrique de Sainte-Fiction",
                "resume": "Un atelier imaginaire, ouvert à tous, où l’on apprend en fabriquant.",
                "type": "fablab",
                "roles": ["acteur-ressource"],
                "adresse": {
                    "rue": "1 place de l’Exemple",
                    "code_postal": "80000",
                    "commune": "Amiens",
                },
                "site": "https://example.org/fabrique",
                "courriel": "contact@example.org",
                "telephone": "03 22 00 00 00",
                "publics": ["familles", "college"],
                "equipements": [{"type": "atelier", "places": "20", "places_pmr": "2"}],
                "horaires_ouverture": "Tu-Sa 10:00-18:00",
                "accessibilite": {"moteur": "oui", "auditif": "partiel", "equipements": ["bim"]},
                "offre": ["animation", "pret"],
                "verifie_le": "2021-09-15",
            },
            "Des machines, des établis et des médiateurs pour s’en servir.",
        ),
        Kind.DOSSIER: Example(
            "jouer-avec-la-lumiere",
            {
                "titre": "Jouer avec la lumière",
                "resume": "De quoi préparer une séance, de la lecture à l’atelier.",
                "publie_le": "2021-09-20",
                "elements": [
                    {"ref": "articles/un-arc-en-ciel-dans-une-boite", "note": "À lire d’abord."},
                    {"ref": "events/fabriquer-un-spectroscope"},
                    {"ref": "ressources/la-valise-lumiere"},
                ],
            },
            "La lumière se prête à des expériences sans danger, avec presque rien.",
        ),
        Kind.COMMUNAUTE: Example(
            "animateurs-de-clubs",
            {
                "titre": "Animateurs de clubs",
                "resume": "Celles et ceux qui font vivre un club de sciences.",
                "animateurs": [_FABRIQUE],
                "membres": [_FABRIQUE, "Club de Saint-Exemple"],
                "contact": {"courriel": "contact@example.org"},
            },
            "La communauté se réunit chaque trimestre, chez l’un de ses membres.",
        ),
        Kind.PROJET: Example(
            "un-observatoire-mobile",
            {
                "titre": "Un observatoire mobile",
                "resume": "Une remorque équipée d’un télescope, partagée entre communes.",
                "avancement": "en-preparation",
                "porteurs": [_FABRIQUE],
                "etapes": [
                    {"titre": "Choisir l’instrument", "date": "2021-09-10", "fait": "true"},
                    {"titre": "Aménager la remorque", "date": "2021-11-15"},
                ],
                "besoins": ["une remorque", "deux soudeurs"],
            },
            "Le télescope est choisi ; il reste à l’abriter.",
        ),
        Kind.TERRITOIRE: Example(
            "pays-de-sainte-fiction",
            {
                "titre": "Pays de Sainte-Fiction",
                "resume": "Une intercommunalité imaginaire.",
                "type": "cc",
                "code": "200000008",
                "siege": "Amiens",
                "chiffres": [
                    {"libelle": "habitants", "valeur": "12 000", "annee": "2021", "source": "INSEE"}
                ],
                "services": [{"libelle": "médiathèques", "valeur": "3"}],
            },
            "Trois médiathèques et un atelier y accueillent les curieux.",
        ),
        Kind.TEMPS_FORT: Example(
            "fete-des-curieux",
            {
                "titre": "Fête des curieux",
                "resume": "Dix jours imaginaires de rencontres et d’ateliers, en octobre.",
                "periode": "octobre",
                "mois": ["10"],
                "editions": {
                    "2021": {
                        "du": "2021-10-01",
                        "au": "2021-10-11",
                        "theme": "L’émotion de la découverte",
                    }
                },
                "organisateur": [_FABRIQUE],
                "participer": "Écrivez à la Fabrique avant la fin de juin.",
            },
            "Chaque commune compose son programme.",
        ),
        Kind.AUTEUR: Example(
            "camille-exemple",
            {
                "titre": "Camille Exemple",
                "resume": "Physicienne imaginaire, autrice de textes pour tous.",
                "affiliation": _FABRIQUE,
                "orcid": "0000-0002-1825-0097",
                "site": "https://example.org/camille",
            },
            "Cette fiche existe parce que Camille l’a demandée.",
        ),
        Kind.NEWSLETTER: Example(
            "2021-s39",
            {
                "titre": "Des couleurs pour l’automne",
                "epingles": ["events/fabriquer-un-spectroscope"],
            },
            "Cette semaine, la lumière est partout.",
        ),
        Kind.PAGE: Example(
            "participer",
            {"titre": "Participer"},
            "Le portail s’écrit à plusieurs : chacun peut proposer un texte.",
        ),
    }
)
