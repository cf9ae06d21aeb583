"""Text of strangers in the Markdown of GitHub and GitLab.

It can neither format, link, call someone (``@``), name another request (``#``), hide, nor leave its
place. Forges look for names, numbers and URLs in the HTML they have made, where an entity is a
plain character again: only code keeps them from it. Nothing invisible is added, since what is shown
may be copied.
"""

from __future__ import annotations

import re
import unicodedata

from portail.text.addresses import is_address
from portail.text.normalise import one_line, with_newlines

from .text import safe

_LIMIT = 300
_CALLS = re.compile(
    # Names, numbers and labels of GitHub (@, #) and GitLab (! $ ~ % & ^ *), then emoji.
    r"[@#!$~%&^*][\w\"'{\[-]|:[\w+-]+:|://|\w@|[wW]{3}\."
    # GH-12, and the keys of other trackers; digests of commits.
    r"|[A-Za-z_]\w*-\d|[0-9a-fA-F]{7}"
)
# A bar would close the cell of a table, in code too.
# A word, or several between marks: what is to be copied stays in one piece.
_WORD = re.compile(r"(\*{1,3}|~~)[^\s|*~][^|*~]{0,80}\1|[^\s|]+")
_BEFORE = "«(\"'["
_AFTER = "».,;?)\"']"
# A colon or an exclamation mark that a blank follows begins nothing.
_SPECIAL = re.compile("[^A-Za-z0-9 \u00a0\u202f.,;?’…«»()%+=/:!-]|[:!](?![ \u00a0]|$)")
_LINE_ENDS = str.maketrans("\u2028\u2029", "  ")


def inline(text: str, limit: int = _LIMIT) -> str:
    """``text`` on a line of at most ``limit`` characters, for prose and cells of tables: what
    a forge would make a link or a call of is in code.

    >>> inline("<b>*Merci* | à @redaction, #12")
    '`<b>*Merci*` &#124; à `@redaction`, `#12`'
    """
    text = _line(text, limit)
    pieces = []
    end = 0
    for word in _WORD.finditer(text):
        if _CALLS.search(word[0]):
            pieces += [_escaped(text[end : word.start()]), _coded(word[0])]
            end = word.end()
    return "".join((*pieces, _escaped(text[end:])))


def _line(text: str, limit: int) -> str:
    text = safe(one_line(text[: 4 * limit].translate(_LINE_ENDS)).strip())
    if len(text) <= limit:
        return text
    return f"{text[: limit - 1]}…"


def _coded(word: str) -> str:
    # A word in code, the marks around it left outside where it calls nobody then.
    inside = word.lstrip(_BEFORE).rstrip(_AFTER)
    before, _, after = word.partition(inside) if inside else ("", "", "")
    if not _CALLS.search(inside):
        before = ""
        inside = word
        after = ""
    return f"{_escaped(before)}{code(inside)}{_escaped(after)}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda sign: sign[0] if sign[0].isalnum() else f"&#{ord(sign[0])};", text)


def code(text: str, limit: int = _LIMIT) -> str:
    """``text`` as a span of code, not for the cell of a table, which a bar would close.

    >>> code("a`b"), code("content/a.md")
    ('`` a`b ``', '`content/a.md`')
    """
    text = _line(text, limit) or " "
    fence = "`" * (_longest(text) + 1)
    if "`" in text:
        return f"{fence} {text} {fence}"
    return f"{fence}{text}{fence}"


def block(text: str, language: str = "yaml") -> str:
    """``text`` as a block to copy, without the characters that hide or turn others round.

    >>> block("a: b")
    '```yaml\\na: b\\n```'
    """
    lines = [_clean(line) for line in with_newlines(text.strip("\r\n")).split("\n")]
    fence = "`" * max(3, _longest("\n".join(lines)) + 1)
    return "\n".join([f"{fence}{language}", *lines, fence])


def link(text: str, url: str) -> str:
    """A link, ``text`` being ours; the text alone when ``url`` is not http(s), percent-encoded."""
    whole = is_address(url) and set("()[]'`\\|").isdisjoint(url)
    if whole:
        return f"[{text}]({url})"
    return text


def _longest(text: str) -> int:
    longest = 0
    while "`" * (longest + 1) in text:
        longest += 1
    return longest


def _clean(line: str) -> str:
    hidden = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    return "".join(c for c in line.replace("\t", "    ") if unicodedata.category(c) not in hidden)
