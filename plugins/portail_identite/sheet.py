"""The sheet of tokens of a theme: its custom properties, and what gives them other values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from portail.text.styles import declarations

# Selector of the light scheme.
LIGHT = ":root"
# Selector of the dark scheme, which is written a second time for the reader's system.
DARK = ':root[data-theme="sombre"]'
_SYSTEM = ':root:not([data-theme="clair"])'


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
    for around, text, start in declarations(css):
        name, _, value = text.partition(":")
        if name.strip().startswith("--"):
            begin = start + len(text) - len(value.lstrip())
            shown = value.strip()
            media = " ".join(around[:-1])
            yield Property(
                media, around[-1], name.strip(), value=shown, start=begin, end=begin + len(shown)
            )


def rules(css: str) -> Mapping[str, Mapping[str, str]]:
    """Custom properties by selector; those of print, for no screen, are left out."""
    by_selector: dict[str, dict[str, str]] = {}
    for prop in properties(css):
        if "print" not in prop.media:
            for part in prop.selector.split(","):
                by_selector.setdefault(part.strip(), {})[prop.name] = prop.value
    return by_selector


def schemes(css: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Tokens by name, without their hyphens, in the light and in the dark scheme."""
    by_selector = rules(css)
    light = {name[2:]: value for name, value in by_selector.get(LIGHT, {}).items()}
    return light, light | {name[2:]: value for name, value in by_selector.get(DARK, {}).items()}


def overlay(css: str, light: Mapping[str, str], dark: Mapping[str, str]) -> str:
    """What, after a sheet, gives tokens other values in each scheme; on paper they stay those that
    the sheet has for it."""
    printed = {
        prop.name[2:]: prop.value
        for prop in properties(css)
        if "print" in prop.media and prop.selector == LIGHT
    }
    paper = {name: value for name, value in printed.items() if name in light}
    # In the dark, what the sheet says for it stands: the light scheme’s own would win elsewhere.
    dark_rules = rules(css).get(DARK, {})
    _, before = schemes(css)
    moved = {
        name: before[name] for name in light if name in before and f"--{name}" not in dark_rules
    }
    night = moved | dict(dark)
    blocks = (
        ("", LIGHT, light, ""),
        ("@media screen and (prefers-color-scheme: dark) { ", _SYSTEM, night, " }"),
        ("@media screen { ", DARK, night, " }"),
        ("@media print { ", LIGHT, paper, " }"),
    )
    written = []
    for start, selector, declared, end in blocks:
        if declared:
            text = " ".join(f"--{name}: {value};" for name, value in declared.items())
            written.append(f"{start}{selector} {{ {text} }}{end}\n")
    return "".join(written)
