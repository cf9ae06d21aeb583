"""The sheet of tokens of a theme: its custom properties, and what gives them other values."""

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
        text = piece[1].strip()
        mark = piece[2]
        if mark == "{":
            nested.append(text)
            continue
        found = _VALUE.fullmatch(piece[1])
        if nested and found:
            start = piece.start() + found.start(2)
            media = " ".join(nested[:-1])
            selector = nested[-1]
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


def overlay(css: str, light: Mapping[str, str], dark: Mapping[str, str]) -> str:
    """What, after a sheet, gives tokens other values in each scheme; on paper they stay those that
    the sheet has for it."""
    printed = {
        one.name[2:]: one.value
        for one in properties(css)
        if "print" in one.media and one.selector == LIGHT
    }
    paper = {name: value for name, value in printed.items() if name in light}
    # In the dark, what the sheet says for it stands: the light scheme’s own would win elsewhere.
    said, (_, before) = rules(css).get(DARK, {}), schemes(css)
    moved = {name: before[name] for name in light if name in before and f"--{name}" not in said}
    night = moved | dict(dark)
    blocks = (
        ("", LIGHT, light, ""),
        ("@media screen and (prefers-color-scheme: dark) { ", _SYSTEM, night, " }"),
        ("@media screen { ", DARK, night, " }"),
        ("@media print { ", LIGHT, paper, " }"),
    )
    written = []
    for start, selector, some, end in blocks:
        if some:
            text = " ".join(f"--{name}: {value};" for name, value in some.items())
            written.append(f"{start}{selector} {{ {text} }}{end}\n")
    return "".join(written)
