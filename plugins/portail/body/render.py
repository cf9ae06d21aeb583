"""From the text of a body to its HTML, its facts and its mistakes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any

from portail.body import limits
from portail.body.blocks import TooDeep
from portail.body.document import Document
from portail.body.extract import Extract, extract
from portail.body.facts import BodyFacts, BodyHtml
from portail.body.finish import Found
from portail.body.markdown import instance
from portail.body.positions import Place, Places, cleaned
from portail.body.sanitise import sanitise
from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position

__all__ = ["RENDERER_VERSION", "RenderedBody", "render_body"]


def _version() -> str:
    """Digest of the code that renders and of the libraries it stands on."""
    here = Path(__file__).parent
    files = [
        *here.glob("*.py"),
        *(here.parent / "text").glob("*.py"),
        here.parent / "codes.py",
        here.parent / "data" / "codes.yml",
    ]
    digest = hashlib.blake2b(digest_size=16)
    for file in sorted(files):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    for library in ("markdown", "nh3", "lxml"):
        digest.update(f"{library} {version(library)}\n".encode())
    return digest.hexdigest()


RENDERER_VERSION = _version()
"""Part of the key of a stored body: it changes when the same text may give another result."""


@dataclass(frozen=True, slots=True)
class RenderedBody:
    """``html`` sanitised with unresolved internal links (see ``resolve``) and its plain text;
    ``diagnostics`` in the order of the file."""

    html: BodyHtml
    facts: BodyFacts
    diagnostics: tuple[Diagnostic, ...]


def render_body(text: str, path: PurePosixPath, first_line: int = 1) -> RenderedBody:
    """Render ``text``, the body of the file ``path``, whose first line is ``first_line`` there.

    Same arguments, same result. Whatever the text holds, nothing is raised and nothing of it
    can run in a browser; a text beyond the limits gives an empty result and its diagnostic.
    """
    text = cleaned(text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text)
    over = limits.excess(text, first_line)
    if over is not None:
        code, place, values = over
        return _refused(code, path, place, values)
    document = Document(path, text.split("\n"), first_line, Places(first_line))
    try:
        with limits.time_limit(limits.SECONDS):
            html, found = instance().render(document)
    except TooDeep as error:
        return _refused("E304", path, error.place)
    except RecursionError:
        instance.cache_clear()
        return _refused("E304", path, Place(first_line, 1))
    except limits.TooSlow:
        instance.cache_clear()
        return _refused("E305", path, Place(first_line, 1))
    html, removed = sanitise(html)
    if removed:
        document.report("E325", Place(first_line, 1), balise=removed)
    read = extract(html)
    diagnostics = tuple(sorted(document.diagnostics, key=lambda one: one.sort_key))
    return RenderedBody(BodyHtml(html, read.text), _facts(html, read, found), diagnostics)


def _facts(html: str, read: Extract, found: Found) -> BodyFacts:
    return BodyFacts(
        toc=read.toc,
        links=tuple(found.links),
        images=tuple(found.images),
        external=read.external,
        words=read.words,
        excerpt=read.excerpt,
        digest=hashlib.blake2b(html.encode(), digest_size=16).hexdigest(),
    )


def _refused(
    code: str, path: PurePosixPath, place: Place, values: dict[str, Any] | None = None
) -> RenderedBody:
    position = Position(path, place.line, place.column)
    found = diagnostic(code, position, **(values or {}))
    return RenderedBody(BodyHtml("", ""), _facts("", extract(""), Found()), (found,))
