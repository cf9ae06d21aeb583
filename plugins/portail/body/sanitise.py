"""Second barrier: an allow-list of exactly what our Markdown writes.

The first barrier is that no tag and no attribute of an author ever becomes one (``inline``). What
is removed here is therefore a mistake of ours, or an attack that went through the first.
"""

from __future__ import annotations

from collections.abc import Iterator

import nh3
from lxml import html as lxml_html

from portail.body.finish import IMAGE_SCHEME, LINK_SCHEME

__all__ = ["ATTRIBUTES", "TAGS", "VALUES", "sanitise"]

TAGS = frozenset(
    "a abbr aside blockquote br code dd del div dl dt em figcaption figure h2 h3 h4 h5 h6 hr img "
    "li ol p pre section span strong sup table tbody td th thead tr ul".split()
)
"""Elements of a published body."""

ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title", "aria-label"},
    "abbr": {"title"},
    "aside": {"aria-labelledby"},
    "div": {"aria-label"},
    "img": {"src", "alt", "title"},
    "li": {"id"},
    "ol": {"start"},
    "p": {"id"},
    "section": set(),
    "span": {"aria-label", "title"},
    "sup": {"id"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
"""Their attributes whose value depends on the text."""

_ALIGNED = {"centre", "droite", "gauche"}

VALUES: dict[str, dict[str, set[str]]] = {
    "a": {"class": {"retour"}, "role": {"doc-noteref", "doc-backlink"}},
    "aside": {
        "class": {"encadre a-retenir", "encadre definition", "encadre attention"},
        "role": {"note"},
    },
    "div": {"class": {"tableau", "figures"}, "role": {"region"}, "tabindex": {"0"}},
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
    "span": {"class": {"tache-case"}, "role": {"img"}},
    "sup": {"class": {"appel"}},
    "td": {"class": _ALIGNED},
    "th": {"class": _ALIGNED, "scope": {"col"}},
}
"""Their other attributes, each with all its values."""


def _fragment_only(url: str) -> str | None:
    return url if url.startswith("#") else None


_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    attributes=ATTRIBUTES,
    tag_attribute_values=VALUES,
    clean_content_tags={"script", "style"},
    url_schemes={"http", "https", "mailto", "tel", LINK_SCHEME, IMAGE_SCHEME},
    url_relative=_fragment_only,
    link_rel=None,
)


def sanitise(html: str) -> tuple[str, str]:
    """``html`` without anything outside the list, and what was removed (empty: nothing).

    What was removed is told by its first tag: ``<script>`` or ``<a onclick>``.
    """
    clean = _CLEANER.clean(html).replace("&nbsp;", "\u00a0")
    return clean, "" if clean == html else _removed(html, clean)


def _removed(before: str, after: str) -> str:
    """The first element or attribute of ``before`` that ``after`` lacks."""
    left, right = list(_outline(before)), list(_outline(after))
    for index, (tag, attributes) in enumerate(left):
        other = right[index] if index < len(right) else ("", {})
        if other == (tag, attributes):
            continue
        if other[0] != tag:
            return f"<{tag}>"
        names = [name for name in attributes if attributes[name] != other[1].get(name)]
        return f"<{tag} {names[0]}>" if names else f"<{tag}>"
    return f"<{right[len(left)][0]}>" if len(right) > len(left) else "texte"


def _outline(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    root = lxml_html.fragment_fromstring(text, create_parent="div")
    for element in root.iter():
        if isinstance(element.tag, str):
            yield element.tag, {str(name): str(value) for name, value in element.attrib.items()}
        else:
            yield "!--", {}
