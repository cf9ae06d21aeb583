"""Controlled lists of ``data/*.yml``: codes, French labels, aliases, standard terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct, field

from portail.diagnostics import DataError
from portail.files import files_in
from portail.resources import Folder, UniqueKeys, data_dir, folders_of, readable
from portail.text.normalise import fold
from portail.text.suggest import Synonyms, meant, nearest
from portail.text.typography import capital

from .kinds import OWN_LISTS

_PARTS = str.maketrans(".+", "--")
_KEYS = frozenset({"valeurs", "retire"})


class Term(Struct, frozen=True):
    """One value of a list; ``extra`` holds what only that list has (``schema``, ``teinte``…)."""

    code: str
    label: str
    pluriel: str
    alias: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        code = self.code
        return (code, code.replace("-", " "), self.label, self.pluriel, *self.alias)


class TermsFile(Struct, frozen=True):
    """What a file says of its list, each with its line."""

    path: Path
    terms: tuple[tuple[int, Term], ...]
    retired: tuple[tuple[int, str], ...] = ()


def read_terms(path: Path) -> TermsFile:
    """The terms of a file of ``data/``. Raises ``DataError`` with the file, the line and what to
    write.
    """
    name = f"data/{path.name}"
    tree, value = read_yaml(path, name)
    if not isinstance(value, dict) or not value.keys() & _KEYS:
        raise DataError(f"{name}:1 : ce n’est pas une liste : écrivez « valeurs: » et ses termes.")
    nodes = {key.value: node for key, node in tree.value}
    listed: dict[str, list[tuple[int, Any]]] = {}
    for key in _KEYS & value.keys():
        rows = value[key]
        node = nodes[key]
        if not isinstance(rows, list):
            line = node.start_mark.line + 1
            raise DataError(f"{name}:{line} : « {key} » attend une liste, un tiret par ligne.")
        listed[key] = [
            (child.start_mark.line + 1, row) for child, row in zip(node.value, rows, strict=True)
        ]
    terms = [(line, _term(row, f"{name}:{line}")) for line, row in listed.get("valeurs", ())]
    retired = [(line, str(code)) for line, code in listed.get("retire", ())]
    return TermsFile(path, tuple(terms), tuple(retired))


def read_yaml(path: Path, name: str) -> tuple[Any, Any]:
    """The nodes (``None`` for an empty file) and the value of a file in YAML, which ``DataError``
    calls by ``name``."""
    try:
        return _parsed(path.read_text(encoding="utf-8"), ours=path.is_relative_to(data_dir()))
    except (OSError, ValueError) as error:
        raise DataError(f"{name} : ce fichier ne se lit pas en UTF-8.") from error
    except yaml.MarkedYAMLError as error:
        line = 1
        if error.problem_mark:
            line = error.problem_mark.line + 1
        raise DataError(f"{name}:{line} : ce n’est pas du YAML ({error.problem}).") from error


@lru_cache(64)
def _parsed(text: str, *, ours: bool = False) -> tuple[Any, Any]:
    # The nodes and the value of a file, parsed once for all who read it; ours cannot do harm.
    loader = UniqueKeys(text if ours else readable(text))
    tree = loader.get_single_node()
    return tree, loader.construct_document(tree) if tree else None


def _term(row: Any, place: str) -> Term:
    if not isinstance(row, dict) or row.get("code") is None or not row.get("label"):
        raise DataError(
            f"{place} : un terme a un code et un label : « - {{code: fablab, label: Fablab}} »."
        )
    row = dict(row)
    code = str(row.pop("code"))
    label = str(row.pop("label"))
    alias = row.pop("alias", None) or ()
    if not (code.isascii() and all(map(str.isalnum, code.translate(_PARTS).split("-")))):
        raise DataError(
            f"{place} : « {code} » ne peut pas être un code : des lettres sans accent, des "
            "chiffres, des traits d’union."
        )
    if not isinstance(alias, list | tuple):
        raise DataError(f"{place} : « alias » attend une liste : alias: [{alias}].")
    plural = str(row.pop("pluriel", None) or label)
    return Term(code, label, plural, tuple(map(str, alias)), row)


def extend(terms: dict[str, Term], file: TermsFile) -> None:
    """Add the terms of ``file`` to ``terms`` (by code), and remove those that it retires.

    Raises ``DataError`` for a code that stands twice, or for a word that would name two terms.
    """
    for message in _faults(terms, file):
        raise DataError(f"data/{file.path.name}:{message}")
    for _, code in file.retired:
        del terms[code]
    terms.update({term.code: term for _, term in file.terms})


def _faults(terms: Mapping[str, Term], file: TermsFile) -> Iterator[str]:
    codes = set()
    for line, code in (*((line, term.code) for line, term in file.terms), *file.retired):
        if code in codes:
            yield f"{line} : « {code} » est écrit deux fois."
        codes.add(code)
    for line, code in file.retired:
        if code not in terms:
            hint = meant(code, terms)
            yield f"{line} : « {code} » n’est pas dans la liste, rien à retirer.{hint}"
    # Words of what the file replaces or retires are free again.
    remaining = [term for code, term in terms.items() if code not in codes]
    named: dict[str, str] = {}
    for term in remaining:
        named |= dict.fromkeys(map(fold, term.names), term.code)
    for line, term in file.terms:
        for name in term.names:
            owner = named.setdefault(fold(name), term.code)
            if owner != term.code:
                yield (
                    f"{line} : « {name} » désigne déjà « {owner} » : changez l’un des deux, ou "
                    f"retirez l’autre (retire: [{owner}])."
                )


SYNONYMS_FILE = "synonymes.yml"
# The other files in YAML; ``agenda.holidays`` reads the second.
_NO_LISTS = {SYNONYMS_FILE, "vacances.yml"}


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
        by_name: dict[str, Term] = {}
        for term in self._terms.values():
            for name in term.names:
                by_name.setdefault(fold(name), term)
        return by_name

    def find(self, text: str) -> Term | None:
        return self._terms.get(text) or self._by_alias.get(fold(text))

    def begins(self, text: str) -> Term | None:
        """The term that the first words of ``text`` name: « les associations de la région »."""
        words = [word.strip(",.;:") for word in fold(text).removeprefix("les ").split()]
        starts = (" ".join(words[:count]) for count in range(len(words), 0, -1))
        return next(filter(None, map(self.find, starts)), None)

    def nearest(self, text: str) -> tuple[str, ...]:
        names = nearest(fold(text), tuple(self._by_alias))
        return tuple(dict.fromkeys(self._by_alias[name].code for name in names))


class Vocabularies(Mapping[str, Vocabulary]):
    """All lists, by the name of their file without ``.yml``; the ``synonymes`` of the search."""

    def __init__(self, lists: Mapping[str, Vocabulary], synonymes: Synonyms | None = None) -> None:
        self._lists = dict(lists)
        self.synonymes = synonymes or Synonyms()

    # By identity, not by value: caches of what is derived from these lists use them as keys.
    __hash__ = object.__hash__

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
        if plural:
            return term.pluriel
        return term.label

    def detail(self, name: str, code: str | None, key: str, default: str = "") -> str:
        """What a list alone says of its codes, under ``key``; ``default`` for nothing."""
        term = self[name].get(code or "")
        if term:
            return str(term.extra.get(key, default))
        return default

    def labels(self, name: str, codes: Iterable[str]) -> str:
        return capital(", ".join(self.label(name, code) for code in codes))

    @classmethod
    def load(cls, *folders: Folder) -> Vocabularies:
        """Read every ``*.yml`` of the folders that exist; a later one adds to the lists of an
        earlier one.

        Raises ``DataError`` naming the file and the line.
        """
        lists: dict[str, dict[str, Term]] = {}
        groups: list[list[str]] = []
        wider: dict[str, list[str]] = {}
        layers = list(chain.from_iterable(map(folders_of, folders)))
        for rank, folder in enumerate(layers):
            for path in files_in(folder, ".yml"):
                if path.name == SYNONYMS_FILE:
                    same, narrower = _synonyms(path)
                    groups = groups + same
                    wider = wider | narrower
                if path.name in _NO_LISTS:
                    continue
                if rank and path.stem not in OWN_LISTS:
                    _known_list(path, lists)
                extend(lists.setdefault(path.stem, {}), read_terms(path))
        vocabularies = {
            name: Vocabulary(name, tuple(terms.values())) for name, terms in lists.items()
        }
        return cls(vocabularies, Synonyms(groups, wider))


def terms_of(name: str, data: Folder) -> Mapping[str, Term]:
    """The terms of one list of ``data``, by code, alone read. Raises ``DataError``."""
    terms: dict[str, Term] = {}
    for folder in folders_of(data):
        if (path := folder / f"{name}.yml").is_file():
            extend(terms, read_terms(path))
    return terms


def iso_of(vocabularies: Vocabularies, country: str) -> str:
    """The code of ISO 3166-1 of a country by its French name; France's for ``""``."""
    term = None
    if country:
        term = vocabularies["pays"].find(country)
    if term:
        return str(term.extra["schema"])
    return "FR"


def _known_list(path: Path, lists: Iterable[str]) -> None:
    # Raise ``DataError`` for a file whose name is nearly that of a list: it would add nothing.
    if path.stem not in lists and (near := nearest(path.stem, tuple(lists), limit=1)):
        raise DataError(
            f"data/{path.name} : aucune liste n’a ce nom. Vouliez-vous dire « {near[0]}.yml » ?"
        )


def _synonyms(path: Path) -> tuple[list[list[str]], dict[str, list[str]]]:
    try:
        _, document = _parsed(path.read_text(encoding="utf-8"))
        groups = [[str(word) for word in row] for row in document["synonymes"]]
        wider = {
            str(word): [*map(str, narrower)]
            for word, narrower in document.get("comprend", {}).items()
        }
        if any(isinstance(row, str) for row in document["synonymes"]):
            raise TypeError("each line is a list of words: [expo, exposition]")
        if len(members := Synonyms(groups, wider).groups()) < len(groups):
            raise ValueError(f"{len(groups) - len(members)} words stand in two groups")
    except (OSError, KeyError, TypeError, AttributeError, ValueError, yaml.YAMLError) as error:
        raise DataError(f"{path}: not a list of synonyms ({error})") from error
    return groups, wider
