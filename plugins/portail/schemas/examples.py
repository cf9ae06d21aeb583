"""A complete example of each kind, around one structure that does not exist.

Together they make a small portal whose references hold: a test checks them as contents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from portail.model.kinds import Kind
from portail.schemas.template import template

__all__ = ["EXAMPLES", "Example", "example_page"]

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
