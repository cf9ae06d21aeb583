"""From the text of a body to its HTML, its facts and its mistakes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from html import escape, unescape
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any

import lxml
import markdown
import markdown_it
import nh3
from lxml import html as lxml_html
from msgspec import Struct

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.late import expression
from portail.text.excerpts import excerpt
from portail.text.markup import without_tags
from portail.text.normalise import with_newlines
from portail.text.notation import lowered, raised
from portail.text.typography import raised_ordinals

from . import limits
from .blocks import TooDeep
from .charts import CLASSES
from .document import BodyFacts, BodyHtml, Document, Heading, Place, cleaned
from .finish import IMAGE_SCHEME, LINK_SCHEME, BodyLinks
from .inline import ELEMENTS, MATHML, MATHML_VALUES
from .markdown import instance

# What a rendered body says, read once from its sanitised HTML.

# Longest excerpt, in characters.
EXCERPT = 300

# A call of a note, a link back to one: signs, not text.
_MARK = expression(r'<(?:sup class="appel".*?</sup>|a class="retour".*?</a>)', re.DOTALL)
_SCRIPT = expression(
    r'<(su[bp])>(?:<span class="visually-hidden">[^<]*</span>)?((?:(?!</su[bp]>).)*)</\1>'
)
_FORMULA = expression(r'<math[^>]*? alttext="([^"]*)"[^>]*>.*?</math>', re.DOTALL)
_EXTERNAL = expression(r'<a [^>]*?href="(https?:[^"]*)"')
_HEADING = expression(r'<h([2-6]) id="([^"]*)">(.*?)</h\1>', re.DOTALL)
_BOX = expression(
    r'<aside class="encadre a-retenir"[^>]*><p [^>]*>[^<]*</p>(.*?)</aside>', re.DOTALL
)
_BLOCK = expression(r"<(?:p|(/?)(ul|ol|dl|blockquote|aside|section|div|figure|table))\b[^>]*>")


def extract(html: str, links: BodyLinks) -> tuple[str, BodyFacts]:
    """The plain text of the sanitised HTML of a body, a line for each block, and its facts."""
    digest = hashlib.blake2b(html.encode(), digest_size=16).hexdigest()
    external = tuple(dict.fromkeys(map(unescape, _EXTERNAL.findall(html))))
    html = _unscripted(_MARK.sub("", html))
    toc = tuple(
        Heading(int(level), anchor, _text(inside).replace("\n", " ").strip(" "))
        for level, anchor, inside in _HEADING.findall(html)
        if anchor != "notes"
    )
    text = "\n".join([line for raw in _text(html).split("\n") if (line := raw.strip(" \t"))])
    facts = BodyFacts(
        toc,
        tuple(links.links),
        tuple(links.images),
        external=external,
        words=_words(text),
        excerpt=_excerpt(html, text),
        digest=digest,
        a_retenir=_to_remember(html),
    )
    return text, facts


def _words(text: str) -> int:
    """How many words a text has: « : » is none."""
    words = text.split()
    alone = {*words}.intersection(text)
    return len(words) - sum([words.count(sign) for sign in alone if not sign.isalnum()])


def _unscripted(html: str) -> str:
    if "<su" in html:
        html = _SCRIPT.sub(_unraised, html)
    if "<math" in html:
        return _FORMULA.sub(r"\1", html)
    return html


def _unraised(match: re.Match[str]) -> str:
    written = (lowered if match[1] == "sub" else raised)(unescape(without_tags(match[2])))
    return escape(written, quote=False)


def _text(html: str) -> str:
    return unescape(without_tags(html))


def _to_remember(html: str) -> str:
    box = _BOX.search(html)
    if box:
        return excerpt(" ".join(_text(box[1]).split()), EXCERPT)
    return ""


def _excerpt(html: str, text: str) -> str:
    # The beginning of the running text: headings, boxes, tables and captions say less alone.
    paragraphs = []
    room = 2 * EXCERPT
    depth = 0
    for tag in _BLOCK.finditer(html):
        if tag[2]:
            depth += -1 if tag[1] else 1
        elif not depth:
            paragraphs.append(_text(html[tag.end() : html.index("</p>", tag.end())]))
            room -= len(paragraphs[-1])
            if room <= 0:
                break
    running = " ".join(paragraphs)
    return excerpt(running.strip() or text, EXCERPT)


# Second barrier: an allow-list of exactly what our Markdown writes.
#
# The first barrier is that no tag and no attribute of an author ever becomes one (``inline``).
# What is removed here is therefore a mistake of ours, or an attack that went through the first.

# Elements of a published body.
TAGS = ELEMENTS.union(
    "a abbr aside blockquote br caption code dd del div dl dt em figcaption figure h2 h3 h4 h5 h6 "
    "hr img li ol p pre section span strong sub sup table tbody td th thead tr ul".split()
)

# Their attributes whose value depends on the text.
ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title", "aria-label"},
    "abbr": {"title"},
    "aside": {"aria-labelledby"},
    "div": {"aria-label"},
    "img": {"src", "alt", "title"},
    "li": {"id"},
    "ol": {"start"},
    "p": {"id"},
    "span": {"aria-label", "title"},
    "sup": {"id"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
    **MATHML,
}

_ALIGNED = {"centre", "droite", "gauche"}

# Their other attributes, each with all its values.
VALUES: dict[str, dict[str, set[str]]] = {
    "a": {"class": {"retour"}, "role": {"doc-noteref", "doc-backlink"}},
    "aside": {
        "class": {"encadre a-retenir", "encadre definition", "encadre attention"},
        "role": {"note"},
    },
    "div": {
        "class": {"tableau", "figures", "formule"},
        "role": {"region", "group"},
        "tabindex": {"0"},
    },
    "figure": {"class": {"audio", "video"}},
    "img": {"loading": {"lazy"}, "decoding": {"async"}},
    "li": {"class": {"tache"}},
    "p": {"class": {"encadre-titre"}},
    "pre": {"tabindex": {"0"}},
    "section": {
        "class": {"notes", "notes en-marge"},
        "role": {"doc-endnotes"},
        "aria-labelledby": {"notes"},
    },
    "span": {"class": {"tache-case", "visually-hidden"}, "role": {"img"}},
    "sup": {"class": {"appel"}},
    "td": {"class": _ALIGNED | CLASSES},
    "th": {"class": _ALIGNED, "scope": {"col"}},
    **MATHML_VALUES,
}


_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    attributes=ATTRIBUTES,
    tag_attribute_values=VALUES,
    clean_content_tags={"script", "style"},
    url_schemes={"http", "https", "mailto", "tel", LINK_SCHEME, IMAGE_SCHEME},
    url_relative=lambda url: url if url.startswith("#") else None,
    link_rel=None,
)


def sanitise(html: str) -> tuple[str, str]:
    """``html`` without anything outside the list, and what was removed (empty: nothing).

    What was removed is told by its first tag: ``<script>`` or ``<a onclick>``.
    """
    clean = _CLEANER.clean(html).replace("&nbsp;", "\u00a0")
    return clean, "" if clean == html else _removed(html, clean)


def _removed(before: str, after: str) -> str:
    before_titles = list(_outline(before))
    right = list(_outline(after))
    for index, (tag, attributes) in enumerate(before_titles):
        counterpart = right[index] if index < len(right) else ("", {})
        if counterpart == (tag, attributes):
            continue
        if counterpart[0] != tag:
            return f"<{tag}>"
        names = [name for name in attributes if attributes[name] != counterpart[1].get(name)]
        if names:
            return f"<{tag} {names[0]}>"
        return f"<{tag}>"
    if len(right) > len(before_titles):
        return f"<{right[len(before_titles)][0]}>"
    return "texte"


def _outline(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    root = lxml_html.fragment_fromstring(text, create_parent="div")
    for element in root.iter():
        if isinstance(element.tag, str):
            yield element.tag, {str(name): str(value) for name, value in element.attrib.items()}
        else:
            yield "!--", {}


def _version() -> str:
    # Digest of the code that renders and of the libraries it stands on.
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
    digest.update(f"math_core {version('math-core')}\n".encode())
    for library in (markdown, markdown_it, nh3, lxml):
        digest.update(f"{library.__name__} {library.__version__}\n".encode())
    return digest.hexdigest()


# Part of the key of a stored body: it changes when the same text may give another result.
RENDERER_VERSION = _version()


class RenderedBody(Struct, frozen=True):
    """``html`` sanitised with unresolved internal links (see ``resolve``) and its plain text;
    ``diagnostics`` in the order of the file; ``refused``: it is beyond the limits, nothing more is
    to be said of it."""

    html: BodyHtml
    facts: BodyFacts
    diagnostics: tuple[Diagnostic, ...]
    refused: bool = False


def render_body(text: str, path: PurePosixPath, first_line: int = 1) -> RenderedBody:
    """Render ``text``, the body of the file ``path``, whose first line is ``first_line`` there.

    Whatever the text holds, nothing is raised and nothing of it can run in a browser; a text beyond
    the limits gives an empty result and its diagnostic.
    """
    text = cleaned(with_newlines(text) if "\r" in text else text)
    over = limits.excess(text, first_line)
    if over is not None:
        code, place, values = over
        return _refused(code, path, place, values)
    document = Document(path, text, first_line)
    try:
        with limits.time_limit(limits.SECONDS):
            html, links = instance().render_document(document)
    except TooDeep as error:
        return _refused("E304", path, document.place(error.offset))
    except RecursionError:
        instance.cache_clear()
        return _refused("E304", path, Place(first_line, 1))
    except limits.TooSlow:
        instance.cache_clear()
        return _refused("E305", path, Place(first_line, 1))
    html, removed = sanitise(raised_ordinals(html))
    if removed:
        document.report("E325", Place(first_line, 1), balise=removed)
    plain, facts = extract(html, links)
    diagnostics = tuple(sorted(document.diagnostics, key=lambda fault: fault.sort_key))
    return RenderedBody(BodyHtml(html, plain), facts, diagnostics)


def _refused(
    code: str, path: PurePosixPath, place: Place, values: dict[str, Any] | None = None
) -> RenderedBody:
    position = Position(path, place.line, place.column)
    refusal = diagnostic(code, position, **(values or {}))
    return RenderedBody(BodyHtml("", ""), extract("", BodyLinks())[1], (refusal,), refused=True)
