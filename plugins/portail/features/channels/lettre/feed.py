"""The letter in feeds: the issues of each edition that was sent, as HTML without classes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from portail.config import SiteConfig
from portail.model.kinds import WEEKLY, info_of
from portail.outputs.pages.slots import FeedText, OwnFeed
from portail.outputs.pages.words import WORDS
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.typography import escape, inline_html, small, typeset

from .addresses import issue_of, letters_of
from .days import leaves
from .issue import NUMBERED, Erratum, Group, Issue, Line, Link, Section
from .sent import sent_weeks
from .settings import REGION, letter_of
from .word_html import simple_html

_GROUP = "lettre"
_EASY = "En facile à lire"


def letter_feeds(site: Site) -> Iterator[OwnFeed]:
    title = info_of(WEEKLY).rubrique
    names = {edition.code: edition.nom for edition in letter_of(site.config).editions}
    issues: dict[str, list[str]] = {code: [] for code in names}
    for week, frozen in sorted(sent_weeks(site).items(), reverse=True):
        for code, issue in sorted(frozen.editions.items()):
            names.setdefault(code, issue.nom)
            issues.setdefault(code, []).append(issue_of(week, code))
    for code, addresses in issues.items():
        if addresses:
            name = title if code == REGION else f"{title}, édition {names[code]}"
            yield OwnFeed(letters_of(code), _GROUP, name, tuple(addresses))


def feed_text(site: Site, url: str) -> Iterator[FeedText]:
    if text := _text(site, url):
        yield text


@per_site
def _text(site: Site, url: str) -> FeedText | None:
    # The same, drawn once: a feed asks for it to tell it, then to say when it last changed.
    issue = _by_address(site).get(url)
    if issue is None:
        return None
    content = "\n".join(_pieces(issue, site.config))
    sent = leaves(issue.jour)
    return FeedText(issue.sujet, issue.apercu, content, sent)


@per_site
def _by_address(site: Site) -> Mapping[str, Issue]:
    return {
        issue_of(week, code): issue
        for week, frozen in sent_weeks(site).items()
        for code, issue in frozen.editions.items()
    }


def _pieces(issue: Issue, config: SiteConfig) -> Iterator[str]:
    if issue.mot:
        yield simple_html(issue.mot)
    if issue.faciles:
        easy = (_anchor(inline_html(line.titre), line.facile, config) for line in issue.faciles)
        titles = "\u00a0; ".join(easy)
        yield f"<p>{_EASY}\u00a0: {titles}.</p>"
    for bloc in issue.blocs:
        if bloc[0] == "errata" or bloc[0] == "changements":
            yield from _errata(bloc[1], config)
        else:
            yield from _section(bloc[1], config)
    if issue.contributeurs:
        names = _escaped(", ".join(issue.contributeurs))
        yield f"<p>{WORDS['lettres']['contributeurs'].format(noms=names)}</p>"


def _errata(errata: Iterable[Erratum], config: SiteConfig) -> Iterator[str]:
    yield "<h2>Errata</h2>\n<ul>"
    for erratum in errata:
        link = _anchor(inline_html(erratum.titre), erratum.url, config)
        word = _escaped(f"{erratum.mot} :")
        text = _escaped(erratum.suite)
        yield f"<li><strong>{word}</strong> {link}{text}</li>"
    yield "</ul>"


def _section(section: Section, config: SiteConfig) -> Iterator[str]:
    yield f"<h2>{_escaped(section.titre)}</h2>"
    for group in section.groupes:
        yield from _group(group, section, config)
    if section.lien:
        yield f"<p>{_way(section.lien, config)}</p>"


def _group(group: Group, section: Section, config: SiteConfig) -> Iterator[str]:
    if group.lignes and section.cle not in NUMBERED:
        titles = "\u00a0; ".join(_tight(line, config) for line in group.lignes)
        yield f"<p>{_escaped(group.titre)}\u00a0: {titles}.</p>"
        return
    if group.titre:
        yield f"<h3>{_escaped(group.titre)}</h3>"
    if group.lignes:
        yield "<ul>"
        yield from (_line(line, config) for line in group.lignes)
        yield "</ul>"
    ways = " · ".join(_way(link, config) for link in group.liens)
    if words := " ".join(filter(None, (_escaped(group.vide), ways))):
        yield f"<p>{words}</p>"


def _tight(line: Line, config: SiteConfig) -> str:
    named = _anchor(inline_html(line.titre), line.url, config)
    easy = _anchor(small(_EASY), line.facile, config) if line.facile else ""
    return ", ".join(filter(None, (named, _escaped(line.details), easy)))


def _line(line: Line, config: SiteConfig) -> str:
    parts = [f"<strong>{_anchor(inline_html(line.titre), line.url, config)}</strong>"]
    details = " · ".join(filter(None, (line.etiquette, line.details)))
    parts += [_escaped(details)] if details else []
    parts += [inline_html(line.texte)] if line.texte else []
    parts += [_anchor(_EASY, line.facile, config)] if line.facile else []
    return f"<li>{'<br>'.join(parts)}</li>"


def _way(link: Link, config: SiteConfig) -> str:
    return _anchor(_escaped(link.texte), link.url, config)


def _anchor(words: str, url: str, config: SiteConfig) -> str:
    # ``words``, which are HTML, as a link to a site path; alone when there is none.
    if not url:
        return words
    whole = config.absolute(url) if url.startswith("/") else url
    return f'<a href="{escape(whole)}">{words}</a>'


def _escaped(text: str) -> str:
    return escape(typeset(text))
