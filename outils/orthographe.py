"""Spelling of the contents, as advice: words that hunspell's French does not know, and doubles.

Usage: ``orthographe.py [--liste] [FILE…]``: the Markdown files of ``content/`` by default. One
finding a line, ``fichier:ligne:colonne mot → propositions``; a name or an acronym that is right
goes into ``outils/mots.txt``. ``--liste`` prints only the unknown words, each once, ready to be
sorted into that file. It advises and never blocks. Exit codes: 0 even with findings, 2 no
dictionary.

Titles, summaries, notes and bodies are read as plain text: addresses, code, slugs and codes of
vocabularies are not words.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
CONTENT = ROOT / "content"
KNOWN = Path(__file__).with_name("mots.txt")
COMMAND = ("hunspell", "-a", "-d", "fr_FR", "-i", "utf-8")
MISSING = (
    "Le dictionnaire français de hunspell manque.\n  sudo apt-get install hunspell hunspell-fr"
)
PROPOSALS = 3

# Keys whose values are slugs, codes, addresses or formats: nothing there is prose.
CODES = frozenset(
    """accessibilite anciennes_urls avancement categorie code communautes commune contrat courriel
    doi dossiers edition_precedente en_ligne envergure equipement etat evenement_parent
    fichier format genre ids_externes langue langues_parlees licence lieu membre_de niveaux
    offre orcid proprietaire publics ref regime reseaux_sociaux roles rrule site statut
    telephone temps_fort territoires themes type url""".split()
)
# Under these, slugs and words: a slug is not read.
WHO = frozenset(
    """affiliation animateurs auteurs auteurs_ressource elements emprunteur epingles exclus membres
    ordre organisateur organisateurs organisme partenaires porteur porteurs relu_par""".split()
)
SLUG = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*")
WORD = re.compile(r"(?<![\w@.])[^\W\d_](?:[\w’'·-]*\w)?(?![\w@])")
ELISION = re.compile(r"(?i)^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu)['’]")
ROMAN = re.compile(r"[IVXLC]+(?:e|er|re)?")
TWICE = frozenset({"nous", "vous"})  # « nous nous », « vous vous » are French

# What a body holds beside its text; each match is blanked, so that columns stay right.
FENCE = re.compile(r"^(`{3,}|~{3,})")
NOT_TEXT = tuple(
    re.compile(pattern)
    for pattern in (
        r"`[^`]*`",  # code
        r"<[^>]*>",  # an address or a comment
        r"^\*\[[^\]]*\]:",  # the acronym of an abbreviation
        r"^\[\^?[^\]]*\]:\s*\S*",  # the target of a reference
        r"\[\^[^\]]*\]",  # a call to a note
        r"(?<=\])\([^)\s]*",  # where a link goes; its title stays
        r"\bhttps?://\S+",
        r"\[!\w+\]",  # the kind of an encadré
        r"\{[^}]*\}",
    )
)

Spell = Callable[[Iterable[str]], Mapping[str, tuple[str, ...]]]
"""Given words, those that are not known, each with what it may have meant."""


@dataclass(frozen=True, order=True)
class Place:
    """Where a word is: file, line and column from 1."""

    path: Path
    line: int
    column: int

    def __str__(self) -> str:
        path = self.path.relative_to(ROOT) if self.path.is_relative_to(ROOT) else self.path
        return f"{path.as_posix()}:{self.line}:{self.column}"


class NoDictionary(RuntimeError):
    """hunspell or its French dictionary is not there."""


def main(arguments: list[str]) -> int:
    """Print what may be misspelt."""
    names = [Path(name).resolve() for name in arguments if not name.startswith("-")]
    paths = names or sorted(CONTENT.rglob("*.md"))
    uses: dict[str, list[Place]] = defaultdict(list)
    doubles: list[tuple[Place, str]] = []
    for path in paths:
        for line, text in lines(path.read_text(encoding="utf-8-sig")):
            for column, word, twice in words(text):
                place = Place(path, line, column)
                uses[word].append(place)
                if twice:
                    doubles.append((place, word))
    try:
        unknown = misspelt(uses, hunspell, known_words())
    except NoDictionary:
        sys.stderr.write(f"{MISSING}\n")
        return 2
    if "--liste" in arguments:
        print("\n".join(sorted(unknown, key=lambda word: (word.lower(), word))))
        return 0
    report(uses, unknown, doubles, len(paths))
    return 0


def report(
    uses: Mapping[str, list[Place]],
    unknown: Mapping[str, tuple[str, ...]],
    doubles: list[tuple[Place, str]],
    count: int,
) -> None:
    """One line a finding, in the order of the files, then their number."""
    rows = [(place, advice(word, unknown[word])) for word in unknown for place in uses[word]]
    rows += [(place, f"« {word} » est écrit deux fois de suite") for place, word in doubles]
    for place, text in sorted(rows):
        print(f"{place} {text}")
    print(f"{len(unknown)} mot(s) inconnu(s), {len(doubles)} doublon(s), {count} fichier(s) lu(s).")


def advice(word: str, proposals: tuple[str, ...]) -> str:
    """``bibiothèque → bibliothèque ?``, or the word alone."""
    return f"{word} → {', '.join(proposals[:PROPOSALS])} ?" if proposals else word


def known_words(path: Path = KNOWN) -> frozenset[str]:
    """The words of the project's list; ``#`` starts a comment."""
    text = path.read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if (word := line.split("#")[0].strip()))


def misspelt(
    words: Iterable[str], spell: Spell, dictionary: frozenset[str]
) -> dict[str, tuple[str, ...]]:
    """Words neither French nor of the list, with proposals.

    A compound is known when all its parts are: « médiathèque-ludothèque ».
    """
    doubtful = spell(sorted({word for word in words if word not in dictionary}))
    parts = {word: [part for part in word.split("-") if part] for word in doubtful}
    pieces = {part for split in parts.values() if len(split) > 1 for part in split} - dictionary
    wrong = spell(sorted(pieces)) if pieces else {}
    return {
        word: proposals
        for word, proposals in doubtful.items()
        if len(parts[word]) < 2 or any(part in wrong for part in parts[word])
    }


def hunspell(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What hunspell does not know among words without spaces. Raises `NoDictionary`."""
    wanted = list(words)
    # « ^ » before a word: whatever its first character, it is not a command.
    text = "".join(f"^{word.replace('’', chr(39))}\n" for word in wanted)
    try:
        done = subprocess.run(COMMAND, input=text, capture_output=True, text=True, check=False)
    except (FileNotFoundError, PermissionError):  # PATH may name a folder that is another's
        raise NoDictionary from None
    answers = done.stdout.split("\n\n")
    if done.returncode or len(answers) < len(wanted):
        raise NoDictionary
    # The first answer follows one line about the program.
    answers[0] = answers[0].partition("\n")[2]
    unknown = {}
    for word, answer in zip(wanted, answers, strict=False):
        bad = [line for line in answer.splitlines() if line[:1] in "&#"]
        if bad:
            unknown[word] = tuple(filter(None, bad[0].partition(": ")[2].split(", ")))
    return unknown


def words(text: str) -> Iterator[tuple[int, str, bool]]:
    """(column from 1, word without its elision, whether it repeats the word just before)."""
    end, previous = 0, ""
    for match in WORD.finditer(text):
        whole = match.group()
        elided = ELISION.match(whole)
        word = whole[elided.end() :] if elided else whole
        twice = whole == previous.lower() and not text[end : match.start()].strip()
        end, previous = match.end(), whole
        if len(word) > 1 and not ROMAN.fullmatch(word):
            column = match.start() + len(whole) - len(word) + 1
            yield column, word, twice and whole not in TWICE


def lines(source: str) -> Iterator[tuple[int, str]]:
    """(line from 1, its text) of what a reader reads in a Markdown file with its front matter."""
    rows = source.splitlines()
    end = 0
    if rows and rows[0].strip() == "---":
        end = next((i for i, row in enumerate(rows[1:], 1) if row.strip() == "---"), 0)
        yield from fields(rows, end)
    fence = ""
    for number, row in enumerate(rows[end + 1 if end else 0 :], start=end + 2 if end else 1):
        opened = FENCE.match(row.lstrip())
        if opened and not fence:
            fence = opened.group()
        elif fence:
            fence = "" if row.strip().startswith(fence) else fence
        else:
            yield number, plain(row)


def plain(row: str) -> str:
    """A line of Markdown without what is not text; the rest does not move."""
    for pattern in NOT_TEXT:
        row = pattern.sub(lambda match: " " * len(match.group()), row)
    return re.sub(r"[*_~]", " ", row)  # emphasis


def fields(rows: list[str], end: int) -> Iterator[tuple[int, str]]:
    """(line, its text) of the values that are prose in the front matter ``rows[1:end]``."""
    try:
        node = yaml.compose("\n".join(rows[1:end]), Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return  # `portail check` says it
    for value in prose(node):
        first, last = value.start_mark, value.end_mark
        for line in range(first.line, last.line + (last.column > 0)):
            row = rows[line + 1]
            start = first.column if line == first.line else 0
            stop = last.column if line == last.line else len(row)
            yield line + 2, plain(" " * start + row[start:stop])


def prose(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """The scalars of a front matter that hold words."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value not in CODES:
                parts = prose(value)
                yield from parts if key.value not in WHO else filter(not_slug, parts)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from prose(value)
    elif isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:str":
        yield node


def not_slug(node: yaml.ScalarNode) -> bool:
    """Whether it is words, not the slug of a content."""
    return not SLUG.fullmatch(node.value)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
