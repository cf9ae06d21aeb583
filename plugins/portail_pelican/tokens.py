"""The palette of the theme, read from its style sheet for what cannot see the page's.

An SVG file shown by ``<img>`` or as a background has no access to the custom properties of the
page: it must hold both schemes itself. ``css/tokens.css`` stays the only place of a colour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from portail.errors import PlanError

__all__ = ["TOKENS", "Couleurs", "Jeton", "Tokens"]

TOKENS = "css/tokens.css"
"""The sheet of tokens, below ``static/`` of a theme."""

_DARK = ':root[data-theme="sombre"]'
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PIECE = re.compile(r"([^{};]*)([{};])")
_VAR = re.compile(r"var\(\s*(--[\w-]+)\s*\)")


@dataclass(frozen=True, slots=True)
class Jeton:
    """A custom property as it is written in the light and in the dark scheme."""

    clair: str
    sombre: str


@dataclass(frozen=True, slots=True)
class Couleurs:
    """Colours of a theme: ``t`` writes and draws, ``fond`` is its tint."""

    t: Jeton
    fond: Jeton


class Tokens:
    """The tokens of one theme folder, read when the first is asked for."""

    def __init__(self, theme: Path) -> None:
        self._path = theme / "static" / TOKENS
        self._themes: dict[str, Couleurs] = {}

    def jeton(self, nom: str) -> Jeton:
        """The property ``--nom``. Raises ``PlanError`` when the sheet does not declare it."""
        return self._pair(f"--{nom}", "")

    def couleurs(self, theme: str = "") -> Couleurs:
        """Colours of a theme by its code; ``""`` is for what has none. Raises ``PlanError``."""
        if theme not in self._themes:
            pairs = (self._pair(name, theme) for name in ("--t", "--t-fond"))
            self._themes[theme] = Couleurs(*pairs)
        return self._themes[theme]

    def _pair(self, name: str, theme: str) -> Jeton:
        return Jeton(*(self._value(name, theme, dark, ()) for dark in (False, True)))

    def _value(self, name: str, theme: str, dark: bool, seen: tuple[str, ...]) -> str:
        """What ``name`` is worth inside an element of class ``t-<theme>``, ``var()`` replaced."""
        own = self._rules.get(f".t-{theme}", {})
        if theme and not own:
            raise PlanError(f"La feuille {TOKENS} ne déclare pas la classe .t-{theme}.")
        layers = (own, self._rules.get(_DARK, {}) if dark else {}, self._rules.get(":root", {}))
        value = next((layer[name] for layer in layers if name in layer), None)
        if value is None or name in seen:
            raise PlanError(f"La feuille {TOKENS} ne déclare pas {name}.")
        return _VAR.sub(lambda m: self._value(m[1], theme, dark, (*seen, name)), value)

    @cached_property
    def _rules(self) -> Mapping[str, Mapping[str, str]]:
        """Custom properties by selector; those of print, for no screen, are left out."""
        try:
            css = self._path.read_text(encoding="utf-8")
        except OSError as error:
            raise PlanError(f"Le fichier {TOKENS} manque dans {self._path.parents[1]}.") from error
        found: dict[str, dict[str, str]] = {}
        for media, selector, declaration in _declarations(css):
            name, colon, value = declaration.partition(":")
            if colon and name.startswith("--") and "print" not in media:
                for one in selector.split(","):
                    found.setdefault(one.strip(), {})[name.strip()] = value.strip()
        return found


def _declarations(css: str) -> Iterator[tuple[str, str, str]]:
    """(at-rules around, selector, declaration) for each declaration of a sheet."""
    nested: list[str] = []
    for text, mark in _PIECE.findall(_COMMENT.sub("", css)):
        piece = text.strip()
        if mark == "{":
            nested.append(piece)
            continue
        if nested and piece:
            yield " ".join(nested[:-1]), nested[-1], piece
        if mark == "}" and nested:
            nested.pop()
