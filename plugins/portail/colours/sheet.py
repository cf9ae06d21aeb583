"""The sheet of tokens of a theme: its custom properties, and the same with other values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

LIGHT, DARK = ":root", ':root[data-theme="sombre"]'
"""Selectors of the two schemes; the dark one is written a second time for the reader's system."""
_SYSTEM = ':root:not([data-theme="clair"])'

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PIECE = re.compile(r"([^{};]*)([{};])")
_VALUE = re.compile(r"\s*(--[\w-]+)\s*:\s*(.*?)\s*", re.DOTALL)


class Property(NamedTuple):
    """A custom property where it is declared: the at-rules around it, its selector, its name, its
    value, and between which characters of the sheet the value stands."""

    media: str
    selector: str
    name: str
    value: str
    start: int
    end: int


def properties(css: str) -> Iterator[Property]:
    """The custom properties of a sheet, in order."""
    nested: list[str] = []
    blank = _COMMENT.sub(lambda found: " " * len(found[0]), css)
    for piece in _PIECE.finditer(blank):
        text, mark = piece[1].strip(), piece[2]
        if mark == "{":
            nested.append(text)
            continue
        found = _VALUE.fullmatch(piece[1])
        if nested and found:
            start = piece.start() + found.start(2)
            media, selector = " ".join(nested[:-1]), nested[-1]
            yield Property(media, selector, found[1], found[2], start, start + len(found[2]))
        if mark == "}" and nested:
            nested.pop()


def rules(css: str) -> Mapping[str, Mapping[str, str]]:
    """Custom properties by selector; those of print, for no screen, are left out."""
    found: dict[str, dict[str, str]] = {}
    for one in properties(css):
        if "print" not in one.media:
            for part in one.selector.split(","):
                found.setdefault(part.strip(), {})[one.name] = one.value
    return found


def schemes(css: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Tokens by name, without their hyphens, in the light and in the dark scheme."""
    found = rules(css)
    light = {name[2:]: value for name, value in found.get(LIGHT, {}).items()}
    return light, light | {name[2:]: value for name, value in found.get(DARK, {}).items()}


def recoloured(css: str, light: Mapping[str, str], dark: Mapping[str, str]) -> str:
    """The sheet where tokens have other values in each scheme: each where it was declared, those
    that were not at the end of the first rule of the scheme."""
    wanted = {LIGHT: light, DARK: dark, _SYSTEM: dark}
    left = {selector: dict(values) for selector, values in wanted.items()}
    last: dict[str, int] = {}
    changes: list[tuple[int, int, str]] = []
    for one in properties(css):
        if "print" in one.media or one.selector not in wanted:
            continue
        if one.name[2:] in wanted[one.selector]:
            value = wanted[one.selector][one.name[2:]]
            left[one.selector].pop(one.name[2:], None)
            changes.append((one.start, one.end, value))
        last.setdefault(one.selector, css.index("}", one.end))
    for selector, values in left.items():
        # In the dark, what is as in the light scheme needs no second word.
        added = "".join(
            f"  --{name}: {value};\n"
            for name, value in values.items()
            if selector == LIGHT or light.get(name) != value
        )
        if selector in last and added:
            changes.append((last[selector], last[selector], added))
    for start, end, text in sorted(changes, reverse=True):
        css = css[:start] + text + css[end:]
    return css
