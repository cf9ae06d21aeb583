"""What installed packages declare by name (entry points), looked up once.

Features of ours are found by the name of their distribution, « portail » or « portail-… »; those of
others once the settings of the current folder name them.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache, lru_cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

GROUP = f"{__package__}.features"
"""Entry points of this group are features of packages: ``name = "package.folder:feature"``."""
NAMES = "PORTAIL_GREFFONS"
"""The setting that names features of others."""
SETTINGS = "pelicanconf.py"
_PLUGINS = Path(__file__).resolve().parents[1]


def entry_points(*, group: str, **wanted: str) -> tuple[metadata.EntryPoint, ...]:
    """Those of a group, and of a ``name``, without those of a package of ours that was taken
    away."""
    found: metadata.EntryPoints = _every(*sys.path).select(group=group, **wanted)
    return tuple(
        entry
        for entry in found
        if not entry.module.startswith("portail_") or folder_of(entry.module)
    )


@cache
def own_features() -> tuple[metadata.EntryPoint, ...]:
    """Features that distributions of ours declare, by name. A checkout has those of its folders."""
    found: dict[str, metadata.EntryPoint] = {}
    for name, distribution in _ours(*sys.path).items():
        for entry in distribution.entry_points.select(group=GROUP):
            here = _PLUGINS.joinpath(*entry.module.split("."))
            if name != "portail" or _PLUGINS.name != "plugins" or here.is_dir():
                found.setdefault(entry.name, entry)
    return tuple(found[name] for name in sorted(found))


@cache
def named_features() -> tuple[metadata.EntryPoint, ...]:
    """Those of other distributions, in the order in which the settings name them."""
    ours = own_features()
    found = (entry for name in _named() for entry in entry_points(group=GROUP, name=name))
    return tuple(entry for entry in found if entry not in ours)


def features() -> tuple[metadata.EntryPoint, ...]:
    """Features of all packages that the process has."""
    return own_features() + named_features()


@cache
def folder_of(module: str) -> Path | None:
    """The folder of a module that is a package, which is not imported; ``None`` where it is not
    there."""
    package, *inside = module.split(".")
    found = find_spec(package)
    return Path(found.origin).parent.joinpath(*inside) if found and found.origin else None


def packages() -> tuple[Path, ...]:
    """The folders of the packages that bring features."""
    roots = dict.fromkeys(entry.module.partition(".")[0] for entry in features())
    return tuple(filter(None, map(folder_of, roots)))


def _named() -> Iterable[str]:
    # As a list that is written out: settings are read before they are run, or without.
    with suppress(OSError, SyntaxError, ValueError):
        for node in ast.parse(Path(SETTINGS).read_bytes()).body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == NAMES:
                return filter(lambda name: isinstance(name, str), ast.literal_eval(node.value))
    return ()


@lru_cache(1)
def _ours(*path: str) -> dict[str, metadata.Distribution]:
    # By name, as the folder of each is called: to read what each says of itself costs more.
    found: dict[str, metadata.Distribution] = {}
    for folder in path:
        for facts in sorted(Path(folder).glob("portail[-_.]*-info")):
            name = re.split("[-.]", facts.name)[0]
            found.setdefault(name, metadata.Distribution.at(facts))
    return found


@lru_cache(1)
def _every(*path: str) -> Any:
    """All of them: to list the packages of ``path`` costs more than to read what they declare."""
    return metadata.entry_points()
