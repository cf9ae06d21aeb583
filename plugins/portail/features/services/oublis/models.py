"""Values that were left as examples give them: in the fields of a content, in the settings (A154).

What tells them is in the examples themselves: names and numbers that are nobody’s, and sentences
that nobody else would write. A day, a number, a word of a list may be true: they are not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from portail.body.document import Document, cleaned
from portail.body.markdown import outline
from portail.codes import diagnostic
from portail.config import SiteConfig
from portail.diagnostics import Diagnostic
from portail.features.services.schemas.examples import examples
from portail.features.services.schemas.fields import example_of, fields_of, group_of
from portail.late import expression
from portail.model.entry import Entry
from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail.settings import place_of
from portail.source.document import Node, Parts

from .leftovers import Span, foreign_syntax, may_be_foreign

if TYPE_CHECKING:
    from portail.feature import Checked


_SHOWN = 40
_CODE = expression(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")


def check_foreign(parts: Parts, path: PurePosixPath) -> Sequence[Diagnostic]:
    """The first of each sort in a body, outside code, and how many others there are."""
    text = cleaned(parts.body)
    if not may_be_foreign(text):
        return ()
    document = Document(path, text, parts.body_line)
    by_name: dict[str, list[Span]] = {}
    spans = [*foreign_syntax(document.text)]
    if spans:
        for span in _outside_code(document, spans):
            by_name.setdefault(span.pattern.nom, []).append(span)
    for name, spans in by_name.items():
        first = min(spans)
        written = document.text[first.start : first.end].strip()
        document.report(
            "C337",
            document.place(first.start),
            first.end - first.start,
            valeur=written if len(written) <= _SHOWN else f"{written[: _SHOWN - 1]}…",
            nature=name,
            autres=_others(len(spans) - 1),
            remede=first.pattern.remede,
        )
    return document.diagnostics


def _others(count: int) -> str:
    if not count:
        return ""
    return f" (et {count} autre{'s' if count > 1 else ''})"


def _outside_code(document: Document, spans: list[Span]) -> list[Span]:
    code = outline(document.text, document.first_line).code
    inside = []
    for span in spans:
        place = document.place(span.start)
        row = document.lines[place.line - document.first_line]
        at = place.column - 1
        coded = any(match.start() <= at < match.end() for match in _CODE.finditer(row))
        if place.line not in code and not coded:
            inside.append(span)
    return inside


# RFC 2606 and 6761, and what Arcep keeps for works of fiction (plan national de numérotation,
# 2.5.12).
_NOBODYS = expression(
    r"[@/0](?:(?:(?<=@)|(?<=/)/)(?:[\w-]+\.)*(?:example\.(?:com|net|org)|\w+\.(?:example|invalid|test))"
    r"(?![\w.-]*\w)|(?<=\b0)(?:1.?99.?00|2.?61.?91|3.?53.?01|4.?65.?71|5.?36.?49|6.?39.?98)(?:.?\d\d){2}\b)"
)
# What an example must be, for the same words elsewhere to be a copy of it.
_PROSE = expression(r"[A-ZÀ-Ý]\S*(?: \S+){4}|(?=.*[Ee]xemple).* ")
# Settings that hold an identifier of the portal: one of nobody is as good, and stays.
_OWN = frozenset({"etiquette"})


def is_nobodys(text: str) -> bool:
    """Whether an address or a telephone number of ``text`` is kept for examples.

    >>> is_nobodys("contact@example.org"), is_nobodys("01 99 00 12 34")
    (True, True)
    >>> is_nobodys("https://example.org.fr/"), is_nobodys("03 22 80 12 34")
    (False, False)
    """
    return _NOBODYS.search(text) is not None


def check_examples(
    root: Node | None, path: PurePosixPath, entry: Entry | None
) -> Iterator[Diagnostic]:
    """The values of a front matter that are still those of an example; none of a content that says
    to be one."""
    if root is None or entry is None or entry.exemple:
        return
    known = _known(entry.kind)
    for keys, node in _scalars(root):
        text = str(node.value).strip()
        if is_nobodys(text) or text in known.get(keys, ()):
            yield diagnostic("A154", node.position(path), valeur=text)


def check_settings(config: SiteConfig, root: Path) -> Iterator[Diagnostic]:
    """The settings of the portal in ``root`` that are still those of an example."""
    kept = {field.name: getattr(config, field.name) for field in fields(config)}
    added = kept.pop("added")
    for (name, *keys), text in _texts({**kept, **added}):
        if name not in _OWN and is_nobodys(text):
            setting = name.upper() if name == "siteurl" else f"PORTAIL_{name.upper()}"
            yield diagnostic("A154", place_of(root, setting, *keys), valeur=text)


@cache
def _known(kind: Kind) -> Mapping[tuple[str, ...], set[str]]:
    known: dict[tuple[str, ...], set[str]] = {}
    example = examples().get(kind)  # a kind of a stranger may have none
    for keys, text in (*_of_model(MODELS[kind]), *_texts(example.champs if example else {})):
        if _PROSE.match(text):
            known.setdefault(keys, set()).add(text)
    return known


def _of_model(model: type[BaseModel]) -> Iterator[tuple[tuple[str, ...], str]]:
    for name, info in fields_of(model):
        yield from _texts({name: example_of(name, info, None)})
        if group := group_of(info):
            yield from (((name, *keys), text) for keys, text in _of_model(group))


def _texts(value: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, str):
        yield (), value
    elif is_dataclass(value):
        yield from _texts({field.name: getattr(value, field.name) for field in fields(value)})
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from (((str(key), *keys), text) for keys, text in _texts(inner))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _scalars(node: Node) -> Iterator[tuple[tuple[str, ...], Node]]:
    if isinstance(node.value, str):
        yield (), node
    elif isinstance(node.value, list):
        for inner in node.value:
            yield from _scalars(inner)
    else:
        for key, inner in node.value.items():
            yield from (((key, *keys), scalar) for keys, scalar in _scalars(inner))


def judge_project(read: Checked) -> Iterable[Diagnostic]:
    # A day that is set is that of a demonstration.
    """Settings left as they were given."""
    if read.day.pinned:
        return ()
    return check_settings(read.config, read.content.parent)


def judge(
    root: Node | None, parts: Parts, path: PurePosixPath, entry: Entry | None
) -> Iterator[Diagnostic]:
    """What other tools and the examples left in a content."""
    yield from check_foreign(parts, path)
    yield from check_examples(root, path, entry)
