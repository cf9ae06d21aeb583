"""Text of strangers in the Markdown of GitHub and GitLab: it says nothing but itself.

It can neither format, link, call someone (``@``), name another request (``#``), hide, nor leave
the place it is written in. Forges look for names, numbers and addresses in the HTML they have
made, where an entity is a plain sign again: only a space of no width keeps them from it.
"""

from __future__ import annotations

import re
import unicodedata

from portail.cli.terminal import safe

__all__ = ["block", "code", "inline", "link"]

_GAP = "&#8203;"
_LIMIT = 300
_BREAKS = (
    # Names, numbers and labels of GitHub (@, #) and GitLab (! $ ~ % & ^ *), then emoji.
    re.compile(r"(?<=[@#!$~%&^*])(?=[\w\"'{\[-])"),
    re.compile(r"(?<=:)(?=[\w+-]+:)|(?<=:)(?=//)"),
    re.compile(r"(?<=[wW])(?=[wW]{2}\.)|(?<=[wW]{3})(?=\.)"),
    re.compile(r"(?<=[A-Za-z0-9_])(?=-\d)"),  # GH-12, and the keys of other trackers
    re.compile(r"(?<=[0-9a-fA-F]{6})(?=[0-9a-fA-F])"),  # digests of commits
    re.compile(r"(?<=\w)(?=@)"),
)
_MARK = "\ue000"
# A colon or an exclamation mark that a blank follows begins nothing.
_SPECIAL = re.compile("[^A-Za-z0-9 \u00a0\u202f.,;?’…«»()%+=/:!\ue000-]|[:!](?![ \u00a0]|$)")
_BLANKS = re.compile(r"[ \t\r\n\u2028\u2029]+")


def inline(text: str, limit: int = _LIMIT) -> str:
    """``text`` on one line, at most ``limit`` signs of it, for prose and cells of tables.

    >>> inline("<b>*Merci* @redaction | voir #12")
    '&#60;b&#62;&#42;&#8203;Merci&#42; &#64;&#8203;redaction &#124; voir &#35;&#8203;12'
    """
    text = safe(_BLANKS.sub(" ", text[: 4 * limit]).strip().replace(_MARK, ""))
    text = text if len(text) <= limit else f"{text[: limit - 1]}…"
    for pattern in _BREAKS:
        text = pattern.sub(_MARK, text)
    return _SPECIAL.sub(_entity, text).replace(_MARK, _GAP)


def _entity(found: re.Match[str]) -> str:
    sign = found[0]
    # Letters of other alphabets are letters; ``re.ASCII`` keeps \w to those Markdown knows.
    return sign if sign.isalnum() else f"&#{ord(sign)};"


def code(text: str, limit: int = _LIMIT) -> str:
    """``text`` as a span of code, between more backticks than it has in a row. Not for the cell of
    a table, which a bar would close.

    >>> code("a`b"), code("content/a.md")
    ('`` a`b ``', '`content/a.md`')
    """
    text = safe(_BLANKS.sub(" ", text[: 4 * limit]).strip()) or " "
    text = text if len(text) <= limit else f"{text[: limit - 1]}…"
    fence = "`" * (_longest(text) + 1)
    return f"{fence} {text} {fence}" if "`" in text else f"{fence}{text}{fence}"


def block(text: str, language: str = "yaml") -> str:
    """``text`` as a block to copy: its lines, without the signs that hide or turn others round.

    >>> print(block("a: b"))
    ```yaml
    a: b
    ```
    """
    lines = [_clean(line) for line in re.split(r"\r\n|[\r\n]", text.strip("\r\n"))]
    fence = "`" * max(3, _longest("\n".join(lines)) + 1)
    return "\n".join([f"{fence}{language}", *lines, fence])


def link(text: str, address: str) -> str:
    """A link of ours: ``text`` is ours too, ``address`` is http(s) and percent-encoded; the text
    alone when it is not."""
    if not re.fullmatch(r"https?://[^\s()<>\[\]\"'`\\|]+", address):
        return text
    return f"[{text}]({address})"


def _longest(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)


def _clean(line: str) -> str:
    """A line without what is not seen: control, format and private signs; tabs are blanks."""
    line = line.replace("\t", "    ")
    return "".join(
        sign for sign in line if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn")
        and sign not in "\u2028\u2029"
    )  # fmt: skip
