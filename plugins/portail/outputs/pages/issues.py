"""The page of one issue of the letter, drawn from what the issue tells."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from portail.config import REGION
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.drawn import drawn
from portail.outputs.newsletter.mails import HTML, TEXT
from portail.outputs.newsletter.releases import Release, has_mail, release_of, releases
from portail.outputs.pages.feed_links import linked_feeds
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.letter_links import links_of, living, page_of, word_of
from portail.outputs.pages.subscribing import LETTER
from portail.outputs.pages.views.letters import LettreView
from portail.outputs.pages.views.shared import Lien
from portail.site.memo import answer
from portail.site.site import Site
from portail.site.urls import HOME, LETTERS, letters_of

__all__ = ["plan_issue"]


def plan_issue(site: Site, release: Release, own: str, known: Collection[str]) -> TemplatePage:
    """The page of an issue, which leads to ``own``, where letters are composed, and to those of
    the addresses of the site that are ``known``: of the contents that it tells, it reads nothing
    but whether they are still there."""
    links = map(page_of, links_of(release.issue, release.enseigne.siteurl))
    alive = sorted({one for one in links if one in known})
    hint = SitemapHint(release.issue.jour) if release.envoye else None
    return drawn(site, release.url, "lettre.html", _show, release.url, own, *alive, sitemap=hint)


def _show(site: Site, url: str, own: str, *alive: str) -> LettreView:
    release = release_of(site, url)
    issue, older, newer = release.issue, *_around(site, url)
    archive = letters_of(issue.edition)
    fil = [Lien("Accueil", HOME), Lien(LETTER, LETTERS)]
    fil += [Lien(issue.nom, archive)] * (issue.edition != REGION)
    return LettreView(
        cadre=frame_of(site),
        titre=issue.sujet,
        description=issue.chapo or issue.apercu,
        url=url,
        fil=tuple(fil),
        noindex=not release.envoye,
        flux=linked_feeds(site, url, archive),
        numero=living(issue, alive),
        mot=word_of(issue, release.enseigne.siteurl, site.config.base, alive),
        semaine=release.semaine.lower(),
        envoye=release.envoye,
        formes=tuple(_forms(release, site)),
        editions=_others(site, url),
        precedent=older,
        suivant=newer,
        archive=Lien("Tous les numéros", archive),
        inscription=archive,
        ma_lettre=own,
    )


@answer
def _around(site: Site, url: str) -> tuple[Lien | None, Lien | None]:
    """The issue of its edition before one of them, and the one after it, if it was sent."""
    edition = release_of(site, url).issue.edition
    found = [one for one in releases(site) if one.issue.edition == edition]
    rank = next(rank for rank, one in enumerate(found) if one.url == url)
    newer = found[rank - 1] if rank and found[rank - 1].envoye else None
    return _neighbour(found[rank + 1] if rank + 1 < len(found) else None), _neighbour(newer)


def _neighbour(release: Release | None) -> Lien | None:
    return Lien(release.issue.sujet, release.url, release.semaine) if release else None


@answer
def _others(site: Site, url: str) -> tuple[Lien, ...]:
    """The other editions of the week of an issue."""
    issue, known = release_of(site, url).issue, releases(site)
    week = (one for one in known if one.issue.semaine == issue.semaine)
    return tuple(Lien(one.issue.nom, one.url) for one in week if one.issue.edition != issue.edition)


def _forms(release: Release, site: Site) -> Iterator[Lien]:
    """Its mail and its text, when they are made."""
    if has_mail(release, site):
        mail = "Tel qu’envoyé par courriel" if release.envoye else "Tel qu’il partira par courriel"
        yield Lien(mail, release.url + HTML)
        yield Lien("En texte seul", release.url + TEXT)
