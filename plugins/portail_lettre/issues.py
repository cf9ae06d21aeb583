"""Issues of the newsletter: those that were sent, those in preparation, their freezing."""

from __future__ import annotations

from typing import NamedTuple

from portail.agenda.weeks import Week
from portail.files import digest_of
from portail.site.memo import answer, per_site
from portail.site.site import Site
from portail.text.dates import jour

from .choice import has_letter
from .issue import Announced, Frozen, Letter, Masthead
from .mails import issue_of
from .model import Newsletter
from .picks import Selection
from .sent import masthead_of, sent_weeks
from .settings import Edition, letter_of
from .table import select
from .wording import editorial_of, letter_told


class Draft(NamedTuple):
    """A letter to come, and the selection that it puts in words."""

    selection: Selection
    letter: Letter

    @property
    def full(self) -> bool:
        """Whether it is sent: it tells a change, or a content of its own edition that is not only
        one to read again."""
        return bool(self.selection.errata or self.selection.propre)


@per_site
def draft_of(site: Site, week: Week, edition: Edition) -> Draft:
    """One edition of the letter of ``week`` as it would go out, whether it was sent or not."""
    item = editorial_of(site, week)
    entry = item.entry if item else None
    editorial = entry if isinstance(entry, Newsletter) else None
    selection = select(site, week, edition, editorial)
    return Draft(selection, letter_told(selection, site))


@per_site
def drafts(site: Site, week: Week) -> tuple[Draft, ...]:
    """Every edition of the letter of ``week`` that has something to tell, in the order of the
    settings."""
    every = (draft_of(site, week, edition) for edition in letter_of(site.config).editions)
    return tuple(draft for draft in every if draft.full)


class Release(NamedTuple):
    """One edition of one week, ready to be drawn: whether it was sent (``envoye``; the next one is
    in preparation)."""

    issue: Letter
    enseigne: Masthead
    envoye: bool

    @property
    def url(self) -> str:
        """Site path of its page, which its mail, its text and its data are below."""
        return issue_of(self.issue.semaine, self.issue.edition)

    @property
    def semaine(self) -> str:
        week = Week.parse(self.issue.semaine)
        if week:
            return week.libelle
        return self.issue.semaine


@per_site
def releases(site: Site) -> tuple[Release, ...]:
    """Every issue, the last week first; a frozen one is drawn from its file alone."""
    ranks = {edition.code: rank for rank, edition in enumerate(letter_of(site.config).editions)}
    issues: list[Release] = []
    week = Week.of(site.day.date)
    if week.slug not in sent_weeks(site) and has_letter(site):
        masthead = masthead_of(site.config)
        issues += (Release(draft.letter, masthead, envoye=False) for draft in drafts(site, week))
    for _, frozen in sorted(sent_weeks(site).items(), reverse=True):
        codes = sorted(frozen.editions, key=lambda code: (ranks.get(code, len(ranks)), code))
        issues += (Release(frozen.editions[code], frozen.enseigne, envoye=True) for code in codes)
    return tuple(issues)


@answer
def departure(site: Site, week: str) -> str:
    """When an issue goes out: « partira jeudi 30 septembre 2021 »; « devait partir… » from Friday
    on, « est parti… » once sent."""
    found = Week.parse(week)
    assert found is not None
    verb = "devait partir"
    if week in sent_weeks(site):
        verb = "est parti"
    elif site.day.date <= found.thursday:
        verb = "partira"
    return f"{verb} {jour(found.thursday)}"


@answer
def release_of(site: Site, url: str) -> Release:
    return next(release for release in releases(site) if release.url == url)


def has_mail(release: Release, site: Site) -> bool:
    """Whether an issue has its files as a mail: these need whole addresses."""
    return bool(site.config.siteurl and release.enseigne.siteurl)


def mail_digest(release: Release) -> str:
    """Digest of all that a mail is made of: an issue sent is the issue that was in preparation."""
    return digest_of(release.issue.model_dump_json(), release.enseigne.model_dump_json())


def freeze(site: Site, week: Week) -> Frozen:
    """The letter of ``week`` as it goes out on the day of ``site``, every edition with matter."""
    full = drafts(site, week)
    states: dict[str, Announced] = {}
    for draft in full:
        states |= dict(draft.selection.etats)
    editorial = editorial_of(site, week)
    told = [site.items[ref] for draft in full for ref in draft.letter.refs]
    return Frozen(
        semaine=week.slug,
        fige_le=site.day.date,
        exemple=any(item.entry.exemple for item in (*told, editorial) if item),
        redaction=editorial.stored if editorial else "",
        enseigne=masthead_of(site.config),
        editions={draft.letter.edition: draft.letter for draft in full},
        etats=dict(sorted(states.items())),
    )
