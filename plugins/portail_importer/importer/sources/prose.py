"""Texts of others as ours: from bytes, on one line, without tags nor signs that nobody sees."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any

from bs4.dammit import EncodingDetector
from lxml import etree
from markdown_it import MarkdownIt

from portail.diagnostics import Refused
from portail.text.dates import suggested_date
from portail.text.encodings import declared, readable, western
from portail.text.excerpts import cut
from portail.text.hints import correspondances, expression
from portail.text.normalise import fold, name_key
from portail_importer.tableurs.grid import FILE_BYTES

from .addresses import clean_address
from .cleaning import style, tree_of, words_of
from .items import Loss
from .runs import STRUCK, unlinked

LONG = 200_000
TITLE = 140
SUMMARY = 300
WORD = 60
_HEAD = 3_000
_DECLARED = 20_000
_ENOUGH = 120

_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});", re.ASCII)
_ENDS = (".", "!", "?", "…", "»")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_EMPHASIS = re.compile(r"[*_`]{1,3}")
# What they hold is for programs that do not show them.
_FRAMES = ("iframe", "video", "audio")
_BLOCKS = frozenset(
    "address article aside blockquote br dd div dt figcaption footer h1 h2 h3 h4 h5 h6 header hr li"
    " main nav p pre section table tr".split()
)


def clean(text: str) -> str:
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def line(text: str) -> str:
    return " ".join(clean(text).split())


def clear(text: str) -> str:
    """A short text in which signs may be written « &#8217; », or between tags.

    >>> clear("<b>L&#8217;eau</b> &amp; le sel")
    'L’eau & le sel'
    """
    return line(clear_lines(text))


def clear_lines(text: str) -> str:
    if "<" in text:
        return text_of(text)
    return clean(unescaped(text))


def unescaped(text: str) -> str:
    """``text`` whose signs may be written « &#8217; », but for an « & » that only looks like it.

    >>> unescaped("L&#8217;art &amp; la science : https://exemple.org/?a=1&copy=2")
    'L’art & la science : https://exemple.org/?a=1&copy=2'
    """
    if "&" in text:
        return _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    return text


def text_of(source: str) -> str:
    """What readers of HTML see of it but for what is struck, a line for each of its blocks; nothing
    runs, nothing is fetched."""
    root = tree_of(clean(source))
    if root is None:
        return ""
    for struck in root.iter(etree.Element):
        legend = struck.tag == "figcaption" and struck.find("../img") is not None
        if legend or "line-through" in style(struck):
            struck.tag = "del"
    etree.strip_elements(root, *_FRAMES, *STRUCK, with_tail=False)
    for block in root.iter(*_BLOCKS):
        block.text = f"\n{block.text or ''}"
        block.tail = f"\n{block.tail or ''}"
    text = "\n".join(line(row) for row in words_of(root).split("\n"))
    return re.sub(r"\n{2,}", "\n\n", text).strip()


def summary_of(text: str) -> str:
    """The first sentences of ``text`` that are no list of dates, prices or addresses."""
    practical = expression(correspondances().pratique)
    chosen: list[str] = []
    for row in text[:_HEAD].split("\n"):
        words = line(_EMPHASIS.sub("", _LINK.sub(r"\1", row.lstrip("#>*- \t\u00a0"))))
        if not words or practical.search(words) or suggested_date(words):
            continue
        if chosen and (len(" ".join(chosen)) > _ENOUGH or not words.endswith(_ENDS)):
            break
        chosen.append(words)
    return cut(" ".join(chosen) or line(text[:_HEAD]), SUMMARY)


_MARK = re.compile(r"<(?=[a-zA-Z/!?])|\[(?=\^)|\](?=[(\[:])")
_SIGN = re.compile(r"^([#>])", re.MULTILINE)
_BULLETS = ("• ", "· ", "▪ ", "● ", "– ")
_BREAK = re.compile(r"([^\n])\n(?!\n|- |\d+\. )(?=\S)", re.ASCII)
_COMMONMARK = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def html_of(markdown: str) -> str:
    """Markdown of others as HTML, in which no tag is one."""
    return str(_COMMONMARK.render(markdown))


def from_plain(text: str) -> str:
    """A plain text as Markdown: its lines are paragraphs, what would be a mark stays a sign."""
    text = "\n".join(map(str.strip, text.replace("\t", " ").replace("\\", "\\\\").split("\n")))
    safe = _SIGN.sub(r"\\\1", _MARK.sub(r"\\\g<0>", text))
    rows = map(_listed, unlinked(safe).split("\n"))
    return without_gaps(_BREAK.sub("\\1\n\n", "\n".join(rows))).strip()


def _listed(row: str) -> str:
    if row.startswith(_BULLETS):
        return f"- {row[1:].lstrip()}"
    return row


def without_gaps(text: str) -> str:
    """``text`` in which no two lines in a row are empty."""
    return re.sub(r"\n{3,}", "\n\n", text)


MOST_ITEMS = 20_000
_TAGS = re.compile(
    r"</?(p|br|div|ul|ol|li|a|b|i|em|strong|span|h[1-6]|table|html|font|section|article|blockquote"
    r"|figure|textarea|select)\b[^<>]*>",
    re.IGNORECASE,
)


def decoded(data: bytes, name: str, *, folded: bool = False) -> str:
    """The text of a source: UTF-8, UTF-16 if it says so, else what its XML or HTML declares, else
    Windows-1252. Raises ``Refused``."""
    if len(data) > FILE_BYTES:
        raise Refused(f"« {name} » pèse plus de {FILE_BYTES // 1_000_000} Mo : coupez-le.")
    text = _decoded(data, name, folded)
    if "\0" in text[:4096]:
        raise Refused(f"« {name} » n’est pas un texte : exportez-le de nouveau.")
    return clean(text)


def _decoded(data: bytes, name: str, folded: bool) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    with suppress(UnicodeDecodeError):
        return readable(data.decode("utf-8-sig"), name)
    if folded:
        with suppress(UnicodeDecodeError):
            return readable(_unfolded(data).decode("utf-8-sig"), name)
    head = data[:_DECLARED].lstrip() if data.lstrip()[:1] == b"<" else b""
    label = EncodingDetector.find_declared_encoding(head, is_html=True)
    said = declared(data, label) if label else None
    return said or readable(western(data), name, western=True)


def _unfolded(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(b"\n ", b"").replace(b"\n\t", b"")


def _whole(text: str) -> str:
    # ``text`` without halves of letters, which JSON can write and no file can hold.
    return text.encode("utf-8", "ignore").decode()


def one_line(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return line(_whole(str(value)[:LONG]))


def many_lines(value: object) -> str:
    if isinstance(value, str):
        return _whole(clean(value)).strip()
    return ""


def listed(value: Any) -> list[Any]:
    """A value as a list: most of what sources say may be said several times."""
    if isinstance(value, list | tuple):
        return [*value]
    if value in (None, ""):
        return []
    return [value]


def part_of(value: Any, key: str) -> Any:
    """What an object of JSON says under ``key``; ``value`` itself when it is none."""
    if isinstance(value, dict):
        return value.get(key)
    return value


def filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """``values`` but for those that say nothing."""
    return {key: value for key, value in values.items() if value}


def once(words: Iterable[str]) -> tuple[str, ...]:
    """The words that say something, each once."""
    return tuple(dict.fromkeys(filter(None, words)))


def in_a_row(*names: str | None) -> str:
    """The names that say something, one after another: « La Coupole, auditorium »."""
    return ", ".join(filter(None, names))


def shortened(name: str, text: str, most: int, losses: list[Loss]) -> str:
    """``text``, of ``most`` signs at most; what is cut is told in ``losses``."""
    if len(text) > most:
        reason = f"trop long : coupé à {most} signes"
        losses.append(Loss(name, cut(text, WORD), reason))
    return cut(text, most)


def short_words(words: Iterable[str]) -> list[str]:
    """Key words, each once, but for those of more than ``WORD`` signs."""
    return [word for word in once(words) if len(word) <= WORD]


def differ(first: Iterable[object], second: Iterable[object]) -> bool:
    """Whether two things say each something, and not the same, of what they both may say."""
    pairs = zip(first, second, strict=True)
    return any(mine and theirs and mine != theirs for mine, theirs in pairs)


def is_html(text: str) -> bool:
    return _TAGS.search(text) is not None


def text_field(text: str) -> dict[str, Any]:
    """The field of ``SourceItem`` that holds a text, by its name."""
    if is_html(text):
        return {"html": text}
    return {"texte": unescaped(text)}


def link(value: object) -> str:
    """An address of the web, without what follows readers; "" for anything else.

    >>> link("https://exemple.test/a?utm_source=lettre&id=3"), link("file:///etc/passwd")
    ('https://exemple.test/a?id=3', '')
    """
    written = one_line(value)
    if "//" not in written:  # most texts: addresses are read slowly
        return ""
    address = clean_address(written, "https:")
    if address.startswith("http"):
        return address
    return ""


def means_of(text: str) -> tuple[str, str]:
    """How one reaches somebody, by its field (``url``, ``courriel``, ``telephone``; "" for another
    text), and where."""
    if address := link(text):
        return "url", address
    if "@" in text:
        return "courriel", text
    is_phone = 8 < sum(map(str.isdecimal, text)) < 16 and not text.strip("+0123456789 .()-")
    return ("telephone" if is_phone else "", text)


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """A name without case, accents nor punctuation.

    >>> folded("Mots clés - FR"), folded("longDescription")
    ('motsclesfr', 'longdescription')
    """
    plain = unicodedata.normalize("NFKD", name[:80]).lower()
    return "".join(sign for sign in plain if sign.isascii() and sign.isalnum())


def derived(titre: str, quand: Mapping[str, Any]) -> str:
    """The identifier of a content whose source gives none: it stays as long as its title and its
    first date do.

    >>> derived("Nuit de la chouette", {"debut": "2021-10-09 20:00"})
    'd-1383f1d8034e'
    """
    first = quand.get("debut") or (quand.get("seances") or [{}])[0].get("debut", "")
    key = f"{fold(titre)}\n{first or quand.get('horaires', {}).get('du', '')}".encode()
    return f"d-{hashlib.sha256(key).hexdigest()[:12]}"


# Texts that say that an event does not take place.

_SAYS = re.compile(
    r"\b(?:animation|atelier|balade|concert|conference|date|evenement|exposition|journee|manifestation"
    r"|projection|rencontre|rendez-vous|seance|soiree|sortie|spectacle|stage|visite)s?\b[^.!?;:\n]{0,60}?"
    r" (?:est|sont|a ete|ont ete)(?: donc| finalement| malheureusement)? (?:annule|reporte)e?s?\b"
)
_MAY = re.compile(r"\b(?:si|s[’']il|s[’']ils|en cas|sauf|lorsqu\w*|quand|jamais)\b")
_STOPS = str.maketrans("!?\n", "...")
# Of what takes place among those who are already of it, in a title, then in a text.
_AMONG = "membres?|adherente?s?|benevoles?"
_CLOSED = re.compile(
    rf"\b(?:{_AMONG}|internes?|conseil d administration|assemblee generale|fermeture"
    r"|comite (?:directeur|de pilotage)"
    r"|reunion (?:de |du |d )?(?:ca|bureau|comite|conseil|equipe|service))\b"
)
_RESERVED = re.compile(
    rf"(?<!tarif )\breservee?s? (?:a|aux?) (?:seuls |nos |ses )?(?:{_AMONG})\b"
    r"|\b(?:non ouverte?s? (?:a la presse|au public)|a huis clos|sur invitation)\b"
)


def doubtful(titre: str, text: str, *, goes_on: bool) -> Iterator[Loss]:
    """What may keep an event from readers, or them from it, and no field says."""
    key = name_key(titre)
    if closed := _CLOSED.search(key) or _RESERVED.search(name_key(text[:LONG])):
        why = "peut-être réservé : dites à qui (« reserve_a »), ou laissez-le"
        yield Loss("titre" if closed[0] in key else "texte", closed[0], why)
    if goes_on and (said := cancelling(text)):
        yield Loss("texte", said, "l’état n’en dit rien : écrivez « etat »")


def cancelling(text: str) -> str:
    """The first sentence of ``text`` that says of an event that it does not take place, or not on
    its day; "" for none, and for what only might happen.

    >>> cancelling("Cet atelier est annulé."), cancelling("La sortie est annulée s’il pleut.")
    ('Cet atelier est annulé', '')
    """
    for sentence in text[:LONG].translate(_STOPS).split("."):
        key = fold(sentence)
        if _SAYS.search(key) and not _MAY.search(key):
            return str(sentence.strip())
    return ""
