"""Bodies of other generators as the HTML that they made of them, nothing of which runs."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any

import markdown
from markdown_it import MarkdownIt

_EXTENSIONS = frozenset(
    "abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs "
    "legacy_em md_in_html nl2br sane_lists smarty tables toc wikilinks".split()
)
"""Extensions of Python-Markdown itself: others would run code of the site."""
_CODE_ALONE = {"use_pygments": False, "guess_lang": False}


class Reader:
    """Python-Markdown with the extensions of a ``MARKDOWN`` setting of Pelican; ``unknown`` are
    those that are not read."""

    def __init__(self, setting: object) -> None:
        options = setting if isinstance(setting, Mapping) else {}
        configs = options.get("extension_configs")
        named = options.get("extensions")
        listed = [*(named if isinstance(named, list | tuple) else ())]
        listed += [*configs] if isinstance(configs, Mapping) else ["extra", "codehilite"]
        names = [_short(name) for name in listed if isinstance(name, str)]
        implied = ["fenced_code"] if "codehilite" in names else []
        self.names = sorted({*names, *implied} & _EXTENSIONS)
        self.unknown = sorted({*names} - _EXTENSIONS - {"meta"})

    def html(self, text: str) -> tuple[str, bool]:
        """The HTML of a text, and whether it is what the site showed: a text that would keep
        Python-Markdown busy for minutes is read as CommonMark."""
        opened = text.count("<") - text.count(">")
        if opened < _OPENED and not any(map(_is_heavy, re.split(r"\n[ \t]*\n", text))):
            converter = _python_markdown(tuple(self.names))
            converter.reset()
            with suppress(RecursionError):
                return converter.convert(text), True
        return commonmark(text), False


_OPENED = 200
_MARKS = 1_500
_LINES = 2_000


def _is_heavy(block: str) -> bool:
    """Whether a paragraph has more marks, or lines, than any that someone wrote: the time that
    Python-Markdown takes grows with their square."""
    return max(map(block.count, "[<`:")) > _MARKS or block.count("\n") > _LINES


def _short(name: str) -> str:
    return name.removeprefix("markdown.extensions.").partition("(")[0]


@lru_cache(4)
def _python_markdown(names: tuple[str, ...]) -> markdown.Markdown:
    configs: dict[str, dict[str, Any]] = {"codehilite": _CODE_ALONE, "toc": {"permalink": False}}
    used = {name: config for name, config in configs.items() if name in names}
    return markdown.Markdown(extensions=[*names], extension_configs=used, tab_length=4)


# Jekyll and Hugo: CommonMark with tables, as kramdown and Goldmark read most texts, notes, lists
# of definitions being read apart.

_COMMONMARK = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_NOTE = re.compile(r" {0,3}\[\^([\w-]+)\]:[ \t]*(.*)")
_CALL = re.compile(r"\[\^([\w-]+)\]")
_CODE = re.compile(r"(`+)(?:.*?)\1")
_HEADED = re.compile(r"^( {0,3}#{1,6}[ \t].*?)[ \t]+\{ *[:#.][^{}\n]*\}[ \t#]*$")
"""A heading, and the attributes that it has behind it: « ## La suite {#suite} »."""
_ATTRIBUTES = re.compile(r"^ {0,3}\{:[^{}\n]*\}[ \t]*$|\{:[ .#][^{}\n]*\}")


def commonmark(text: str, *, kramdown: bool = False) -> str:
    """The HTML of a text of Hugo, or of Jekyll (``kramdown``, whose lists of attributes go)."""
    lines: list[str] = []
    notes: dict[str, list[str]] = {}
    fence = note = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        elif not fence and (match := _NOTE.fullmatch(line)):
            note = match[1]
            notes[note] = [match[2]]
            continue
        elif not fence and note and (line.startswith(("    ", "\t")) or not line.strip()):
            notes[note].append(line.strip())
            continue
        note = ""
        if not fence:
            line = _HEADED.sub(r"\1", line)
            line = _outside(_ATTRIBUTES.sub("", line) if kramdown else line, notes)
        lines.append(line)
    rendered = str(_COMMONMARK.render("\n".join(lines)))
    items = "".join(
        f'<li id="fn:{name}">{_COMMONMARK.render(chr(10).join(rows))}</li>'
        for name, rows in notes.items()
    )
    return f'{rendered}<div class="footnotes"><ol>{items}</ol></div>' if items else rendered


def _outside(line: str, notes: Mapping[str, list[str]]) -> str:
    """``line`` whose calls of notes are links, but for those in code."""
    if "[^" not in line:
        return line
    pieces: list[str] = []
    done = 0
    for code in [*_CODE.finditer(line), None]:
        end = code.start() if code else len(line)
        pieces.append(_CALL.sub(r'<a class="footnote-ref" href="#fn:\1">\1</a>', line[done:end]))
        pieces.append(code[0] if code else "")
        done = code.end() if code else end
    return "".join(pieces)


# What templates put in texts: Liquid for Jekyll, shortcodes for Hugo. What is not known stays.

_HIGHLIGHT = re.compile(r"\{%-?\s*(end)?highlight(?:\s+([\w+#.-]+))?[^%{}\n]*%\}")
_RAW = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")
_COMMENT = re.compile(r"\{%-?\s*(end)?comment\s*-?%\}")
_KRAMDOWN_COMMENT = re.compile(r"\{:(?::comment(?:\s[^{}\n/]*)?|(/)(?:comment)?\s*)\}")
_HUGO_COMMENT = re.compile(r"\{\{[<%]\s*(/)?\s*comment\s*[%>]\}\}")
_POST = re.compile(r"\{%-?\s*post_url\s+([^\s%]+)\s*-?%\}")
_LINK = re.compile(r"\{%-?\s*link\s+([^\s%]+)\s*-?%\}")
_ROOT = re.compile(r"\{\{-?\s*(?:site\.(?:baseurl|url)|\"\"\s*\|\s*\w+)\s*-?\}\}")
_FILTERED = re.compile(
    r"\{\{-?\s*[\"']([^\"'{}]*)[\"']\s*\|\s*(?:relative_url|absolute_url|prepend:\s*site\.baseurl)[^{}]*\}\}"
)


def liquid(text: str, posts: Mapping[str, str]) -> str:
    """``text`` of Jekyll with what its tags stand for; ``posts`` are paths by name of post."""
    text = _HIGHLIGHT.sub(lambda mark: "\n```\n" if mark[1] else f"\n```{mark[2] or ''}\n", text)
    text = _without_comments(_without_comments(text, _COMMENT), _KRAMDOWN_COMMENT)
    text = _RAW.sub("", text)
    text = _POST.sub(lambda match: _filename(posts.get(match[1].strip("/"), match[1])), text)
    text = _LINK.sub(lambda match: _filename(match[1]), text)
    return _FILTERED.sub(r"\1", _ROOT.sub("", text))


def _without_comments(text: str, marks: re.Pattern[str]) -> str:
    """``text`` without what stands between two of ``marks``, whose group tells those that close;
    a comment that nothing closes goes to the end."""
    pieces: list[str] = []
    done = 0
    inside = False
    for mark in marks.finditer(text):
        if not inside:
            pieces.append(text[done : mark.start()])
        inside = not mark[1]
        done = mark.end()
    return "".join(pieces) + ("" if inside else text[done:])


def _filename(path: str) -> str:
    """A link to a text by its path, as Pelican writes it: one reader for all."""
    return f"{{filename}}/{path.lstrip('/').replace(' ', '%20')}"


_SHORTCODE = re.compile(
    r"\{\{([<%])\s*+(/?)\s*+([\w/-]+)((?>\s+(?:[\w-]+=)?(?:\"[^\"\n]*\"|`[^`\n]*`|[^\s\"`<>%]+))*+)\s*/?[>%]\}\}"
)
_ARGUMENT = re.compile(r"(?:([\w-]+)=)?(?:\"([^\"\n]*)\"|`([^`\n]*)`|([^\s\"`]+))")


def shortcodes(text: str, find: Callable[[str], str]) -> str:
    """``text`` of Hugo with what its own shortcodes stand for; ``find`` gives the path of the text
    that a reference names, or ""."""

    def value(match: re.Match[str]) -> str:
        replaced = _shortcode(match, find)
        return match[0] if replaced is None else replaced

    return _SHORTCODE.sub(value, _without_comments(text, _HUGO_COMMENT))


def _shortcode(match: re.Match[str], find: Callable[[str], str]) -> str | None:
    name = match[3].lower()
    arguments = _ARGUMENT.findall(match[4])
    named = {key: quoted or raw or bare for key, quoted, raw, bare in arguments if key}
    first = next((quoted or raw or bare for key, quoted, raw, bare in arguments if not key), "")
    if name in ("ref", "relref"):
        wanted = first or named.get("path", "")
        path = find(wanted)
        return _filename(path) if path else None
    if name == "highlight":
        return "\n```\n" if match[2] else f"\n```{first}\n"
    if name == "figure" and not match[2]:
        return _figure(named, first)
    if name in ("youtube", "vimeo") and not match[2] and (first or named.get("id")):
        key = first or named["id"]
        url = "https://www.youtube.com/watch?v=" if name == "youtube" else "https://vimeo.com/"
        return f"\n\n[{url}{key}]({url}{key})\n\n"
    return None


def _figure(named: Mapping[str, str], first: str) -> str:
    source = html.escape(named.get("src") or first)
    caption = html.escape(named.get("caption") or named.get("title") or "")
    alt = html.escape(named.get("alt") or named.get("title") or named.get("caption") or "")
    image = f'<img src="{source}" alt="{alt}">'
    return f"\n\n<figure>{image}<figcaption>{caption}</figcaption></figure>\n\n"
