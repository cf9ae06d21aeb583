"""Settings of the folder a command is called in, read without running ``pelicanconf.py``."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from portail.errors import ConfigError

__all__ = ["FILE", "literal_settings"]

FILE = "pelicanconf.py"
"""Name of the settings file."""

_KEPT = ("PATH", "SITEURL", "STATIC_PATHS")


def literal_settings(folder: Path) -> Mapping[str, Any]:
    """The ``PORTAIL_*`` and Pelican’s paths that the settings file of ``folder`` writes out.

    The file imports Pelican and may run anything: it is only parsed, and a value that is not
    written out (a variable, a call) is left to its default. Empty without a file. Raises
    ``ConfigError`` when it is not Python.
    """
    file = folder / FILE
    if not file.is_file():
        return {}
    try:
        tree = ast.parse(file.read_bytes(), filename=FILE)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        raise ConfigError(f"{FILE}, ligne {line} : ce n’est pas du Python valide.") from error
    except OSError as error:
        raise ConfigError(f"{FILE} ne peut pas être lu : {error.strerror}.") from error
    found: dict[str, Any] = {}
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign):
            targets = [node.target]
        for target in targets:
            if isinstance(target, ast.Name) and _is_ours(target.id) and node.value is not None:  # type: ignore[attr-defined]
                with suppress(ValueError):
                    found[target.id] = ast.literal_eval(node.value)  # type: ignore[attr-defined]
    return found


def _is_ours(name: str) -> bool:
    return name.startswith("PORTAIL_") or name in _KEPT
