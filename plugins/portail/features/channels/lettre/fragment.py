"""The letter as an HTML fragment: sections, lines, links. Mails, pages, feeds and plain texts tell
it, the file of a sent week keeps it; what others propose is cleaned as any text of theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import nh3
from lxml import html
from lxml.html import HtmlElement

from portail.text.spaces import bound
from portail.text.typography import escape, in_letters, inline_html, named, signed, typeset

from .issue import NUMBERED, Erratum, Group, Head, Issue, Letter, Line, Link, Section
from .word_html import SIMPLE_TAGS
from .words import WORDS

_TITLES = ("mot", "faire", "savoir", "prendre", "encore", "ciel", "errata", "changements")
_PATH = re.compile(r"/(?!/)[\w.~!$&'()*+,;=:@%/?#-]*", re.ASCII)
_CLIMB = re.compile(r"(^|/)(\.|%2e){1,2}(?=/|$|\?|#)|//", re.IGNORECASE)
_CLEANER = nh3.Cleaner(
    tags={*SIMPLE_TAGS, "section", "h2", "h3"},
    attributes={"a": {"href"}, "ol": {"start"}, "*": set()},
    allowed_classes={
        "a": {"facile", "voie"},
        "p": {"signe", "txt", "meta", "voies", "faciles", "contributeurs"},
        "section": {*_TITLES},
    },
    clean_content_tags={"script", "style"},
    url_schemes={"http", "https", "mailto"},
    url_relative=lambda url: url if leads(url) else None,
    link_rel=None,
)
_POINT = "\u00a0· "
_SEMICOLON = "\u00a0; "
# What is left of classes that are not of a letter; a text holds no bare « < ».
_UNCLASSED = re.compile(r'(<[^<>]*) class=""(?=[^<>]*>)')
# What parts a link from its neighbours, which goes when it does.
_AFTER = re.compile(r"^\u00a0?[·;] ")
_BEFORE = re.compile(r"\u00a0?[·;,] $")


def leads(url: str) -> bool:
    """Whether ``url`` is a path of the site.

    >>> leads("/agenda/?jour=1#a"), leads("//a.example/"), leads("/a/../b/")
    (True, False, False)
    """
    return bool(_PATH.fullmatch(url)) and not _CLIMB.search(url.partition("#")[0].partition("?")[0])


def cleaned(fragment: str) -> str:
    """``fragment`` with nothing but what a letter is made of; done twice, it changes nothing."""
    return _UNCLASSED.sub(r"\1", _CLEANER.clean(fragment)).replace("&nbsp;", "\u00a0")


def tree_of(fragment: str) -> HtmlElement:
    """The sections of a letter, read, below one element."""
    return html.fragment_fromstring(fragment, create_parent="div")


def written(root: HtmlElement) -> str:
    """What ``tree_of`` read."""
    return "\n".join(html.tostring(part, encoding="unicode").strip() for part in root)


def links_of(root: HtmlElement) -> list[HtmlElement]:
    return [link for link in root.iter("a") if link.get("href")]


def unlinked(link: HtmlElement) -> None:
    """Take a link to what is no more out of its letter: a title is told without it, what is only
    a way goes, with what parts it from others."""
    if not link.get("class"):
        link.drop_tag()
        return
    block = link.getparent()
    before = link.getprevious()
    tail = link.tail or ""
    link.tail = _AFTER.sub("", tail)
    if link.tail == tail and before is not None:
        before.tail = _BEFORE.sub("", before.tail or "")
    elif link.tail == tail:
        block.text = _BEFORE.sub("", block.text or "")
    link.drop_tree()
    if block.find("a") is None and block.get("class") in ("voies", "faciles"):
        block.drop_tree()


def published(issue: Issue) -> Letter:
    """What is published of an issue."""
    soir = issue.soir
    return Letter(
        **{name: getattr(issue, name) for name in Head.model_fields},
        refs=tuple(dict.fromkeys(line.ref for line in issue.lignes)),
        changes=tuple(change.ref for change in (*issue.errata, *issue.changements)),
        tete=issue.tete.ref if issue.tete else "",
        soir=soir.soir if soir else "",
        image=issue.image,
        lettre=written(tree_of(cleaned("\n".join(_parts(issue))))),
    )


def _parts(issue: Issue) -> Iterator[str]:
    if issue.mot:
        yield f'<section class="mot">\n{issue.mot}\n<p class="signe">La rédaction</p>\n</section>'
    easy = [_anchor(_title(line.titre), line.facile, "facile") for line in issue.faciles]
    if easy:
        told = f"<strong>{WORDS['mail']['facile']}\u00a0:</strong> {_SEMICOLON.join(easy)}"
        yield f'<p class="faciles">{told}.</p>'
    first = 1
    for name, part in issue.blocs:
        if isinstance(part, Section):
            yield _block(part.cle, part.titre, _section(part, first))
            first += len(part.lignes) * (part.cle in NUMBERED)
        else:
            yield _block(name, _changed(len(part)), map(change, part))
    if issue.contributeurs:
        names = _escaped(", ".join(issue.contributeurs))
        words = WORDS["mail"]["contributeurs"].format(noms=names)
        yield f'<p class="contributeurs">{words}</p>'


def _changed(number: int) -> str:
    return f"Erratum\u00a0: {in_letters(number)} changement{'s' if number > 1 else ''}"


def _block(name: str, title: str, rows: Iterable[str]) -> str:
    return "\n".join(
        (f'<section class="{name}">', f"<h2>{_escaped(title)}</h2>", *rows, "</section>")
    )


def change(erratum: Erratum) -> str:
    """An erratum in one paragraph."""
    link = _anchor(_title(erratum.titre), erratum.url)
    word = _escaped(f"{erratum.mot} :")
    return f"<p><strong>{word}</strong> {link}{_escaped(erratum.suite)}</p>"


def _section(section: Section, first: int) -> Iterator[str]:
    if section.cle in NUMBERED:
        yield f'<ol start="{first}">'
        yield from (f"<li>\n{thing(line)}\n</li>" for line in section.lignes)
        yield "</ol>"
        return
    yield from filter(None, map(_group, section.groupes))
    if section.lien:
        yield f'<p class="voies">{_way(section.lien)}</p>'


def thing(line: Line) -> str:
    """One of the numbered things."""
    label = _within("<strong>{}</strong>", line.etiquette)
    facts = filter(None, (label, _escaped(line.details), _easy(line)))
    rows = (
        f"<h3>{_anchor(_title(line.titre), line.url)}</h3>",
        _within('<p class="txt">{}</p>', line.texte),
        f'<p class="meta">{_POINT.join(facts)}</p>',
    )
    return "\n".join(filter(None, rows))


def _easy(line: Line) -> str:
    if line.facile:
        return _anchor(WORDS["mail"]["facile"], line.facile, "facile")
    return ""


def _group(group: Group) -> str:
    head = _within("<strong>{}\u00a0:</strong> ", group.titre)
    if group.lignes:
        return f"<p>{head}{_SEMICOLON.join(map(_tight, group.lignes))}.</p>"
    if group.liens:
        return f'<p class="voies">{head}{_POINT.join(map(_way, group.liens))}</p>'
    return _within("<p>{}</p>", group.vide)


def _within(shape: str, text: str) -> str:
    # Nothing for no text.
    if text:
        return shape.format(_escaped(text))
    return ""


def _tight(line: Line) -> str:
    named_line = _anchor(_title(line.titre), line.url)
    told = ", ".join(filter(None, (named_line, _escaped(line.details))))
    return _POINT.join(filter(None, (told, _easy(line))))


def _way(link: Link) -> str:
    return _anchor(_escaped(link.texte), link.url, "voie")


def _anchor(words: str, url: str, sort: str = "") -> str:
    # ``words``, which are HTML, as a link; alone when there is none.
    if not url:
        return words
    named_sort = f' class="{sort}"' if sort else ""
    return f'<a href="{escape(url)}"{named_sort}>{words}</a>'


def _title(title: str) -> str:
    return bound(inline_html(signed(title)))


def _escaped(text: str) -> str:
    return escape(bound(typeset(named(text))).replace(" · ", _POINT))
