"""The answers of a dialogue: what they make of a file, and what is wrong with it so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from portail.cli.new.composed import body_of, composed, nested
from portail.cli.new.names import file_name, free_name
from portail.cli.new.questions import Question, questions_of
from portail.cli.new.replies import Answer
from portail.cli.new.world import World
from portail.diagnostics import Diagnostic
from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail.schemas.fields import example_of
from portail.schemas.kind_schema import kind_schema
from portail.schemas.template import BODY, MINIMUM

__all__ = ["Answers"]


class Answers:
    """Answers by question; those of questions that others make void are kept, and left out."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._schema = kind_schema(world.kind, world.vocabularies)
        self.questions = questions_of(world.kind, world.vocabularies)
        self.given: dict[str, tuple[Answer, ...]] = {}

    @property
    def kind(self) -> Kind:
        """The kind of the content."""
        return self._world.kind

    def asked(self) -> list[Question]:
        """The questions that the answers call for, in order."""
        front: dict[str, Any] = {}
        found = []
        for one in self.questions:
            if one.asked(front):
                found.append(one)
                _add(front, self.given.get(one.key, ()))
        return found

    def needs(self, question: Question) -> bool:
        """Whether the question must be answered, after the answers to those before it."""
        front: dict[str, Any] = {}
        for one in self.asked():
            if one.key == question.key:
                break
            _add(front, self.given.get(one.key, ()))
        return question.needed(front)

    def front(self) -> dict[str, Any]:
        """Values by path."""
        front: dict[str, Any] = {}
        for one in self.asked():
            _add(front, self.given.get(one.key, ()))
        return front

    def said(self, question: Question) -> str:
        """The answer to a question in French, empty without one."""
        return " ; ".join(one.said for one in self.given.get(question.key, ()))

    @property
    def title(self) -> str:
        """The title, empty before it is known."""
        return str(self.front().get("titre", ""))

    @property
    def name(self) -> str:
        """The name of the file, without extension."""
        world = self._world
        return free_name(world.kind, self.title, world.today, world.refs)

    @property
    def plain_name(self) -> str:
        """The name that the title gives, though it may be taken."""
        return file_name(self.kind, self.title, self._world.today)

    def values(self) -> dict[str, Any]:
        """The front matter."""
        front = self.front()
        lines = front.pop("texte", None)
        model = MODELS[self.kind]
        if "publie_le" in model.obligatoires:
            front["publie_le"] = self._world.today.isoformat()
        if (model.texte_obligatoire and not lines) or "statut" not in self.given:
            front["statut"] = "brouillon"
        return nested(front, self._schema)

    def body(self) -> str:
        """The text; that of a kind that needs one says that it is to be written."""
        lines = self.front().get("texte")
        return body_of(lines) if lines else BODY if MODELS[self.kind].texte_obligatoire else ""

    def text(self, *, complete: bool = False) -> str:
        """The file."""
        return composed(self.kind, self.values(), self.body(), complete=complete)

    def faults(self, question: Question, answers: Sequence[Answer]) -> list[Diagnostic]:
        """What is wrong with answering ``answers``, all that is missing apart."""
        before = self.given.get(question.key)
        self.given[question.key] = tuple(answers)
        values, body = self.values(), self.body()
        if before is None:
            del self.given[question.key]
        else:
            self.given[question.key] = before
        found = self._world.faults(self._padded(values), body)
        if question.key == "inscription.regime":  # how to book is the question that follows
            found = [(key, one) for key, one in found if one.code != "E253"]
        return [one for key, one in found if key in values or (key == "texte" and body)]

    def _padded(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values with an example of what is required and still missing, so that rules that look
        at a whole content can run."""
        model = MODELS[self.kind]
        pads = {name: example_of(name, model.model_fields[name]) for name in model.obligatoires}
        pads |= MINIMUM.get(self.kind, {})
        for choice in self._schema.get("allOf", ()):
            names = {name for option in choice["anyOf"] for name in option["required"]}
            if names & values.keys():
                pads = {name: one for name, one in pads.items() if name not in names}
        return {**pads, **values}


def _add(front: dict[str, Any], answers: Sequence[Answer]) -> None:
    """Add the values of answers; lists of several answers are joined."""
    for answer in answers:
        for path, value in answer.fields.items():
            if isinstance(value, list) and isinstance(front.get(path), list):
                front[path] = [*front[path], *(one for one in value if one not in front[path])]
            else:
                front[path] = value
