"""Which fields a terminal asks of each kind, in the order of a form, and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from portail.model.kinds import Kind

__all__ = [
    "READY", "TABLE", "TEXT", "Condition", "Front", "Step", "always", "given", "never",
]  # fmt: skip

Front: TypeAlias = Mapping[str, Any]
"""Values of the fields so far, by path (``adresse.commune``)."""

Condition: TypeAlias = Callable[[Front], bool]


def always(front: Front) -> bool:
    """A condition that holds."""
    return True


def never(front: Front) -> bool:
    """A condition that never holds."""
    return False


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the table: a field, and what differs from what its schema says of it; see
    ``Question``, which the row becomes."""

    key: str
    asked: Condition = always
    needed: Condition | None = None
    title: str = ""
    help: str = ""
    example: str = ""
    form: str = ""
    fields: tuple[str, ...] = ()
    again: str = ""
    most: int = 1
    default: str = ""


def _without(*paths: str) -> Condition:
    """None of the fields, nor what they hold, was given."""
    return lambda front: not any(_given(front, path) for path in paths)


def given(*paths: str) -> Condition:
    """One of the fields, or of what they hold, was given."""
    return lambda front: any(_given(front, path) for path in paths)


def _given(front: Front, path: str) -> bool:
    return any(key == path or key.startswith(f"{path}.") for key in front)


def _among(path: str, *values: str) -> Condition:
    return lambda front: front.get(path) in values


def _books(front: Front) -> bool:
    return front.get("inscription.regime") in ("conseillee", "obligatoire")


_WHERE = Step(
    "ou",
    needed=always,
    title="Où",
    help="Un lieu de l’annuaire, une commune, ou « en ligne ».",
    example="La Coupole",
    form="ou",
    fields=("lieu", "adresse.commune", "en_ligne"),
)
_PLACE = Step(
    "ou",
    title="Où",
    help="Un lieu de l’annuaire ou une commune, si le sujet en a un.",
    example="Wizernes",
    form="ou",
    fields=("lieu", "commune"),
)
_WHEN = Step(
    "quand",
    needed=always,
    title="Quand",
    help="Un jour, ses heures si on les connaît ; plusieurs jours : du 9 au 11 octobre.",
    example="9/10/2021 14h-16h",
    form="quand",
    fields=("seances", "debut", "fin"),
    again="Une autre date ? (Entrée : non)",
    most=800,
)
_TITLE, _SUMMARY = Step("titre"), Step("resume")
TEXT = Step(
    "texte",
    title="Texte",
    help="Quelques lignes, en Markdown : chacune est un paragraphe ; une ligne vide termine.",
    example="Venez écouter les rapaces.",
    form="lignes",
)
READY = Step(
    "statut",
    title="Prêt à paraître ? (Entrée : non)",
    help="oui, ou non : c’est alors un brouillon, dont la ligne « statut » se retire le jour venu.",
    example="oui",
    form="pret",
    default="non, c’est un brouillon",
)
_BOOKING = ("inscription.url", "inscription.courriel", "inscription.telephone")
_CONTACT_HELP = "Une adresse web, électronique ou un téléphone ; plusieurs : séparez par « ; »."
_CONTACT = Step(
    "contact",
    help=_CONTACT_HELP,
    example="contact@example.org",
    form="contact",
    fields=("contact.url", "contact.courriel", "contact.telephone"),
)
_JOB = _among("categorie", "emploi", "stage")
_FUNDING = _among("type", "financement")

TABLE: Mapping[Kind, tuple[Step, ...]] = {
    Kind.EVENT: (
        _TITLE,
        _WHEN,
        _WHERE,
        Step("adresse.nom", asked=given("adresse"), title="Nom de l’endroit"),
        Step("adresse.rue", asked=given("adresse"), title="Numéro et rue"),
        Step(
            "en_ligne",
            asked=_without("en_ligne"),
            needed=_without("lieu", "adresse"),
            title="Adresse où suivre en ligne",
        ),
        Step("format"),
        Step("publics"),
        Step(
            "tarif",
            help="gratuit, un prix, ou le prix et le tarif réduit.",
            example="5 € / 3 €",
            form="tarif",
            fields=("tarif.gratuit", "tarif.prix", "tarif.reduit", "tarif.conditions"),
        ),
        Step("inscription.regime", needed=never, title="Inscription", help="Faut-il réserver ?"),
        Step(
            "inscription",
            asked=_books,
            title="Où réserver",
            help=_CONTACT_HELP,
            example="https://example.org/reserver",
            form="contact",
            fields=_BOOKING,
        ),
        Step("inscription.avant_le", asked=_books, title="Réserver avant le"),
        _SUMMARY,
        Step("organisateurs"),
        Step("themes"),
    ),
    Kind.ARTICLE: (
        _TITLE, _SUMMARY, Step("genre"), Step("auteurs"), Step("themes"), _PLACE,
    ),
    Kind.ANNONCE: (
        _TITLE, _SUMMARY, Step("categorie"), Step("echeance"), Step("organisme"), _PLACE,
        _CONTACT, Step("contrat", asked=_JOB), Step("duree", asked=_JOB),
        Step("remuneration", asked=_JOB),
    ),
    Kind.RESSOURCE: (
        _TITLE, _SUMMARY, Step("type"), Step("proprietaire"), Step("publics"),
        Step("annee"), Step("acces.url", title="Où la trouver"),
        Step("porteur", asked=_FUNDING), Step("pour_qui", asked=_FUNDING),
        Step("echeance", asked=_FUNDING), Step("montant", asked=_FUNDING),
        Step("themes"),
    ),
    Kind.LIEU: (
        _TITLE, _SUMMARY, Step("type"),
        Step("commune", help="Entrée s’il n’en a pas (un réseau, par exemple)."),
        Step("territoires", asked=_without("commune"), needed=_without("commune")),
        Step("site"), Step("courriel"), Step("telephone"), Step("publics"),
    ),
    Kind.DOSSIER: (
        _TITLE, _SUMMARY,
        Step("regle.theme", title="Thème", help="Le dossier réunit les contenus de ce thème."),
        Step("regle.mot_cle", needed=_without("regle"), title="Mot-clé",
              help="Le dossier réunit les contenus de ce mot-clé."),
    ),
    Kind.COMMUNAUTE: (
        _TITLE, _SUMMARY, Step("animateurs"), Step("membres"),
        Step("regle.mot_cle", needed=_without("membres"), title="Mot-clé",
              help="La communauté réunit les contenus de ce mot-clé."),
        _CONTACT,
    ),
    Kind.PROJET: (
        _TITLE, _SUMMARY, Step("avancement"), Step("porteurs"), Step("partenaires"),
        Step("commune"), _CONTACT,
    ),
    Kind.TERRITOIRE: (_TITLE, _SUMMARY, Step("type"), Step("code"), Step("siege")),
    Kind.TEMPS_FORT: (
        _TITLE, _SUMMARY, Step("periode", needed=always), Step("organisateur"),
        Step("participer"), Step("site"),
    ),
    Kind.AUTEUR: (_TITLE, _SUMMARY, Step("affiliation"), Step("orcid"), Step("site")),
    Kind.NEWSLETTER: (_TITLE,),
    Kind.PAGE: (_TITLE, _SUMMARY),
}  # fmt: skip
"""Questions of each kind, in order; ``TEXT`` and ``READY`` end all of them."""
