"""Controlled lists of ``data/*.yml``: codes, French labels, aliases, standard terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

import yaml

from portail.diagnostics import DataError
from portail.files import files_in
from portail.model.terms import Term, extend, read_terms
from portail.resources import Folder, folders_of, readable
from portail.text.normalise import fold
from portail.text.suggest import Synonyms, nearest
from portail.text.typography import capital

SYNONYMS_FILE = "synonymes.yml"
_NO_LISTS = {SYNONYMS_FILE, "vacances.yml"}
"""The other files in YAML; ``agenda.holidays`` reads the second."""


class Vocabulary(Mapping[str, Term]):
    """One controlled list, in the order of its file."""

    def __init__(self, name: str, terms: tuple[Term, ...]) -> None:
        self.name = name
        self._terms = {term.code: term for term in terms}

    def __getitem__(self, code: str) -> Term:
        return self._terms[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._terms)

    def __len__(self) -> int:
        return len(self._terms)

    @cached_property
    def _by_alias(self) -> dict[str, Term]:
        known: dict[str, Term] = {}
        for term in self._terms.values():
            for name in term.names:
                known.setdefault(fold(name), term)
        return known

    def find(self, text: str) -> Term | None:
        """The term that ``text`` names by its code, label, plural or an alias."""
        return self._terms.get(text) or self._by_alias.get(fold(text))

    def begins(self, text: str) -> Term | None:
        """The term that the first words of ``text`` name: « les associations de la région »."""
        words = [word.strip(",.;:") for word in fold(text).removeprefix("les ").split()]
        starts = (" ".join(words[:count]) for count in range(len(words), 0, -1))
        return next(filter(None, map(self.find, starts)), None)

    def nearest(self, text: str) -> tuple[str, ...]:
        """Codes close to ``text``, best first."""
        names = nearest(fold(text), tuple(self._by_alias))
        return tuple(dict.fromkeys(self._by_alias[name].code for name in names))


class Vocabularies(Mapping[str, Vocabulary]):
    """All lists, by the name of their file without ``.yml``; the ``synonymes`` of the search."""

    def __init__(self, lists: Mapping[str, Vocabulary], synonymes: Synonyms | None = None) -> None:
        self._lists = dict(lists)
        self.synonymes = synonymes or Synonyms()

    __hash__ = object.__hash__  # what follows from lists that were read is kept beside them

    def __getitem__(self, name: str) -> Vocabulary:
        return self._lists[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lists)

    def __len__(self) -> int:
        return len(self._lists)

    def label(self, name: str, code: str | None, *, plural: bool = False) -> str:
        """French label of a code, or the code itself when the list lacks it."""
        term = self[name].get(code or "")
        if term is None:
            return code or ""
        return term.pluriel if plural else term.label

    def detail(self, name: str, code: str | None, key: str, default: str = "") -> str:
        """What a list alone says of its codes, under ``key``; ``default`` for nothing."""
        term = self[name].get(code or "")
        return str(term.extra.get(key, default)) if term else default

    def labels(self, name: str, codes: Iterable[str]) -> str:
        """Labels of several codes, separated by commas, with a capital."""
        return capital(", ".join(self.label(name, code) for code in codes))

    @classmethod
    def load(cls, *folders: Folder) -> Vocabularies:
        """Read every ``*.yml`` of the folders that exist; a later one adds terms to the lists of an
        earlier one, replaces those of the same code, and hides those that it retires.

        Raises ``DataError`` naming the file, and the line of what is no list of terms, no list of
        synonyms, or contradicts an earlier folder.
        """
        lists: dict[str, dict[str, Term]] = {}
        groups: list[list[str]] = []
        wider: dict[str, list[str]] = {}
        layers = [one for folder in folders for one in folders_of(folder)]
        for rank, folder in enumerate(layers):
            for path in files_in(folder, ".yml"):
                if path.name == SYNONYMS_FILE:
                    same, held = _synonyms(path)
                    groups, wider = groups + same, wider | held
                if path.name in _NO_LISTS:
                    continue
                if rank:
                    _known_list(path, lists)
                extend(lists.setdefault(path.stem, {}), read_terms(path))
        known = {name: Vocabulary(name, tuple(terms.values())) for name, terms in lists.items()}
        return cls(known, Synonyms(groups, wider))


def _known_list(path: Path, lists: Iterable[str]) -> None:
    """Raise ``DataError`` for a file whose name is nearly that of a list: it would add nothing."""
    if path.stem not in lists and (near := nearest(path.stem, tuple(lists), limit=1)):
        raise DataError(
            f"data/{path.name} : aucune liste n’a ce nom. Vouliez-vous dire « {near[0]}.yml » ?"
        )


def _synonyms(path: Path) -> tuple[list[list[str]], dict[str, list[str]]]:
    """Groups of one meaning; words and those that they hold."""
    try:
        text = readable(path.read_text(encoding="utf-8"))
        told = yaml.load(text, Loader=yaml.CSafeLoader)
        groups = [[str(word) for word in row] for row in told["synonymes"]]
        wider = {str(word): [*map(str, held)] for word, held in told.get("comprend", {}).items()}
        if any(isinstance(row, str) for row in told["synonymes"]):
            raise TypeError("each line is a list of words: [expo, exposition]")
        if len(members := Synonyms(groups, wider).groups()) < len(groups):
            raise ValueError(f"{len(groups) - len(members)} words stand in two groups")
    except (OSError, KeyError, TypeError, AttributeError, ValueError, yaml.YAMLError) as error:
        raise DataError(f"{path}: not a list of synonyms ({error})") from error
    return groups, wider
