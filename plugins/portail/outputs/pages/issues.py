"""The page of one issue of the letter, drawn from what the issue tells."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from portail.files import digest_bytes
from portail.letters import REGION
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.newsletter.mails import HTML, TEXT, has_mail
from portail.outputs.newsletter.releases import Release, releases
from portail.outputs.pages.feed_links import linked_feeds
from portail.outputs.pages.letter_links import links_of, living, page_of, word_of
from portail.outputs.pages.subscribing import LETTER
from portail.outputs.pages.views import FluxLie, Frame, LettreView, Lien
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.urls import HOME, LETTERS, MY_LETTER, file_of, letters_of

__all__ = ["plan_issue"]


@dataclass(frozen=True, slots=True)
class _Around:
    """What an issue does not tell and its page shows: the issues before and after, the other
    editions of the week, its mail and its text, where letters are composed, its feeds."""

    precedent: Lien | None
    suivant: Lien | None
    editions: tuple[Lien, ...]
    formes: tuple[Lien, ...]
    ma_lettre: str
    flux: tuple[FluxLie, ...]


def plan_issue(
    release: Release,
    neighbours: tuple[Release | None, Release | None],
    site: Site,
    frame: Frame,
    known: Collection[str],
) -> TemplatePage:
    """The page of an issue, between the one before and the one after; ``known`` are the addresses
    of the site that it may link to. Its key does not read the contents that it tells: only
    whether they are still there."""
    older, newer = neighbours
    around = _Around(
        _neighbour(older),
        _neighbour(newer),
        tuple(_others(release, site)),
        tuple(_forms(release, site)),
        MY_LETTER if MY_LETTER in known else "",
        linked_feeds(site, release.url, letters_of(release.issue.edition)),
    )
    links = dict.fromkeys(links_of(release.issue, release.enseigne.siteurl))
    alive = frozenset(one for one in map(page_of, links) if one in known)
    seen = (around, [link for link in links if page_of(link) in alive])
    key = (frame.digest, release.digest, digest_bytes(repr(seen).encode()))
    hint = SitemapHint(release.issue.jour) if release.envoye else None
    return TemplatePage(
        file_of(release.url),
        release.url,
        "lettre.html",
        key,
        _viewer(release, around, alive, site, frame),
        sitemap=hint,
    )


def _viewer(
    release: Release, around: _Around, alive: Collection[str], site: Site, frame: Frame
) -> Callable[[], LettreView]:
    def view() -> LettreView:
        issue = release.issue
        archive = letters_of(issue.edition)
        fil = [Lien("Accueil", HOME), Lien(LETTER, LETTERS)]
        fil += [Lien(issue.nom, archive)] * (issue.edition != REGION)
        return LettreView(
            cadre=frame,
            titre=issue.sujet,
            description=issue.chapo or issue.apercu,
            url=release.url,
            fil=tuple(fil),
            noindex=not release.envoye,
            flux=around.flux,
            numero=living(issue, alive),
            mot=word_of(issue, release.enseigne.siteurl, site.config.base, alive),
            semaine=release.semaine.lower(),
            envoye=release.envoye,
            formes=around.formes,
            editions=around.editions,
            precedent=around.precedent,
            suivant=around.suivant,
            archive=Lien("Tous les numéros", archive),
            inscription=archive,
            ma_lettre=around.ma_lettre,
        )

    return view


def _neighbour(release: Release | None) -> Lien | None:
    return Lien(release.issue.sujet, release.url, release.semaine) if release else None


@per_site
def _weeks(site: Site) -> dict[str, tuple[Release, ...]]:
    """The editions of each week."""
    found: dict[str, tuple[Release, ...]] = {}
    for release in releases(site):
        week = release.issue.semaine
        found[week] = (*found.get(week, ()), release)
    return found


def _others(release: Release, site: Site) -> Iterator[Lien]:
    """The other editions of its week."""
    for one in _weeks(site)[release.issue.semaine]:
        if one.issue.edition != release.issue.edition:
            yield Lien(one.issue.nom, one.url)


def _forms(release: Release, site: Site) -> Iterator[Lien]:
    """Its mail and its text, when they are made."""
    if has_mail(release, site):
        mail = "Tel qu’envoyé par courriel" if release.envoye else "Tel qu’il partira par courriel"
        yield Lien(mail, release.url + HTML)
        yield Lien("En texte seul", release.url + TEXT)
