"""What a proposal changes, for the page of the job that checked it: read without any download."""

from __future__ import annotations

from collections.abc import Iterator

from portail.cli.apercu.comment import fitted, verdict
from portail.cli.apercu.faults_text import advice_line, error_piece
from portail.cli.apercu.markdown import code, inline
from portail.cli.apercu.phrases import change_of, counts, state_of
from portail.cli.apercu.story import Fiche, Story
from portail.cli.summary import counted

__all__ = ["LONGEST", "summary"]

LONGEST = 400_000
"""Characters of a summary: GitHub takes a megabyte."""

_ADVICE = 10


def summary(story: Story) -> str:
    """Each content with its title, dates, place and corrections, in Markdown."""
    parts = [f"## {verdict(story)}", f"{counts(story)} · {story.jour}"]
    if not story.fiches:
        parts.append("Rien ne change sous `content/`.")
    kept, left = fitted(story.fiches, lambda one: _piece(one, story), LONGEST - 1_000)
    if left:
        kept.append(f"… et {counted(left, ('autre contenu', 'autres contenus'))}.")
    return "\n\n".join([*parts, *kept]) + "\n"


def _piece(fiche: Fiche, story: Story) -> str:
    rows = [f"- {name}\u00a0: {value}" for name, value in _rows(fiche) if value]
    parts = [f"### {inline(fiche.titre, 200) or '–'}", "\n".join(rows)]
    if fiche.erreurs:
        parts.append(error_piece(fiche, story))
    advice = [advice_line(fiche, one, story) for one in fiche.conseils[:_ADVICE]]
    if advice:
        parts.append("\n".join(["Libre à vous :", "", *advice]))
    return "\n\n".join(parts)


def _rows(fiche: Fiche) -> Iterator[tuple[str, str]]:
    yield "Changement", change_of(fiche)
    yield "Ce qui change", inline(", ".join(fiche.champs))
    yield "Quand", inline(fiche.quand)
    yield "Où", inline(fiche.ou)
    yield "Pages touchées", inline(fiche.touche)
    yield "Fichier", code(str(fiche.path))
    yield "Auparavant", code(str(fiche.ancien)) if fiche.ancien else ""
    yield "État", state_of(fiche)
