"""The terms of a controlled list, as a file of ``data/`` writes them, and those of an instance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from portail.diagnostics import DataError
from portail.resources import UniqueKeys, readable
from portail.text.normalise import fold
from portail.text.suggest import nearest

_CODE = re.compile(r"[A-Za-z0-9]+([.+-][A-Za-z0-9]+)*")
_KEYS = frozenset({"valeurs", "retire"})


@dataclass(frozen=True, slots=True)
class Term:
    """One value of a list; ``extra`` holds what only that list has (``schema``, ``teinte``…)."""

    code: str
    label: str
    pluriel: str
    alias: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """All that the term may be called."""
        code = self.code
        return (code, code.replace("-", " "), self.label, self.pluriel, *self.alias)


@dataclass(frozen=True, slots=True)
class TermsFile:
    """What a file says of its list, each with its line."""

    path: Path
    terms: tuple[tuple[int, Term], ...]
    retired: tuple[tuple[int, str], ...] = ()


def read_terms(path: Path) -> TermsFile:
    """The terms of a file of ``data/``: ``valeurs`` and, in that of an instance, ``retire``.

    Raises ``DataError`` with the file, the line, what is wrong there and what to write.
    """
    name = f"data/{path.name}"
    try:
        tree, value = _parsed(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(f"{name} : ce fichier ne se lit pas en UTF-8.") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DataError(f"{name}:{line} : ce n’est pas du YAML ({error.problem}).") from error
    if not isinstance(value, dict) or not value.keys() & _KEYS:
        raise DataError(f"{name}:1 : ce n’est pas une liste : écrivez « valeurs: » et ses termes.")
    nodes = {key.value: node for key, node in tree.value}
    found: dict[str, list[tuple[int, Any]]] = {}
    for key in _KEYS & value.keys():
        rows, node = value[key], nodes[key]
        if not isinstance(rows, list):
            line = node.start_mark.line + 1
            raise DataError(f"{name}:{line} : « {key} » attend une liste, un tiret par ligne.")
        found[key] = [
            (one.start_mark.line + 1, row) for one, row in zip(node.value, rows, strict=True)
        ]
    terms = [(line, _term(row, f"{name}:{line}")) for line, row in found.get("valeurs", ())]
    retired = [(line, str(code)) for line, code in found.get("retire", ())]
    return TermsFile(path, tuple(terms), tuple(retired))


@lru_cache(64)
def _parsed(text: str) -> tuple[Any, Any]:
    """The nodes and the value of a file, parsed once for all who read it."""
    loader = UniqueKeys(readable(text))
    tree = loader.get_single_node()
    return tree, loader.construct_document(tree) if tree else None


def _term(row: Any, place: str) -> Term:
    if not isinstance(row, dict) or row.get("code") is None or not row.get("label"):
        raise DataError(
            f"{place} : un terme a un code et un label : « - {{code: fablab, label: Fablab}} »."
        )
    row = dict(row)
    code, label, alias = str(row.pop("code")), str(row.pop("label")), row.pop("alias", None) or ()
    if not _CODE.fullmatch(code):
        raise DataError(
            f"{place} : « {code} » ne peut pas être un code : des lettres sans accent, des "
            "chiffres, des traits d’union."
        )
    if not isinstance(alias, list | tuple):
        raise DataError(f"{place} : « alias » attend une liste : alias: [{alias}].")
    plural = str(row.pop("pluriel", None) or label)
    return Term(code, label, plural, tuple(map(str, alias)), row)


def extend(known: dict[str, Term], file: TermsFile) -> None:
    """Add the terms of a file to those ``known`` by their codes, and take away those it retires.

    Raises ``DataError`` for a code that stands twice or that nothing knows, and for a word that
    would name two terms, of which contents would get the first.
    """
    for message in _faults(known, file):
        raise DataError(f"data/{file.path.name}:{message}")
    for _, code in file.retired:
        del known[code]
    known.update({term.code: term for _, term in file.terms})


def _faults(known: Mapping[str, Term], file: TermsFile) -> Iterator[str]:
    seen: set[str] = set()
    for line, code in (*((line, term.code) for line, term in file.terms), *file.retired):
        if code in seen:
            yield f"{line} : « {code} » est écrit deux fois."
        seen.add(code)
    for line, code in file.retired:
        if code not in known:
            near = nearest(code, tuple(known), limit=1)
            hint = f" Vouliez-vous dire « {near[0]} » ?" if near else ""
            yield f"{line} : « {code} » n’est pas dans la liste, rien à retirer.{hint}"
    # Words of what the file replaces or retires are free again.
    kept = [term for code, term in known.items() if code not in seen]
    named = {fold(name): term.code for term in kept for name in term.names} if kept else {}
    for line, term in file.terms:
        for name in term.names:
            other = named.setdefault(fold(name), term.code)
            if other != term.code:
                yield (
                    f"{line} : « {name} » désigne déjà « {other} » : changez l’un des deux, ou "
                    f"retirez l’autre (retire: [{other}])."
                )
