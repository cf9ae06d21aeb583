"""What a terminal asks of a kind: questions derived from its schema, in the order of a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail.model.vocabulary import Vocabularies
from portail.schemas.kind_schema import Schema, kind_schema
from portail.schemas.words import type_words

__all__ = ["Condition", "Front", "Question", "questions_of"]

Front: TypeAlias = Mapping[str, Any]
"""Values of the fields so far, by path (``adresse.commune``)."""

Condition: TypeAlias = Callable[[Front], bool]


def _always(front: Front) -> bool:
    return True


def _never(front: Front) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    ``fields`` are the paths that its answer may give; ``form`` says how it is read
    (``portail.cli.new.readers``); ``asked`` and ``needed`` look at the answers before it;
    ``again`` is what is asked after an answer when several are welcome, at most ``most``;
    ``default`` is what no answer means, in French, if that is something.
    """

    key: str
    title: str
    help: str
    example: str
    form: str
    fields: tuple[str, ...]
    schema: Schema = field(default_factory=dict, hash=False)
    asked: Condition = _always
    needed: Condition = _never
    again: str = ""
    most: int = 1
    default: str = ""


@dataclass(frozen=True, slots=True)
class _Step:
    """A row of the table: a field, what differs from what its schema says."""

    key: str
    asked: Condition = _always
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


def _with(*paths: str) -> Condition:
    return lambda front: any(_given(front, path) for path in paths)


def _given(front: Front, path: str) -> bool:
    return any(key == path or key.startswith(f"{path}.") for key in front)


def _among(path: str, *values: str) -> Condition:
    return lambda front: front.get(path) in values


def _books(front: Front) -> bool:
    return front.get("inscription.regime") in ("conseillee", "obligatoire")


_WHERE = _Step(
    "ou",
    needed=_always,
    title="Où",
    help="Un lieu de l’annuaire, une commune, ou « en ligne ».",
    example="La Coupole",
    form="ou",
    fields=("lieu", "adresse.commune", "en_ligne"),
)
_PLACE = _Step(
    "ou",
    title="Où",
    help="Un lieu de l’annuaire ou une commune, si le sujet en a un.",
    example="Wizernes",
    form="ou",
    fields=("lieu", "commune"),
)
_WHEN = _Step(
    "quand",
    needed=_always,
    title="Quand",
    help="Un jour, ses heures si on les connaît ; plusieurs jours : du 9 au 11 octobre.",
    example="9/10/2021 14h-16h",
    form="quand",
    fields=("seances", "debut", "fin"),
    again="Une autre date ? (Entrée : non)",
    most=800,
)
_TITLE, _SUMMARY = _Step("titre"), _Step("resume")
_TEXT = _Step(
    "texte",
    title="Texte",
    help="Quelques lignes, en Markdown : chacune est un paragraphe ; une ligne vide termine.",
    example="Venez écouter les rapaces.",
    form="lignes",
)
_READY = _Step(
    "statut",
    title="Prêt à paraître ? (Entrée : non)",
    help="oui, ou non : c’est alors un brouillon, dont la ligne « statut » se retire le jour venu.",
    example="oui",
    form="pret",
    default="non, c’est un brouillon",
)
_BOOKING = ("inscription.url", "inscription.courriel", "inscription.telephone")
_CONTACT_HELP = "Une adresse web, électronique ou un téléphone ; plusieurs : séparez par « ; »."
_CONTACT = _Step(
    "contact",
    help=_CONTACT_HELP,
    example="contact@example.org",
    form="contact",
    fields=("contact.url", "contact.courriel", "contact.telephone"),
)
_JOB = _among("categorie", "emploi", "stage")
_FUNDING = _among("type", "financement")

_TABLE: Mapping[Kind, tuple[_Step, ...]] = {
    Kind.EVENT: (
        _TITLE,
        _WHEN,
        _WHERE,
        _Step("adresse.nom", asked=_with("adresse"), title="Nom de l’endroit"),
        _Step("adresse.rue", asked=_with("adresse"), title="Numéro et rue"),
        _Step(
            "en_ligne",
            asked=_without("en_ligne"),
            needed=_without("lieu", "adresse"),
            title="Adresse où suivre en ligne",
        ),
        _Step("format"),
        _Step("publics"),
        _Step(
            "tarif",
            help="gratuit, un prix, ou le prix et le tarif réduit.",
            example="5 € / 3 €",
            form="tarif",
            fields=("tarif.gratuit", "tarif.prix", "tarif.reduit", "tarif.conditions"),
        ),
        _Step("inscription.regime", needed=_never, title="Inscription", help="Faut-il réserver ?"),
        _Step(
            "inscription",
            asked=_books,
            title="Où réserver",
            help=_CONTACT_HELP,
            example="https://example.org/reserver",
            form="contact",
            fields=_BOOKING,
        ),
        _Step("inscription.avant_le", asked=_books, title="Réserver avant le"),
        _SUMMARY,
        _Step("organisateurs"),
        _Step("themes"),
    ),
    Kind.ARTICLE: (
        _TITLE, _SUMMARY, _Step("genre"), _Step("auteurs"), _Step("themes"), _PLACE,
    ),
    Kind.ANNONCE: (
        _TITLE, _SUMMARY, _Step("categorie"), _Step("echeance"), _Step("organisme"), _PLACE,
        _CONTACT, _Step("contrat", asked=_JOB), _Step("duree", asked=_JOB),
        _Step("remuneration", asked=_JOB),
    ),
    Kind.RESSOURCE: (
        _TITLE, _SUMMARY, _Step("type"), _Step("proprietaire"), _Step("publics"),
        _Step("annee"), _Step("acces.url", title="Où la trouver"),
        _Step("porteur", asked=_FUNDING), _Step("pour_qui", asked=_FUNDING),
        _Step("echeance", asked=_FUNDING), _Step("montant", asked=_FUNDING),
        _Step("themes"),
    ),
    Kind.LIEU: (
        _TITLE, _SUMMARY, _Step("type"),
        _Step("commune", help="Entrée s’il n’en a pas (un réseau, par exemple)."),
        _Step("territoires", asked=_without("commune"), needed=_without("commune")),
        _Step("site"), _Step("courriel"), _Step("telephone"), _Step("publics"),
    ),
    Kind.DOSSIER: (
        _TITLE, _SUMMARY,
        _Step("regle.theme", title="Thème", help="Le dossier réunit les contenus de ce thème."),
        _Step("regle.mot_cle", needed=_without("regle"), title="Mot-clé",
              help="Le dossier réunit les contenus de ce mot-clé."),
    ),
    Kind.COMMUNAUTE: (
        _TITLE, _SUMMARY, _Step("animateurs"), _Step("membres"),
        _Step("regle.mot_cle", needed=_without("membres"), title="Mot-clé",
              help="La communauté réunit les contenus de ce mot-clé."),
        _CONTACT,
    ),
    Kind.PROJET: (
        _TITLE, _SUMMARY, _Step("avancement"), _Step("porteurs"), _Step("partenaires"),
        _Step("commune"), _CONTACT,
    ),
    Kind.TERRITOIRE: (_TITLE, _SUMMARY, _Step("type"), _Step("code"), _Step("siege")),
    Kind.TEMPS_FORT: (
        _TITLE, _SUMMARY, _Step("periode", needed=_always), _Step("organisateur"),
        _Step("participer"), _Step("site"),
    ),
    Kind.AUTEUR: (_TITLE, _SUMMARY, _Step("affiliation"), _Step("orcid"), _Step("site")),
    Kind.NEWSLETTER: (_TITLE,),
    Kind.PAGE: (_TITLE, _SUMMARY),
}  # fmt: skip


def questions_of(kind: Kind, vocabularies: Vocabularies) -> tuple[Question, ...]:
    """The questions of ``kind``, labels, help, examples and lists taken from its schema."""
    schema = kind_schema(kind, vocabularies)
    steps = (*_TABLE[kind], _TEXT, _READY)
    found = tuple(_question(step, schema) for step in steps)
    if MODELS[kind].texte_obligatoire:  # without a text it can only be a draft
        found = (*found[:-1], replace(found[-1], asked=_with("texte")))
    return found


def _question(step: _Step, schema: Schema) -> Question:
    own, asked_for = _at(schema, step.key)
    form = step.form or _form(own)
    several = form == "noms"
    return Question(
        key=step.key,
        title=step.title or own.get("title", ""),
        help=step.help or _help(own),
        example=step.example or _example(own),
        form=form,
        fields=step.fields or (step.key,),
        schema=own,
        asked=step.asked,
        needed=step.needed or (_always if asked_for else _never),
        again="Un autre nom ? (Entrée : non)" if several else step.again,
        most=int(own.get("maxItems", 1)) if several else step.most,
        default=step.default,
    )


def _at(schema: Schema, path: str) -> tuple[Schema, bool]:
    """The schema of a field, and whether its group requires it; empty for what is no field."""
    asked = False
    for name in path.split("."):
        asked = name in schema.get("required", ())
        schema = schema.get("properties", {}).get(name, {})
    return schema, asked


def _help(schema: Schema) -> str:
    """The model's own help, and the limit or the writing that is expected."""
    told = str(schema.get("description", ""))
    if "maxLength" in schema and "x-references" not in schema:
        told += f" {schema['maxLength']} signes au plus."
    elif _form(schema) == "texte" and schema:
        told += f" ({type_words(schema).replace('`', '')})"
    return told.strip()


def _example(schema: Schema) -> str:
    example = next(iter(schema.get("examples", ())), "")
    return ", ".join(map(str, example)) if isinstance(example, list) else str(example)


def _form(schema: Schema) -> str:
    """How an answer is read, from the schema of the field."""
    items = schema.get("items", {})
    if "enum" in schema or "enum" in items:
        return "choix"
    if "x-references" in schema or "x-references" in items:
        return "noms" if items else "nom"
    if "x-completion" in schema:
        return "commune"
    return "jour" if schema.get("x-code") == "E210" else "texte"
