"""Every issue that the site publishes: those that were sent, as they were, and the next one."""

from __future__ import annotations

from dataclasses import dataclass, field

from portail.agenda.weeks import Week
from portail.files import digest_bytes, digest_of
from portail.model.issue import Issue, Masthead
from portail.model.kinds import Kind
from portail.outputs.base import Digest
from portail.outputs.newsletter.issues import drafts
from portail.site.enseigne import masthead_of
from portail.site.memo import answer, per_site
from portail.site.site import Site
from portail.site.urls import issue_of, urgent_of

__all__ = ["Release", "has_letter", "has_mail", "mail_digest", "release_of", "releases"]


@dataclass(frozen=True, slots=True)
class Release:
    """One edition of one week, ready to be drawn: whether it was sent (``envoye``; the next one is
    in preparation), a digest of all that it tells; ``urgent`` for an erratum sent by itself."""

    issue: Issue = field(repr=False)
    enseigne: Masthead = field(repr=False)
    envoye: bool
    digest: Digest
    urgent: bool = False

    @property
    def page(self) -> str:
        """Site path of its page; an urgent erratum has that of its letter."""
        return issue_of(self.issue.semaine, self.issue.edition)

    @property
    def url(self) -> str:
        """Site path that its mail, its text and its data are below."""
        return urgent_of(self.issue.semaine, self.issue.edition) if self.urgent else self.page

    @property
    def semaine(self) -> str:
        """Its week for readers: « Semaine 39 »."""
        week = Week.parse(self.issue.semaine)
        return week.libelle if week else self.issue.semaine


def has_letter(site: Site) -> bool:
    """Whether the site has a letter: one may subscribe to it, was sent it, or prepares it."""
    config = site.config
    known = config.courriel or config.lettre.expediteur or config.lettre.service != "courriel"
    return bool(known or site.envois or site.of_kind(Kind.NEWSLETTER))


@per_site
def releases(site: Site) -> tuple[Release, ...]:
    """Every issue, the last week first; the editions of a week in the order of the settings, then
    those that are no more.

    A frozen issue is drawn from its file alone. The present week, until it is sent, has its issue
    in preparation; a week that is over and was not sent has none.
    """
    ranks = {one.code: rank for rank, one in enumerate(site.config.lettre.editions)}
    found: list[Release] = []
    week = Week.of(site.day.date)
    if week.slug not in site.envois and has_letter(site):
        masthead = masthead_of(site.config)
        found += (_release(one.issue, masthead, envoye=False) for one in drafts(site, week))
    for _, frozen in sorted(site.envois.items(), reverse=True):
        codes = sorted(frozen.editions, key=lambda code: (ranks.get(code, len(ranks)), code))
        found += (_release(frozen.editions[code], frozen.enseigne, envoye=True) for code in codes)
    return tuple(found)


@answer
def release_of(site: Site, url: str) -> Release:
    """The issue at an address."""
    return next(one for one in releases(site) if one.url == url)


def _release(issue: Issue, masthead: Masthead, *, envoye: bool) -> Release:
    told = f"{issue.model_dump_json()}{masthead.model_dump_json()}{envoye}"
    return Release(issue, masthead, envoye, digest_bytes(told.encode()))


def has_mail(release: Release, site: Site) -> bool:
    """Whether an issue has its files as a mail: these need whole addresses."""
    return bool(site.config.siteurl and release.enseigne.siteurl)


def mail_digest(release: Release) -> str:
    """Digest of all that a mail is made of: an issue sent is the issue that was in preparation."""
    return digest_of(release.issue.model_dump_json(), release.enseigne.model_dump_json())
