"""Exports of WordPress (WXR 1.0 to 1.2), read as they stream: one may weigh more than memory.

Elements: ``wp-admin/includes/export.php`` of WordPress.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import IO, TypeAlias, cast
from urllib.parse import unquote

from lxml import etree
from msgspec import Struct, field
from msgspec.structs import replace

from portail.diagnostics import Refused
from portail.features.intake.importer.kinds import STANDING
from portail.features.intake.importer.sources.addresses import below
from portail.features.intake.importer.sources.feed_items import LOST, SAFE, item_of, local
from portail.features.intake.importer.sources.items import Loss, Picture, SourceItem
from portail.features.intake.importer.sources.pictures import credited
from portail.features.intake.importer.sources.prose import clear, link, one_line
from portail.text.normalise import slugify
from portail.text.public import Said, public_table, said_in, says

Opening: TypeAlias = Callable[[], IO[bytes]]
"""Opens the export: it is read twice, since a text names pictures that come after it."""

HEAD = 65_536
_ROOT = re.compile(rb"<rss\b[^>]*\bhttps?://wordpress\.org/export/")
_PARTS = ("item", "author", "category", "tag", "term")
_HEAVIEST = 16_000_000
_MOST = 500_000
"""Bytes, and signs ``<``, of one part: no text has so many, and a tree of them fills memory."""
_TEXTS = 7_000
_SIGNS = 25_000_000
"""What the portal judges at once, within 300 MB of memory."""
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
_AGAIN = "Exportez-le de nouveau depuis WordPress (Outils › Exporter)."
_BLANK = re.compile(r"\n[ \t]*\n")
_PRE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL | re.IGNORECASE)
_BLOCK = re.compile(
    r"<(?:/|!|(?:p|div|h[1-6]|ul|ol|li|dl|table|blockquote|figure|hr|iframe)\b)", re.IGNORECASE
)
_MARK = re.compile(r"<!--\s*(/?)wp:([a-z][\w/-]*)((?:(?!-->).)*?)(/?)-->", re.DOTALL)
"""Where a block begins or ends: what ends, its name, its attributes, whether it holds nothing."""
_UNSEEN = re.compile(r'"blockVisibility"\s*:\s*false|"hideBlock"\s*:\s*true')
_CODE = re.compile(
    r"(?<!\[)\[([a-z][\w-]*)[^\[\]\n]{0,60}\]?|<!--\s*wp:([a-z][\w/-]*)"
    r"|\"(um_is_restrict)\"\s*:\s*true",
    re.IGNORECASE,
)
"""What may say that a part of a text is for members: a shortcode, a block, an attribute."""
_SHOWN = 60
_UNFILED = frozenset({"uncategorized", "non-classe", "non-categorise"})


class _Blog(Struct):
    """What the whole export says to each of its texts."""

    address: str = ""
    langue: str = ""
    names: dict[str, str] = field(default_factory=dict)
    """Names that are shown, by account."""
    pictures: dict[str, Picture] = field(default_factory=dict)


def recognised(head: bytes) -> bool:
    """Whether a file that begins by ``head`` is an export of WordPress."""
    return _ROOT.search(head) is not None


def read(data: bytes, name: str, day: date) -> Iterator[SourceItem]:
    """Its texts, in order. Raises ``Refused``."""
    yield from streamed(lambda: io.BytesIO(data), name)


def streamed(opening: Opening, name: str) -> Iterator[SourceItem]:
    """The texts of an export, in order, then how many of its items are none; all of it is judged
    before the first. Raises ``Refused``, with the line."""
    blog = _blog(opening, name)
    none: Counter[str] = Counter()
    row = signs = 0
    for row, item in enumerate(_parts(opening, name, "item"), 1):
        sort = _said(item, "post_type")
        if sort in public_table().sortes["aucun"]:
            none[sort] += 1
            continue
        text = _text(item, row, blog)
        signs += len(text.html)
        yield text
        if signs > _SIGNS or row - none.total() > _TEXTS:
            most = f"{_TEXTS} textes, ou {_SIGNS // 1_000_000} millions de signes"
            where = f"« {name} », ligne {item.sourceline}"
            raise Refused(f"{where} : il y a plus de {most}. Exportez par année.")
    for rank, (sort, count) in enumerate(none.items(), row + 1):
        few = f"{count} éléments de cette sorte" if count > 1 else "1 élément de cette sorte"
        yield SourceItem(row=rank, titre=sort, refused=f"{few}, ce n’est pas un texte.")


def _blog(opening: Opening, name: str) -> _Blog:
    blog = _Blog()
    for part in _parts(opening, name, "author", "item"):
        channel = part.getparent()
        if not blog.address and channel is not None:
            blog.address = link(_said(channel, "base_blog_url") or _said(channel, "link"))
            blog.langue = _said(channel, "language")
        if local(part) == "author":
            blog.names[_said(part, "author_login")] = _said(part, "author_display_name")
        elif _said(part, "post_type") == "attachment" and (key := _said(part, "post_id")):
            alt = _metas(part).get("_wp_attachment_image_alt", "")
            legends = (it.text or "" for it in part.iterfind("{*}encoded"))
            credit = next(filter(None, map(credited, map(clear, legends))), "")
            blog.pictures[key] = Picture(link(_said(part, "attachment_url")), alt, credit)
    return blog


def _parts(opening: Opening, name: str, *wanted: str) -> Iterator[etree._Element]:
    """The parts of an export under its channel, each gone when the next one is asked for."""
    parser = etree.XMLPullParser(
        ["end"],
        tag=[f"{{*}}{part}" for part in _PARTS],
        remove_comments=True,
        remove_pis=True,
        **SAFE,
    )
    line = 1
    weight = signs = 0
    with opening() as source:
        _refuse_entities(source.read(HEAD), name)
        source.seek(0)
        try:
            while chunk := source.read(HEAD):
                weight += len(chunk)
                signs += chunk.count(b"<")
                parser.feed(chunk.translate(None, _CONTROLS))
                for _, event in parser.read_events():
                    part = cast("etree._Element", event)
                    channel = part.getparent()
                    if channel is None or local(channel) != "channel":
                        continue
                    if local(part) in wanted:
                        yield part
                    part.clear()
                    before = part.getprevious()
                    if before is not None and local(before) in _PARTS:
                        channel.remove(before)
                    weight = signs = 0
                line += chunk.count(b"\n")
                if weight > _HEAVIEST or signs > _MOST:
                    raise Refused(f"« {name} », ligne {line} : un élément y est trop lourd.")
            parser.close()
        except etree.XMLSyntaxError as error:
            where = f"« {name} », ligne {error.lineno or line}"
            raise Refused(f"{where} : cet export est coupé ou abîmé. {_AGAIN}") from None


def _refuse_entities(head: bytes, name: str) -> None:
    """Raises ``Refused`` for an export that declares signs of its own: they may grow without end,
    and WordPress writes none."""
    root = _ROOT.search(head)
    prolog = head[: root.start()] if root else head
    if (at := prolog.find(b"<!DOCTYPE")) >= 0:
        line = prolog.count(b"\n", 0, at) + 1
        why = f"il définit ses propres signes (DOCTYPE). {_AGAIN}"
        raise Refused(f"« {name} », ligne {line} : {why}")


def _said(part: etree._Element, name: str) -> str:
    return one_line(part.findtext(f"{{*}}{name}"))


def _metas(part: etree._Element) -> Mapping[str, str]:
    metas = part.iterfind("{*}postmeta")
    return {_said(meta, "meta_key"): _said(meta, "meta_value") for meta in metas}


def _text(item: etree._Element, row: int, blog: _Blog) -> SourceItem:
    metas = _metas(item)
    for child in [*item]:
        if local(child) == "encoded":
            child.text = _shown(child.text or "")
        elif local(child) == "creator":
            child.text = blog.names.get(child.text or "") or child.text
        elif child.get("domain") == "post_format" or child.get("nicename") in _UNFILED:
            item.remove(child)
    found = item_of(item, blog.address, blog.langue)
    is_shown = any(it.value == "publish" for it in found.said)
    url = found.url if is_shown else ""
    path = below(url, blog.address) if url and "?" not in url else ""
    plain = [Loss("ancienne adresse", url, "une adresse à « ? » ne se redirige pas")]
    former = {"anciennes_urls": [path]} if path and path != "/" else {}
    return replace(
        found,
        row=row,
        namespace="wordpress",
        kind=STANDING if _said(item, "post_type") == "page" else found.kind,
        slug=slugify(unquote(_said(item, "post_name"))),
        html=_paragraphs(found.html or found.texte),
        texte="",
        url=url,
        said=(*found.said, *_reserved(metas, f"{found.html or found.texte} {found.resume}")),
        picture=blog.pictures.get(metas.get("_thumbnail_id", "")) or found.picture,
        extra={**found.extra, **former},
        losses=(*found.losses, *(plain if "?" in url else ()), *_lost(item, metas)),
    )


def _shown(text: str) -> str:
    """``text`` without the blocks that its author hid."""
    if not _UNSEEN.search(text):
        return text
    pieces: list[str] = []
    name = ""
    done = depth = 0
    for mark in _MARK.finditer(text, 0, text.rfind("-->") + 3):
        if depth:
            is_same = mark[2] == name and not mark[4]
            depth += (-1 if mark[1] else 1) * is_same
            done = mark.end()
        elif not mark[1] and _UNSEEN.search(mark[3]):
            pieces.append(text[done : mark.start()])
            name = mark[2]
            depth = not mark[4]
            done = mark.end()
    return "".join([*pieces, "" if depth else text[done:]])


def _reserved(metas: Mapping[str, str], text: str) -> tuple[Said, ...]:
    """What says that a text, or a part of it, is for members."""
    codes = {next(filter(None, match.groups())): match[0] for match in _CODE.finditer(text)}
    said = said_in("wordpress", {**codes, **metas})
    return tuple(it._replace(value=it.value[:_SHOWN]) for it in said if it.sort == "reserve")


def _lost(item: etree._Element, metas: Mapping[str, str]) -> Iterator[Loss]:
    if comments := sum(local(child) == "comment" for child in item):
        yield Loss("commentaires", str(comments), "ceux qui les ont écrits ne sont pas repris")
    for key in metas:
        told = key.startswith("_") or says("wordpress", key)
        if key and not told:  # those are of WordPress and of its extensions
            yield Loss(f"champ « {key} »", "", LOST)


def _paragraphs(text: str) -> str:
    """A text with the paragraphs that WordPress shows: blank lines part them, and blocks stand by
    themselves."""
    if "<!-- wp:" in text:
        return text
    pieces = _PRE.split(text)
    return "".join(
        piece if rank % 2 else "".join(map(_paragraph, _BLANK.split(piece)))
        for rank, piece in enumerate(pieces)
    )


def _paragraph(text: str) -> str:
    text = text.strip()
    if not text or _BLOCK.match(text):
        return text
    return f"<p>{text.replace(chr(10), '<br>')}</p>"
