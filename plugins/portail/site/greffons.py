"""What an instance adds to its portal in Python: features of its own, and the files of their code.

Who writes one imports all that is needed from ``portail.greffons``, which says what is promised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from traceback import extract_tb
from typing import Any

from msgspec import Struct, field

from portail.feature import Facette, Fait, Feature, Output, Regle


def name_of(function: object) -> str:
    """The name of a function of a module; any other has signs that no name has."""
    return str(getattr(function, "__qualname__", "<>"))


class Greffon(Struct, frozen=True):
    """What one module adds; ``nom`` is unique in an instance. A ``sorties`` is a function of the
    ``Site`` that gives artifacts: the plan of an output.

    It is a ``Feature`` in few words: a module that brings more defines ``feature = Feature(…)``.
    """

    nom: str
    sorties: tuple[Callable[[Any], Iterable[Any]], ...] = ()
    faits: tuple[Fait, ...] = ()
    facettes: tuple[Facette, ...] = ()
    regles: tuple[Regle, ...] = ()

    @property
    def feature(self) -> Feature:
        """As the portal knows it."""
        return Feature(
            name=self.nom,
            title=self.nom,
            outputs=tuple(Output(f"greffon {name_of(plan)}", plan) for plan in self.sorties),
            facts=self.faits,
            facets=self.facettes,
            rules=self.regles,
        )


class Greffons(Struct, frozen=True):
    """Those of an instance, in the order of its settings."""

    features: tuple[Feature, ...] = ()
    modules: Mapping[str, Path] = field(default_factory=dict)
    """Their files, by name."""
    dossiers: tuple[Path, ...] = ()
    """The folders and files of their code."""
    empreinte: str = ""
    """Digest of all that these hold."""


AUCUN = Greffons()
"""What an instance has when it names none."""

_loaded = AUCUN


def keep(some: Greffons) -> Greffons:
    """Remember the greffons of this process, for ``blamed``."""
    global _loaded
    _loaded = some
    return some


def loaded() -> Greffons:
    """The greffons of this process."""
    return _loaded


def blamed(error: BaseException) -> str:
    """The sentence for an error that comes from the code of a greffon, with its place; ``""`` for
    any other."""
    inside = [
        (Path(frame.filename), frame.lineno)
        for frame in extract_tb(error.__traceback__)
        if any(Path(frame.filename).is_relative_to(folder) for folder in _loaded.dossiers)
    ]
    if not inside:
        return ""
    names = {file: nom for nom, file in _loaded.modules.items()}
    nom = next((names[file] for file, _ in reversed(inside) if file in names), "")
    who = f"Le greffon « {nom} »" if nom else "Un greffon"
    (file, line), text = inside[-1], f"{type(error).__name__} : {error}".rstrip(" :")
    return f"{who} a échoué ({file.name}, ligne {line}) : {text}"
