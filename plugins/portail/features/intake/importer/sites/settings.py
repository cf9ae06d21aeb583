"""Settings of an old site, read as data: none of its code is ever run."""

from __future__ import annotations

import ast
import json
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from portail.diagnostics import Refused
from portail.features.intake.importer.sites.headers import Value, lowered, toml_values, yaml_values
from portail.features.intake.importer.sources.prose import decoded

UNREAD = object()
"""The value of a setting of ``pelicanconf.py`` that keeps texts out, when it is computed."""
SHOWN = frozenset(
    "ARTICLE_PATHS ARTICLE_EXCLUDES PAGE_PATHS PAGE_EXCLUDES IGNORE_FILES DEFAULT_METADATA "
    "EXTRA_PATH_METADATA".split()
)
"""Settings of Pelican that say which texts are published."""
_HEAVIEST = 1_000_000
_JEKYLL = ("_config.yml", "_config.yaml")
_HUGO = tuple(
    f"{folder}{name}.{suffix}"
    for folder in ("", "config/_default/")
    for name in ("hugo", "config")
    for suffix in ("toml", "yaml", "yml", "json")
)
FILES: Mapping[str, tuple[str, ...]] = {
    "pelican": ("pelicanconf.py", "publishconf.py"),
    "jekyll": _JEKYLL,
    "hugo": _HUGO,
}
"""Settings files of each generator. Pelican reads all of them, later ones overriding."""


def generator_of(folder: Path) -> str:
    """``pelican``, ``jekyll`` or ``hugo``, by the settings of ``folder``; "" for none."""
    for name, files in FILES.items():
        if any((folder / file).is_file() for file in files):
            return name
    return "jekyll" if (folder / "_posts").is_dir() else ""


def settings_of(folder: Path, generator: str) -> Mapping[str, Any]:
    """What the settings of a site write out; empty without any. Raises ``Refused``."""
    there = [folder / file for file in FILES[generator] if _is_own(folder, folder / file)]
    if generator == "pelican":
        settings: dict[str, Any] = {}
        for file in there:
            settings |= _literals(file)
        return settings
    return _values(there[0]) if there else {}


def _is_own(folder: Path, file: Path) -> bool:
    """Whether ``file`` is a file of ``folder``, and no link out of it."""
    return file.is_file() and file.resolve().is_relative_to(folder.resolve())


def _text(file: Path) -> str:
    if file.stat().st_size > _HEAVIEST:
        raise Refused(f"« {file.name} » pèse plus de {_HEAVIEST // 1_000_000} Mo.")
    return decoded(file.read_bytes(), file.name)


def _literals(file: Path) -> dict[str, Any]:
    """The settings in capitals of a ``pelicanconf.py`` that are literals: it is parsed, never run.
    Of a choice (``A if B else C``), the first branch that is one. Those of ``SHOWN`` that are
    computed are ``UNREAD``."""
    try:
        tree = ast.parse(_text(file), filename=file.name)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise Refused(f"« {file.name} » n’est pas du Python valide.") from None
    unread = Counter(node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
    settings: dict[str, Any] = {}
    for node in tree.body:
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            if isinstance(target, ast.Name) and target.id.isupper():
                is_literal, value = _literal(node.value)
                if is_literal:
                    settings[target.id] = value
                    unread[target.id] -= not isinstance(node.value, ast.IfExp)
    return settings | {name: UNREAD for name in SHOWN if unread[name]}


def _literal(node: ast.expr) -> tuple[bool, Any]:
    if isinstance(node, ast.IfExp):
        is_literal, value = _literal(node.body)
        return (is_literal, value) if is_literal else _literal(node.orelse)
    try:
        return True, ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return False, None


def _json(text: str) -> Mapping[str, Value]:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused("Les réglages ne sont pas du JSON valide.") from None
    return mapping(read)


_READERS: Mapping[str, Callable[[str], Mapping[str, Value]]] = {
    ".toml": toml_values,
    ".json": _json,
}


def _values(file: Path) -> Mapping[str, Value]:
    try:
        return _READERS.get(file.suffix, yaml_values)(_text(file))
    except Refused as refused:
        reason = str(refused).replace("L’en-tête", "Ce fichier")
        raise Refused(f"« {file.name} » : {reason}") from None


def mapping(value: object) -> Mapping[str, Any]:
    """``value`` if it is a group of settings, else an empty one; its keys in lower case."""
    return lowered(value) if isinstance(value, Mapping) else {}


def word(value: object) -> str:
    """``value`` if it is a text, else ""."""
    return value.strip() if isinstance(value, str) else ""
