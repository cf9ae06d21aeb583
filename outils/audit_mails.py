"""What readers of mail do with the HTML of the letter: Can I email, read from its pinned data.

Each feature that a mail uses (element, attribute, property, unit, selector, at-rule, picture) is
looked up for the last version tested of each client. « No » means that the client leaves it out:
the mail reads without it, but every one is counted, and their number may only go down.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from lxml import etree, html

from npm import ToolMissing, install, pinned

CANIEMAIL = pinned("caniemail")
WITNESS = Path(__file__).resolve().parents[1] / "tests/theme/temoins/courriel-1.html"
MOST: Mapping[str, int] = {"apple-mail": 1, "gmail": 6, "orange": 8, "outlook": 10}
"""Features that some version of each family leaves out: lower them when the mail does better."""

Features: TypeAlias = Mapping[str, Mapping[str, Mapping[str, Mapping[str, str]]]]
"""Feature → family → platform → version → what it does: ``y``, ``n``, ``a`` (in part), ``u``."""

_ELEMENTS = {f"h{level}": "html-h1-h6" for level in range(1, 7)} | {
    "ul": "html-lists", "ol": "html-lists", "li": "html-lists", "b": "", "i": "",
}  # fmt: skip
_SIDES = re.compile(r"(?:-(?:top|right|bottom|left))?(?:-(?:color|style|width))?$")
_UNIT = re.compile(r"(?<![\w#])-?\d*\.?\d+(px|em|rem|%|vw|vh|pt|ch|ex|cm|mm|in|pc)(?![\w%])")
_MADE_WRONG = "<video></video><p style='display:grid;width:1vmax;transform:none'>x</p>"


def check_mails(mails: Iterable[Path]) -> tuple[list[str], list[str]]:
    """(findings, lines of a table) for these mails and the witness. Raises ``ToolMissing``."""
    known = features()
    wrong = left_out(used(_MADE_WRONG), known)
    if not {"html-video", "css-display-grid"} <= {name for ones in wrong.values() for name in ones}:
        raise ToolMissing("caniemail finds nothing in a mail made wrong on purpose.")
    shown = {
        name
        for path in (WITNESS, *mails)
        for name in used(path.read_text(encoding="utf-8")) & known.keys()
    }
    findings, table = [], [f"{len(shown)} features: {', '.join(sorted(shown))}"]
    for family, names in left_out(shown, known).items():
        listed = "; ".join(f"{name} ({', '.join(where)})" for name, where in names.items())
        table.append(f"{family}: {len(names)} left out, at most {MOST[family]}: {listed}")
        if len(names) > MOST[family]:
            findings.append(f"courriel.html — {table[-1]}")
    return findings, table


def features() -> Features:
    """The data of Can I email. Raises ``ToolMissing``."""
    text = (install(CANIEMAIL) / "data" / "caniemail.json").read_text(encoding="utf-8")
    return {row["slug"]: row["stats"] for row in json.loads(text)["data"]}


def left_out(shown: Iterable[str], table: Features) -> dict[str, dict[str, list[str]]]:
    """Family → feature → platforms whose last version leaves it out."""
    unsupported: dict[str, dict[str, list[str]]] = {family: {} for family in MOST}
    for name in sorted(shown):
        for family in MOST:
            platforms = table.get(name, {}).get(family, {})
            no = [
                platform
                for platform, versions in platforms.items()
                if [*versions.values()][-1:][0].startswith("n")
            ]
            if no:
                unsupported[family][name] = sorted(no)
    return unsupported


def used(page: str) -> set[str]:
    """Names of the features that the HTML of a mail uses, as Can I email names them."""
    tree = html.document_fromstring(page)
    names = {"html-doctype"} if page[:15].lower() == "<!doctype html>" else set()
    for element in tree.iter():
        if isinstance(element, etree._Comment):
            names.add("html-comments")
        elif isinstance(element.tag, str):
            names |= set(_of_element(element))
    return names


def _of_element(element: html.HtmlElement) -> Iterator[str]:
    yield _ELEMENTS.get(element.tag, f"html-{element.tag}")
    for name, value in element.attrib.items():
        yield f"html-{name}"
        if name == "style":
            yield from _of_declarations(value)
        elif name == "href" and value.startswith("mailto:"):
            yield "html-mailto-links"
        elif name == "src":
            yield f"image-{value.rpartition('.')[2]}"
    if element.tag == "meta" and element.get("name") == "color-scheme":
        yield "html-meta-color-scheme"
    if element.tag == "style":
        yield from _of_sheet(element.text or "")


def _of_sheet(sheet: str) -> Iterator[str]:
    for rule, condition in re.findall(r"@([\w-]+)\s*\(?([\w-]*)", sheet):
        yield f"css-at-{rule}"
        yield f"css-at-{rule}-{condition}"
    for selectors, declarations in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        yield "css-selector-class" if "." in selectors else "css-selector-type"
        yield from _of_declarations(declarations)


def _of_declarations(text: str) -> Iterator[str]:
    for declaration in text.split(";"):
        name, colon, value = (part.strip().lower() for part in declaration.partition(":"))
        if not colon:
            continue
        yield f"css-{name}"
        if name.startswith(("border", "margin", "padding")):
            yield f"css-{_SIDES.sub('', name, count=1)}"
        yield f"css-{name}-{value.split(' ')[0].removesuffix('!important')}"
        if name.startswith("font-"):
            yield "css-font"
        if "!important" in value:
            yield "css-important"
        for unit in _UNIT.findall(value):
            yield f"css-unit-{'percent' if unit == '%' else unit}"
