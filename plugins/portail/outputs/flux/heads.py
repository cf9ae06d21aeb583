"""Heads of feeds, whatever their format, and the feed of the newsletter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time

from msgspec import Struct

from portail.agenda.occurrences import local
from portail.body.tags import simple_html
from portail.config import SiteConfig
from portail.facts.base import licence as licence_of
from portail.model.entry import Entry
from portail.model.issue import Group, Issue, Line, Link
from portail.model.kinds import Kind
from portail.outputs.flux.told import Told, legal
from portail.outputs.headers import uri
from portail.outputs.pages.kit import PARTS, WORDS, Kit
from portail.outputs.pages.views.shared import Lien
from portail.site.feeds import Address, Feed
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.urls import FEED_SHEET, FEEDS, issue_of
from portail.text.typography import escape, inline_html, plain, typographie

HOUR = time(8)
"""When the letter goes out, on its Thursday."""


@per_site
def sent_issues(site: Site) -> Mapping[str, Issue]:
    """Issues that were sent, by the address of their page."""
    return {
        issue_of(week, code): issue
        for week, frozen in site.envois.items()
        for code, issue in frozen.editions.items()
    }


def issue_told(url: str, site: Site, kit: Kit) -> Told:
    """The issue whose page is at ``url``, which was sent."""
    issue, config = sent_issues(site)[url], site.config
    sent = local(issue.jour, HOUR)
    licence = str(Entry.model_fields["licence"].default)
    return Told(
        id=uri(config, url),
        titre=_plain(issue.sujet),
        url=config.absolute(url),
        langue="fr",
        resume=_plain(issue.chapo or issue.apercu),
        contenu=legal("\n".join(_pieces(issue, config))),
        entier=True,
        publie=sent,
        modifie=sent,
        auteurs=(Lien(_plain(config.nom)),),
        mots=(),
        licence=Lien(*licence_of(licence, kit.vocabularies)),
        image=None,
        sons=(),
        rendez_vous={},
    )


def _plain(text: str) -> str:
    return legal(typographie(plain(" ".join(text.split()))))


def _pieces(issue: Issue, config: SiteConfig) -> Iterator[str]:
    """The issue as HTML without classes nor pictures, with whole addresses."""
    if issue.mot:
        yield simple_html(issue.mot)
    if issue.errata:
        yield "<h2>Errata</h2>\n<ul>"
        for one in issue.errata:
            link = _linked(inline_html(one.titre), one.url, config)
            yield f"<li><strong>{_said(f'{one.mot} :')}</strong> {link}, {_said(one.texte)}</li>"
        yield "</ul>"
    for section in issue.sections:
        yield f"<h2>{_said(section.titre)}</h2>"
        for group in section.groupes:
            yield from _group(group, config)
        if section.lien:
            yield f"<p>{_way(section.lien, config)}</p>"
    if issue.chiffre:
        yield "<h2>Le chiffre</h2>"
        value, counted = _said(issue.chiffre.valeur), _said(issue.chiffre.libelle)
        yield f"<p><strong>{value}</strong> {counted}</p>"
        yield f"<p>Source\u00a0: {_way(issue.chiffre.source, config)}</p>"
    if issue.contributeurs:
        names = _said(", ".join(issue.contributeurs))
        yield f"<p>{WORDS['lettres']['contributeurs'].format(noms=names)}</p>"


def _group(group: Group, config: SiteConfig) -> Iterator[str]:
    if group.titre:
        yield f"<h3>{_said(group.titre)}</h3>"
    if group.lignes:
        yield "<ul>"
        yield from (_line(line, config) for line in group.lignes)
        yield "</ul>"
    words = [_said(group.vide)] if group.vide else []
    words += [_way(link, config) for link in group.liens]
    if words:
        yield f"<p>{' · '.join(words)}</p>"


def _line(line: Line, config: SiteConfig) -> str:
    told = [f"<strong>{_linked(inline_html(line.titre), line.url, config)}</strong>"]
    details = [one for one in (line.nature, line.details, line.etiquette) if one]
    told += [_said(" · ".join(details))] if details else []
    told += [inline_html(line.texte)] if line.texte else []
    return f"<li>{'<br>'.join(told)}</li>"


def _way(link: Link, config: SiteConfig) -> str:
    return _linked(_said(link.texte), link.url, config)


def _linked(words: str, url: str, config: SiteConfig) -> str:
    """``words``, which are HTML, as a link to a site path; alone when there is none."""
    if not url:
        return words
    whole = config.absolute(url) if url.startswith("/") else url
    return f'<a href="{escape(whole)}">{words}</a>'


def _said(text: str) -> str:
    return escape(typographie(text))


_ICON, _SMALL = "/theme/icons/icone-512.png", "/theme/icons/icone-192.png"
_BANNER = "/theme/partage/portail.png"
_RIGHTS = "Chaque texte a sa licence, dite avec lui."


class Head(Struct, frozen=True):
    """A feed itself: whole addresses, plain texts; ``modifie`` is when the last of its contents
    changed, so that an old one that is edited is noticed. ``feuille`` is its style sheet, from the
    root of its host, ``aide`` the page that explains feeds."""

    id: str
    titre: str
    description: str
    page: str
    url: str
    type: str
    portail: str
    droits: str
    icone: str
    petite: str
    bandeau: str
    feuille: str
    aide: str
    modifie: datetime


def head_of(feed: Feed, address: Address, site: Site) -> Head:
    """How ``feed`` presents itself at ``address``."""
    config, name = site.config, typographie(feed.nom)
    place, texts = config.nom_complet, PARTS["descriptions"]
    text = texts.get(feed.groupe, texts["autre"])
    return Head(
        id=uri(config, address.url),
        titre=legal(place if feed.groupe == "tout" else f"{name} · {config.nom}"),
        description=legal(typographie(text.format(nom=feed.nom, place=place))),
        page=config.absolute(feed.page),
        url=config.absolute(address.url),
        type=address.type,
        portail=legal(place),
        droits=_RIGHTS,
        icone=config.absolute(_ICON),
        petite=config.absolute(_SMALL),
        bandeau=config.absolute(_BANNER),
        feuille=config.base + FEED_SHEET,
        aide=f"{config.absolute(FEEDS)}#Comment",
        modifie=local(last_change(feed, site), HOUR if feed.groupe == "lettre" else None),
    )


def last_change(feed: Feed, site: Site) -> date:
    """The day when the last of its contents changed; of all events, when none is to come."""
    if feed.groupe == "lettre":
        return max(sent_issues(site)[ref].jour for ref in feed.refs)
    entries = [site.items[ref].entry for ref in feed.refs or site.indexes.by_kind[Kind.EVENT]]
    return max(one for entry in entries for one in (entry.publie_le, entry.modifie) if one)
