"""An issue as its page shows it: what it links to and is no more is told without a link.

Its mail keeps its addresses, as they were sent; a page of the site has no dead link.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lxml import html as lxml_html
from lxml.html import HtmlElement

from portail.body.simple import simple_html
from portail.model.issue import Group, Issue, Link, Section
from portail.text.html import SafeHtml

__all__ = ["links_of", "living", "page_of", "word_of"]

_OUTSIDE = ("http://", "https://", "mailto:")


def links_of(issue: Issue, siteurl: str) -> Iterator[str]:
    """The addresses of the site that its page may link to, in a stable order (site paths)."""
    yield from (one.url for one in issue.errata if one.url)
    for section in issue.sections:
        if section.lien:
            yield section.lien.url
        for group in section.groupes:
            yield from (one.url for one in group.lignes)
            yield from (one.url for one in group.liens)
    if issue.chiffre:
        yield issue.chiffre.source.url
    for element in _links(_tree(issue.mot)):
        yield _path(element.get("href", ""), siteurl)


def page_of(link: str) -> str:
    """The address of the page that a link leads to, whatever its place or its question."""
    return link.partition("#")[0].partition("?")[0]


def living(issue: Issue, known: Collection[str]) -> Issue:
    """``issue`` without links to addresses that are not ``known`` (site paths of pages), nor the
    ribbon, which is that of its mail."""
    errata = tuple(one.model_copy(update={"url": _kept(one.url, known)}) for one in issue.errata)
    figure = issue.chiffre
    if figure:
        source = Link(texte=figure.source.texte, url=_kept(figure.source.url, known))
        figure = figure.model_copy(update={"source": source})
    sections = tuple(_section(one, known) for one in issue.sections)
    kept = {"ruban": (), "errata": errata, "chiffre": figure, "sections": sections}
    return issue.model_copy(update=kept)


def word_of(issue: Issue, siteurl: str, base: str, known: Collection[str]) -> SafeHtml:
    """The editor's word. ``siteurl`` is the address that the site had when it was written, ``base``
    the prefix of its pages today."""
    root = _tree(issue.mot)
    for element in _links(root):
        path = _path(element.get("href", ""), siteurl)
        kept = _kept(path, known)
        if not kept:
            element.drop_tag()
        else:
            element.set("href", base + kept if kept.startswith("/") else kept)
    inside = (lxml_html.tostring(one, encoding="unicode") for one in root)
    return SafeHtml((root.text or "") + "".join(inside))


def _section(section: Section, known: Collection[str]) -> Section:
    link = section.lien if section.lien and _kept(section.lien.url, known) else None
    groups = tuple(_group(one, known) for one in section.groupes)
    return section.model_copy(update={"lien": link, "groupes": groups})


def _group(group: Group, known: Collection[str]) -> Group:
    lines = (one.model_copy(update={"url": _kept(one.url, known)}) for one in group.lignes)
    ways = (one for one in group.liens if _kept(one.url, known))
    return group.model_copy(update={"lignes": tuple(lines), "liens": tuple(ways)})


def _kept(url: str, known: Collection[str]) -> str:
    """``url`` when it leads somewhere, else ``""``."""
    if url.startswith(_OUTSIDE):
        return url
    return url if page_of(url) in known else ""


def _path(address: str, siteurl: str) -> str:
    """An address of the site as a site path; another as it is."""
    if siteurl and (address + "/").startswith(siteurl + "/"):
        return address[len(siteurl) :] or "/"
    return address


def _tree(text: str) -> HtmlElement:
    return lxml_html.fragment_fromstring(simple_html(text), create_parent="div")


def _links(root: HtmlElement) -> list[HtmlElement]:
    return [one for one in root.iter("a") if one.get("href")]
