"""What a terminal asks of a kind: questions derived from its schema, in the order of a form."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from portail.cli.new.table import READY, TABLE, TEXT, Condition, Step, always, given, never
from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail.model.vocabulary import Vocabularies
from portail.schemas.kind_schema import Schema, kind_schema
from portail.schemas.words import type_words

__all__ = ["Question", "questions_of"]

_SENTENCE = 200


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
    asked: Condition = always
    needed: Condition = never
    again: str = ""
    most: int = 1
    default: str = ""

    @property
    def limit(self) -> int:
        """Signs that a sentence may have; 0 for a word, a name, a value."""
        longest = int(self.schema.get("maxLength", 0)) if self.form == "texte" else 0
        return longest if longest >= _SENTENCE else 0


def questions_of(kind: Kind, vocabularies: Vocabularies) -> tuple[Question, ...]:
    """The questions of ``kind``, labels, help, examples and lists taken from its schema."""
    schema = kind_schema(kind, vocabularies)
    steps = (*TABLE[kind], TEXT, READY)
    found = tuple(_question(step, schema) for step in steps)
    if MODELS[kind].texte_obligatoire:  # without a text it can only be a draft
        found = (*found[:-1], replace(found[-1], asked=given("texte")))
    return found


def _question(step: Step, schema: Schema) -> Question:
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
        needed=step.needed or (always if asked_for else never),
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
        told = f"{told.rstrip('.')} ({type_words(schema).replace('`', '')})."
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
