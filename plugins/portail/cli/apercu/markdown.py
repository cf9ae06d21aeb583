"""Text of strangers in the Markdown of GitHub and GitLab: it says nothing but itself.

It can neither format, link, call someone (``@``), name another request (``#``), hide, nor leave
the place it is written in. Forges look for names, numbers and addresses in the HTML they have
made, where an entity is a plain sign again: only code keeps them from it. Nothing is added that is
not seen: what is shown may be copied.
"""

from __future__ import annotations

import re
import unicodedata

from portail.cli.terminal import safe

__all__ = ["block", "code", "inline", "link"]

_LIMIT = 300
_CALLS = re.compile(
    # Names, numbers and labels of GitHub (@, #) and GitLab (! $ ~ % & ^ *), then emoji.
    r"[@#!$~%&^*][\w\"'{\[-]|:[\w+-]+:|://|\w@|[wW]{3}\."
    # GH-12, and the keys of other trackers; digests of commits.
    r"|[A-Za-z_]\w*-\d|[0-9a-fA-F]{7}"
)
# A bar would close the cell of a table, in code too.
_WORD = re.compile(r"[^\s|]+")
_AROUND = re.compile(r"""([«("'\[]*)(.+?)([».,;?)"'\]]*)""")
# A colon or an exclamation mark that a blank follows begins nothing.
_SPECIAL = re.compile("[^A-Za-z0-9 \u00a0\u202f.,;?’…«»()%+=/:!-]|[:!](?![ \u00a0]|$)")
_BLANKS = re.compile(r"[ \t\r\n\u2028\u2029]+")


def inline(text: str, limit: int = _LIMIT) -> str:
    """``text`` on one line, at most ``limit`` signs of it, for prose and cells of tables: a word
    that a forge would make a link or a call of is in code.

    >>> inline("<b>*Merci* | à @redaction, #12")
    '`<b>*Merci*` &#124; à `@redaction`, `#12`'
    """
    text = safe(_BLANKS.sub(" ", text[: 4 * limit]).strip())
    text = text if len(text) <= limit else f"{text[: limit - 1]}…"
    pieces, end = [], 0
    for word in _WORD.finditer(text):
        if _CALLS.search(word[0]):
            pieces += [_escaped(text[end : word.start()]), _coded(word[0])]
            end = word.end()
    return "".join((*pieces, _escaped(text[end:])))


def _coded(word: str) -> str:
    """A word in code, what stands around it left outside where it calls nobody then."""
    found = _AROUND.fullmatch(word)
    before, inside, after = found.groups() if found else ("", word, "")
    if not _CALLS.search(inside):
        before, inside, after = "", word, ""
    return f"{_escaped(before)}{code(inside)}{_escaped(after)}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(_entity, text)


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
