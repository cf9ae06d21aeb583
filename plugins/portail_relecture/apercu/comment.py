"""The comment that a proposal receives, and its faults, in the Markdown of GitHub and GitLab."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence, Set
from typing import TypeVar

from portail.forge import edit_url
from portail.terminal.markdown import block, code, inline, link
from portail.terminal.text import counted
from portail.text.normalise import is_key
from portail.text.typography import small

from .faults import Fault
from .remarks import DONE_FIRST, LOOKED
from .story import Fiche, Story
from .words import change_of, intro, state_of

# Errors and advice in Markdown: where, what, the lines to paste.

_MESSAGE = 500
_PASTED = 2_000
_SHOWN = 8


def error_piece(fiche: Fiche, story: Story) -> str:
    """The errors of a file."""
    parts = [_error(fault, story) for fault in fiche.erreurs[:_SHOWN]]
    more = len(fiche.erreurs) - _SHOWN
    if more > 0:
        parts.append(f"… et {more} autre{'s' * (more > 1)} dans ce fichier.")
    return "\n\n".join(parts)


def _error(fault: Fault, story: Story) -> str:
    where = f"{code(str(fault.path))}{f', ligne {fault.ligne}' * bool(fault.ligne)}"
    lines = [f"**{where}** : {_sentence(fault.message)} <sub>{fault.code}</sub>"]
    url = _edit(fault, story)
    line = "cette ligne" if fault.ligne else "ce fichier"
    if fault.ecrire:
        opened = f"Ouvrez {link(f'le fichier à {line}' if fault.ligne else 'le fichier', url)}"
        todo = f"{opened}, puis écrivez, par exemple :" if url else "Écrivez, par exemple :"
        pasted = "\n".join(fault.ecrire)
        is_yaml = pasted.startswith("---") or is_key(pasted.partition(":")[0])
        language = "yaml" if is_yaml else "markdown"
        written = block(pasted[:_PASTED], language)
        lines += [f"{_sentence(fault.remede)} {todo}".strip(), written]
    else:
        opened = f"{link(f'Corriger {line}', url)}." if url else ""
        lines += filter(None, [f"{_sentence(fault.remede)} {opened}".strip()])
    return "\n\n".join(lines)


def _sentence(text: str) -> str:
    clean = inline(text, _MESSAGE)
    if not text or text.rstrip().endswith((".", "!", "?", "…")):
        return clean
    return f"{clean}."


def _edit(fault: Fault, story: Story) -> str:
    depot = story.options.depot or story.config.depot
    branch = story.options.branche or story.config.branche
    anchor = f"#L{fault.ligne}" if fault.ligne else ""
    if depot:
        return f"{edit_url(depot, branch, str(fault.path))}{anchor}"
    return ""


def advice_line(fiche: Fiche, fault: Fault, times: int) -> str:
    """An advice, and how many times it is given."""
    pasted = " ".join(code(row) for row in fault.ecrire[:3])
    line = f" ({code(str(fault.path))}, ligne {fault.ligne})" * bool(fault.ligne and times == 1)
    sentence = f"*{inline(fiche.titre, 120)}*{line}{chr(0xA0)}: {_sentence(fault.message)}"
    often = f"({times} fois)" if times > 1 else ""
    texts = (sentence, often, _sentence(fault.remede), pasted, f"<sub>{fault.code}</sub>")
    return f"- {' '.join(filter(None, texts))}"


# First line of the comment of a proposal, by which it is updated.
MARKER = "<!-- portail:apercu -->"

_T = TypeVar("_T")

# Characters of a comment: GitHub takes 65,536, whatever the number of files.
LONGEST = 60_000

_TABLE = 18_000
_ERRORS = 30_000
_ADVICE = 6_000
_TRIED = 20
_CELL = 120
_FIELDS = 5
_WORDS = ("", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")


def comment(story: Story, size: int | None, waiting: Sequence[tuple[str, int]] = ()) -> str:
    """The comment under a proposal, for its author; ``size`` is that of the preview, in bytes,
    ``waiting`` what its desk asks editors to look at."""
    parts = [f"{MARKER}\n### {verdict(story)}"]
    if not story.fiches:
        parts.append(
            "Cette proposition ne change rien sous `content/` : il n’y a ni page à relire, ni "
            "aperçu à regarder."
        )
        return "\n\n".join([*parts, *_after(story)]) + "\n"
    nothing_lost = " Rien n’est perdu : corrigez, et ce message se mettra à jour tout seul."
    parts.append(intro(story) + nothing_lost * bool(story.faulty))
    parts += _table(story.fiches)
    parts += _errors(story)
    parts += _advice(story)
    parts += _preview(story, size, waiting)
    return "\n\n".join([*parts, *_after(story)]) + "\n"


def verdict(story: Story) -> str:
    if not story.fiches:
        return "Merci ! Aucun contenu ne change"
    if not story.errors:
        looked = len(_found(story, DONE_FIRST | LOOKED))
        points = f", **{counted(looked, ('point', 'points'))} à regarder**" * bool(looked)
        return f"Merci ! Tout se lit bien{points}"
    many = story.errors
    number = _WORDS[many] if many < len(_WORDS) else str(many)
    return f"Merci ! Il reste **{number} correction{'s' * (many > 1)}** avant la relecture"


def fitted(items: Sequence[_T], write: Callable[[_T], str], room: int) -> tuple[list[str], int]:
    """Texts of ``items`` that hold in ``room`` characters, and how many others there are."""
    pieces = []
    dropped = 0
    for item in items:
        piece = write(item) if dropped < _TRIED else ""
        if piece and len(piece) + 2 <= room:
            pieces.append(piece)
            room -= len(piece) + 2
        else:
            dropped += 1
    return pieces, dropped


def _table(fiches: Sequence[Fiche]) -> Iterator[str]:
    rows, dropped = fitted(fiches, _row, _TABLE)
    yield "\n".join(["| Contenu | Changement | Quand, où | État |", "|---|---|---|---|", *rows])
    if dropped:
        yield f"… et {counted(dropped, ('autre contenu', 'autres contenus'))}."


def _row(fiche: Fiche) -> str:
    changed = change_of(fiche)
    if fiche.champs:
        more = ", …" * (len(fiche.champs) > _FIELDS)
        changed += f" : {inline(', '.join(fiche.champs[:_FIELDS]), _CELL)}{more}"
    state = state_of(fiche)
    cells = (
        f"**{inline(fiche.titre, _CELL) or '–'}**",
        changed,
        inline(", ".join(filter(None, (fiche.quand, fiche.ou))), _CELL) or "–",
        f"**{state}**" if fiche.erreurs else state,
    )
    return f"| {' | '.join(cells)} |"


def _errors(story: Story) -> Iterator[str]:
    if not story.faulty:
        return
    pieces, dropped = fitted(story.faulty, lambda fiche: error_piece(fiche, story), _ERRORS)
    yield "\n\n".join(["#### À corriger", *pieces])
    if dropped:
        more = counted(dropped, ("autre fichier est à corriger", "autres fichiers sont à corriger"))
        yield f"{more} : l’aperçu et l’onglet des fichiers les montrent."


def _advice(story: Story) -> Iterator[str]:
    codes: set[str] = set()
    for fiche in story.fiches:
        codes.update(fault.code for fault in fiche.conseils)
    free = codes - DONE_FIRST - LOOKED
    own = (
        "Un conseil, libre à vous"
        if len(_found(story, free)) == 1
        else "Des conseils, libres à vous"
    )
    for title, asked in (
        ("À faire avant de publier", DONE_FIRST),
        ("À regarder, pour qui relit", LOOKED),
        (own, free),
    ):
        advice = _found(story, asked)
        lines, dropped = fitted(advice, lambda row: advice_line(*row), _ADVICE)
        if dropped:
            lines.append(f"- … et {counted(dropped, ('autre', 'autres'))}.")
        if advice:
            yield "\n".join([f"#### {title}", "", *lines])


def _found(story: Story, codes: Set[str]) -> list[tuple[Fiche, Fault, int]]:
    # Advice of these codes, with its number: what is free is said once, whoever it is for.
    by_remedy: dict[object, list[tuple[Fiche, Fault]]] = defaultdict(list)
    for fiche in story.fiches:
        for fault in fiche.conseils:
            if fault.code in codes:
                key = fault if fault.code in DONE_FIRST | LOOKED else fault.remede
                by_remedy[fault.code, key].append((fiche, fault))
    return [(*pairs[0], len(pairs)) for pairs in by_remedy.values()]


def _preview(story: Story, size: int | None, waiting: Sequence[tuple[str, int]]) -> Iterator[str]:
    place = story.options.execution
    if size is None or not place:
        return
    weight = f"{max(round(size / 1000), 1)} kB" if size < 1_000_000 else f"{size / 1e6:.1f} MB"
    yield (
        "#### Voir l’aperçu\n\n"
        f"{link('Télécharger l’aperçu', place)} (un fichier, {weight.replace('.', ',')}) : "
        "ouvrez-le d’un double clic. On y voit chaque page, sa ligne d’agenda et sa place dans la "
        "lettre."
    )
    if waiting:
        points = ", ".join(f"{small(title)} ({number})" for title, number in waiting)
        yield f"Pour la rédaction, au bas de l’aperçu, ce qui attend sur le portail : {points}."


def _after(story: Story) -> Iterator[str]:
    delay = story.config.contribuer.delai
    yield (
        f"**Et après ?** Une personne de la rédaction relit sous {inline(delay)}. Une question : "
        "répondez ici, en français, comme vous parlez."
    )
    how = ""
    if story.contribute and story.config.siteurl:
        how = f" · {link('Comment ça marche', story.config.absolute(story.contribute))}"
    yield f"<sub>Message automatique, mis à jour à chaque modification · {story.jour}{how}</sub>"
