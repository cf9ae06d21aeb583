"""What is said of a text elsewhere than in it: by its folder, or by the settings of its site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase

from portail.features.intake.importer.sites.headers import Header, Value
from portail.features.intake.importer.sites.settings import mapping, word

_SIMPLE = re.compile(r"\^?((?:[\w/ -]|\\[./_-]|\.[*+])*)(\$?)")
"""Expressions whose only signs are those of any letters: others could run for minutes."""


def settled(header: Header, *groups: Mapping[str, Value]) -> Header:
    """``header`` with what it does not say itself, the first of ``groups`` that says it holding."""
    values = dict(header.values)
    for group in groups:
        for key, value in group.items():
            values.setdefault(key, value)
    return Header(values, header.body)


def covers(pattern: str, path: str) -> bool:
    """Whether ``pattern`` names ``path`` or what begins it; its « * » stand for any signs.

    >>> covers("prive", "prive/a.md"), covers("*/notes/", "b/notes/a.md"), covers("b", "a/b")
    (True, True, False)
    """
    return fnmatchcase(path, f"{pattern}*")


def is_within(path: str, folder: str) -> bool:
    """Whether ``path`` is under ``folder``, or is it; "" is the folder of all.

    >>> is_within("prive/a.md", "prive"), is_within("privees/a.md", "prive")
    (True, False)
    """
    return not folder or f"{path}/".startswith(f"{folder}/")


def expression(pattern: str) -> str | None:
    """A simple regular expression as a pattern of ``fnmatchcase``; ``None`` for one that is not.

    >>> expression(r"\\.Rmd$"), expression("^content/prive/.*"), expression("(a+)+")
    ('*.Rmd', '*content/prive/**', None)
    """
    match = _SIMPLE.fullmatch(pattern)
    if match is None:
        return None
    glob = re.sub(r"\\(.)|\.[*+]", lambda sign: sign[1] or "*", match[1])
    return f"*{glob}" if match[2] else f"*{glob}*"


def cascaded(cascade: object, path: str) -> Iterator[Mapping[str, Value]]:
    """What a ``cascade`` of Hugo gives to the page at the logical ``path``: all that it holds, or
    what its groups hold whose target is that page."""
    for group in cascade if isinstance(cascade, list) else [cascade]:
        values = dict(mapping(group))
        target = mapping(values.pop("_target", None) or values.pop("target", None))
        place = word(target.get("path"))
        # A pattern with choices, « {/a,/a/**} », is taken for one that may name any page.
        is_there = not place or "{" in place or fnmatchcase(path, place.lower())
        if is_there and "page" in (word(target.get("kind")) or "page"):
            yield values
