"""The few elements of the editor's word in a letter, which every mail reader shows well."""

from __future__ import annotations

import re

import nh3

__all__ = ["SIMPLE_TAGS", "simple_html"]

SIMPLE_TAGS = frozenset({"p", "ul", "ol", "li", "a", "em", "strong", "br"})
"""Elements that the word may hold; ``a`` has an address and nothing else has an attribute."""

_SITE_PATH = re.compile(r"/(?![/\\])[^\s\\]*")
_CLEANER = nh3.Cleaner(
    tags=set(SIMPLE_TAGS),
    attributes={"a": {"href"}, "*": set()},
    clean_content_tags={"script", "style"},
    url_schemes={"http", "https", "mailto"},
    url_relative=lambda url: url if _SITE_PATH.fullmatch(url) else None,
    link_rel=None,
)


def simple_html(html: str) -> str:
    """``html`` with nothing but ``SIMPLE_TAGS``, links to the web, to a mailbox and to the site.

    What it gives is left alone when it is given again.

    >>> simple_html('<p onclick="x">Bonjour <b>à</b> tous</p><a href="javascript:x">ici</a>')
    '<p>Bonjour à tous</p><a>ici</a>'
    """
    return _CLEANER.clean(html).replace("&nbsp;", "\u00a0")
