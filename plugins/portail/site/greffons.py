"""What an instance adds to its portal in Python: features of its own, and the files of their code.

Who writes one imports all that is needed from ``portail.greffons``, which says what is promised.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from traceback import extract_tb

from msgspec import Struct, field

from portail.feature import Feature
from portail.late import expression


class Greffons(Struct, frozen=True):
    """Those of an instance, in the order of its settings."""

    features: tuple[Feature, ...] = ()
    # Their files, by name.
    modules: Mapping[str, Path] = field(default_factory=dict)
    # The folders and files of their code.
    folders: tuple[Path, ...] = ()
    # Digest of all that these hold.
    digest: str = ""


# What an instance has when it names none.
NO_GREFFONS = Greffons()

_loaded = NO_GREFFONS


def keep(greffons: Greffons) -> Greffons:
    global _loaded
    _loaded = greffons
    return greffons


def loaded() -> Greffons:
    return _loaded


_OURS = expression(r"portail(_[a-z]+)?(\.[a-z]\w*)+")


def is_ours(module: str) -> bool:
    """Whether what was remembered may name a module, to have it imported: one of Portail, or of a
    greffon that is loaded."""
    file = getattr(sys.modules.get(module), "__file__", None)
    return _OURS.fullmatch(module) is not None or _is_inside(file or "")


def _is_inside(file: str) -> bool:
    return any(Path(file).is_relative_to(folder) for folder in _loaded.folders)


def blamed(error: BaseException) -> str:
    """The sentence for an error that comes from the code of a greffon, with its place; ``""`` for
    any other."""
    inside = [
        (Path(frame.filename), frame.lineno)
        for frame in extract_tb(error.__traceback__)
        if _is_inside(frame.filename)
    ]
    if not inside:
        return ""
    names = {file: name for name, file in _loaded.modules.items()}
    name = next((names[file] for file, _ in reversed(inside) if file in names), "")
    who = f"Le greffon « {name} »" if name else "Un greffon"
    (file, line), text = inside[-1], f"{type(error).__name__} : {error}".rstrip(" :")
    return f"{who} a échoué ({file.name}, ligne {line}) : {text}"
