"""What a question shows: its heading, its list, its help, numbered candidates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portail.cli.new.questions import Question
from portail.cli.new.replies import Doubt, Refusal
from portail.cli.terminal import WIDTH, cells

__all__ = ["heading", "help_of", "listed", "numbered", "told"]


def heading(question: Question, *, needed: bool, kept: str) -> Iterator[str]:
    """The question, what it expects, then its list; ``kept`` is the answer that it has already."""
    yield ""
    label = question.title if question.title.endswith(")") else f"{question.title} ?"
    yield label if needed or label.endswith(")") else f"{label} (facultatif)"
    yield from listed(question)
    if kept:
        yield f"  Entrée garde : {kept}" + ("" if needed else " ; « - » l’efface")


def listed(question: Question) -> Iterator[str]:
    """The numbered choices of a question, as many on a line as fit; else its help."""
    schema = question.schema.get("items", question.schema)
    if question.form != "choix":
        example = f" Exemple : {question.example}" if question.example else ""
        yield f"  {question.help}{example}".rstrip()
        return
    several = "items" in question.schema
    most = question.schema.get("maxItems", 1) if several else 1
    yield (
        "  Un numéro ou un nom."
        if most == 1
        else (f"  Des numéros ou des noms, {most} au plus, séparés par des virgules.")
    )
    rows = [f"{rank}. {label}" for rank, label in enumerate(schema["x-libelles"], 1)]
    yield from numbered(rows)


def numbered(rows: Sequence[str]) -> Iterator[str]:
    """Short rows in columns, within the width of a terminal."""
    wide = max(map(cells, rows)) + 3
    count = max(1, (WIDTH - 2) // wide)
    deep = -(-len(rows) // count)
    for rank in range(deep):
        row = rows[rank::deep]
        yield "  " + "".join(f"{one}{' ' * (wide - cells(one))}" for one in row).rstrip()


def help_of(question: Question) -> Iterator[str]:
    """The whole help of a question."""
    yield f"  {question.help}"
    if question.example:
        yield f"  Exemple : {question.example}"
    yield from listed(question) if question.form == "choix" else ()
    yield "  « retour » : question d’avant ; « quitter » (ou Ctrl-C) : ne rien écrire."


def told(reply: Refusal | Doubt) -> Iterator[str]:
    """A refusal with its remedy; a doubt with its numbered candidates."""
    if isinstance(reply, Refusal):
        yield f"  Erreur{f' {reply.code}' if reply.code else ''} : {reply.sentence}"
        if reply.remedy:
            yield f"  → {reply.remedy}"
        return
    yield f"  {reply.sentence}"
    for rank, (label, _) in enumerate(reply.choices, 1):
        yield f"    {rank}. {label}"
    yield "  Un numéro, ou une autre réponse."
