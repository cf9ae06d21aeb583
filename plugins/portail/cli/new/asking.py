"""One question of a dialogue: asked, and asked again until its answer is right."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from enum import Enum
from typing import TypeAlias

from portail.cli.new.answers import Answers
from portail.cli.new.listed import heading, help_of, told
from portail.cli.new.questions import Question
from portail.cli.new.readers import read
from portail.cli.new.replies import Answer, Doubt, Refusal, Reply, refused
from portail.cli.new.world import World
from portail.codes import diagnostic
from portail.diagnostics import Position
from portail.source.document import hidden

__all__ = ["Asking", "Move", "Talk"]

_LONGEST = 20_000
_BLANKS = re.compile(r"[ \t]+")
_LEAVING = ("quitter", "quit", "exit", "\x04")


class Move(Enum):
    """Where an answer leads."""

    NEXT = "next"
    BACK = "back"
    LEAVE = "leave"


Talk: TypeAlias = Generator[str, None, Move]
"""Yields lines to show, then returns where to go."""


class Asking:
    """Asks questions of ``answers``; what is typed comes from ``lines``.

    ``current`` is the question that waits, for whoever completes words.
    """

    def __init__(self, world: World, answers: Answers, lines: Iterator[str]) -> None:
        self._world = world
        self._answers = answers
        self._lines = lines
        self.current: Question | None = None
        self._over = False

    def typed(self) -> str | None:
        """The next line without its outer blanks; ``None`` at the end, or to leave."""
        line = None if self._over else next(self._lines, None)
        text = None if line is None else _BLANKS.sub(" ", line).strip(" \r\n")
        self._over = text is None or text in _LEAVING
        return None if self._over else text

    def ask(self, question: Question) -> Talk:
        """Ask until there is an answer, or none is needed."""
        needed, before = self._answers.needs(question), self._answers.said(question)
        yield from heading(question, needed=needed, kept=before)
        self.current = question
        kept: list[Answer] = []
        doubt: Doubt | None = None
        while (text := self.typed()) is not None:
            if text == "?":
                yield from help_of(question)
            elif text == "retour":
                return Move.BACK
            elif doubt and text == "":
                yield "  Choisissez un numéro, ou écrivez une autre réponse ; « - » l’oublie."
            elif text in ("", "-") and (text == "" or kept or not needed):
                if kept or (before and not text) or not needed:
                    self._keep(question, kept, erase=text == "-")
                    return Move.NEXT
                yield "  Cette réponse est nécessaire."
            else:
                reply = self._picked(doubt, text) or self._read(text, question)
                if self._over:
                    break
                reply = self._checked(question, kept, reply)
                doubt = reply if isinstance(reply, Doubt) else None
                if not isinstance(reply, Answer):
                    yield from told(reply)
                    continue
                kept.append(reply)
                if reply.back:
                    yield f"  Sera lu : {reply.said}"
                elif question.limit:
                    yield f"  {len(text)} signes sur {question.limit}."
                if not question.again or len(kept) >= question.most:
                    self._keep(question, kept, erase=True)
                    return Move.NEXT
                yield f"  {question.again}"
        return Move.LEAVE

    def judged(self, question: Question, text: str) -> Reply:
        """What an answer that nobody typed here is worth (the title given with the command)."""
        return self._checked(
            question, [], read(_BLANKS.sub(" ", text).strip(), question, self._world)
        )

    def _keep(self, question: Question, answers: Sequence[Answer], *, erase: bool) -> None:
        if answers:
            self._answers.given[question.key] = tuple(answers)
        elif erase:
            self._answers.given.pop(question.key, None)

    @staticmethod
    def _picked(doubt: Doubt | None, text: str) -> Answer | None:
        """The candidate whose number is typed; « oui » is the first."""
        if doubt is None:
            return None
        if text.lower() in ("oui", "o"):
            return doubt.choices[0][1]
        if not (text.isdecimal() and len(text) < 3):
            return None
        rank = int(text)
        return doubt.choices[rank - 1][1] if 0 < rank <= len(doubt.choices) else None

    def _read(self, text: str, question: Question) -> Reply:
        """What the line answers; a text goes on to an empty line."""
        lines = [text]
        while question.form == "lignes" and (more := self.typed()):
            lines.append(more)
        bad = self._unreadable("\n".join(lines))
        if bad:
            return bad
        if question.form == "lignes":
            return Answer({question.key: lines}, lines[0] + (" …" if len(lines) > 1 else ""))
        return read(text, question, self._world)

    def _unreadable(self, text: str) -> Refusal | None:
        """What no text may hold, whatever the question: invisible signs, half signs, a book."""
        if len(text) > _LONGEST:
            limit = f"{_LONGEST:,}".replace(",", "\u202f")
            return Refusal(f"Cette réponse dépasse {limit} signes.", "Raccourcissez-la.")
        place = Position(self._world.path)
        if half := re.search("[\ud800-\udfff]", text):
            return refused(diagnostic("E102", place, nom=f"U+{ord(half[0]):04X}"))
        for _, _, code, values in hidden(text):
            return refused(diagnostic(code, place, **values))
        return None

    def _checked(self, question: Question, kept: Sequence[Answer], reply: Reply) -> Reply:
        """The reply, or what the model says of it."""
        if not isinstance(reply, Answer):
            return reply
        faults = self._answers.faults(question, [*kept, reply])
        return refused(faults[0]) if faults else reply
