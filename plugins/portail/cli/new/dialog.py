"""The dialogue: reads answers one by one, tells lines, ends with the text of a file or nothing.

It neither prints nor reads a terminal: ``talk`` yields what to show, and takes the next line from
the iterator that it was given when it needs one.
"""

from __future__ import annotations

from collections.abc import Iterator

from portail.cli.new.answers import Answers
from portail.cli.new.asking import Asking, Move, Talk
from portail.cli.new.listed import told
from portail.cli.new.questions import Question
from portail.cli.new.replies import Answer, refused
from portail.cli.new.world import World, key_at
from portail.diagnostics import Diagnostic, Severity

__all__ = ["NOTHING", "Dialog"]

NOTHING = "Rien n’a été écrit."


class Dialog:
    """One dialogue for one content of ``world``; what is typed comes from ``lines``.

    ``title`` is the title when it was given with the command; ``complete`` keeps as comments, in
    the file, the fields that were not asked. After ``talk``, ``text`` is the file and ``name`` its
    name without extension, both empty when nothing is to be written.
    """

    def __init__(
        self, world: World, lines: Iterator[str], *, title: str = "", complete: bool = False
    ) -> None:
        self.world = world
        self.text = ""
        self.name = ""
        self._answers = Answers(world)
        self._asking = Asking(world, self._answers, lines)
        self._complete = complete
        self._title = title
        self._met: list[str] = []

    @property
    def current(self) -> Question | None:
        """The question that waits for an answer."""
        return self._asking.current

    def talk(self) -> Iterator[str]:
        """Ask everything, show it again, ask whether to write."""
        info = self.world.kind.info
        yield f"{info.nom[0].upper()}{info.nom[1:]} : répondez, ou passez avec Entrée."
        yield "« ? » aide, « retour » question d’avant, « quitter » sans rien écrire."
        if self._title:
            yield from self._titled()
        move = yield from self._round()
        while move is Move.NEXT and not self.text:
            move = yield from self._end()
        if not self.text:
            yield NOTHING

    def _titled(self) -> Iterator[str]:
        question = self._answers.questions[0]
        reply = self._asking.judged(question, self._title)
        if isinstance(reply, Answer):
            self._answers.given[question.key] = (reply,)
            self._met.append(question.key)
            yield from self._named()
        else:
            yield from told(reply)

    def _named(self) -> Iterator[str]:
        """A word when another content has the name that the title gives."""
        plain = self._answers.plain_name
        if self._answers.name != plain:
            folder = self.world.kind.value
            name = self._answers.name
            yield f"  {folder}/{plain}.md est pris : ce fichier s’appellera {name}.md."
            yield "  Si c’est le même contenu, « quitter », puis complétez l’autre fichier."

    def _round(self) -> Talk:
        """Ask every question that is called for and was not met."""
        while True:
            asked = self._answers.asked()
            question = next((one for one in asked if one.key not in self._met), None)
            if question is None:
                return Move.NEXT
            move = yield from self._asking.ask(question)
            if move is Move.LEAVE:
                return move
            if move is Move.NEXT:
                self._met.append(question.key)
                if question.key == "titre":
                    yield from self._named()
            elif not self._back({one.key for one in asked}):
                yield "  C’est la première question."

    def _back(self, asked: set[str]) -> bool:
        """Forget that the last question was met; whether there was one."""
        while self._met:
            if self._met.pop() in asked:
                return True
        return False

    def _end(self) -> Talk:
        """The whole file is checked, then shown, then written if that is wanted."""
        text = self._answers.text(complete=self._complete)
        found = self.world.check(self._answers.name, text)
        errors = [one for one in found if one.severity is Severity.ERREUR]
        if errors:
            return (yield from self._mended(errors, text))
        asked = self._answers.asked()
        yield ""
        for rank, question in enumerate(asked, 1):
            said = self._answers.said(question) or question.default
            yield f"  {rank:>2}. {question.title.partition(' ? (')[0]} : {said or '—'}"
        for one in found:
            if one.code != "C208":  # that it is a draft is said already
                yield f"  Conseil {one.code} : {one.message}"
        return (yield from self._confirmed(asked, text))

    def _confirmed(self, asked: list[Question], text: str) -> Talk:
        file = f"{self.world.content.name}/{self.world.kind.value}/{self._answers.name}.md"
        yield ""
        yield f"Écrire {file} ?"
        yield "  oui, non, ou le numéro d’une réponse à changer ; « ? » montre le fichier."
        self._asking.current = None
        while (typed := self._asking.typed()) is not None:
            word = typed.lower()
            if word in ("oui", "o", ""):
                self.text, self.name = text, self._answers.name
                return Move.NEXT
            if word in ("non", "n"):
                return Move.LEAVE
            if word == "?":
                yield from text.split("\n")
            elif word == "retour":
                self._back({one.key for one in asked})
                return (yield from self._round())
            elif word.isdecimal() and len(word) < 3 and 0 < int(word) <= len(asked):
                self._met.remove(asked[int(word) - 1].key)
                return (yield from self._round())
            yield "  Répondez oui, non, ou par un numéro de la liste."
        return Move.LEAVE

    def _mended(self, errors: list[Diagnostic], text: str) -> Talk:
        """Say what is wrong, and ask again the questions that it comes from."""
        owners = {path.partition(".")[0]: one.key
                  for one in self._answers.asked() for path in (*one.fields, one.key)}  # fmt: skip
        keys = set()
        yield ""
        for error in errors:
            yield from told(refused(error))
            keys.add(owners.get(key_at(text, error.position), ""))
        keys &= set(self._met)
        if not keys:
            yield "  Aucune réponse d’ici ne peut le corriger."
            return Move.LEAVE
        self._met = [key for key in self._met if key not in keys]
        return (yield from self._round())
