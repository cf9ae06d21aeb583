r"""Titles and summaries: plain text where ``*…*`` is italics and ``\*`` an asterisk."""

from __future__ import annotations

import re

from portail.text.html import SafeHtml, escape
from portail.text.typography import typographie

__all__ = ["inline_html", "inline_parts", "plain"]

# An opening asterisk touches the word it precedes and does not end another (« 2*3*4 »); a pair
# holds no other asterisk, so that each is looked at once.
_ITALICS = re.compile(
    r"(?<![\w*\\])\*(?![\s*])((?:\\\*|[^*\\]|\\(?!\*))+?)(?<!\s)\*(?![\w*])",
)


def plain(text: str) -> str:
    r"""``text`` without its italics marks: for feeds, calendars, ``<title>`` and sorting.

    >>> plain(r"Le retour d’*Astacus astacus* (2\*3)")
    'Le retour d’Astacus astacus (2*3)'
    """
    if "*" not in text:
        return text
    return _ITALICS.sub(r"\1", text).replace(r"\*", "*")


def inline_html(text: str) -> SafeHtml:
    """``text`` as HTML: typography applied, everything escaped, italics as ``<em>``.

    >>> inline_html("*Bufo* & <b>")
    SafeHtml('<em>Bufo</em> &amp; &lt;b&gt;')
    """
    escaped = escape(typographie(text))
    if "*" not in escaped:
        return escaped
    return SafeHtml(_ITALICS.sub(r"<em>\1</em>", escaped).replace(r"\*", "*"))


def inline_parts(text: str) -> list[str]:
    r"""What ``inline_html`` shows, for a script: roman and italics by turns, the first one roman.

    >>> inline_parts(r"Le retour d’*Astacus astacus* (2\*3)"), inline_parts("*Bufo*")
    (['Le retour d’', 'Astacus astacus', ' (2*3)'], ['', 'Bufo', ''])
    """
    return [part.replace(r"\*", "*") for part in _ITALICS.split(typographie(text))]
