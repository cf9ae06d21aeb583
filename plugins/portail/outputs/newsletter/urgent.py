"""What cannot wait for the next letter: an erratum of its own, a short message to the same readers.

It is made at each build from the letters that were sent, as long as a day that they announced and
that changed comes before the next one; sending it is asked for by hand.
"""

from __future__ import annotations

from datetime import date

from portail.agenda.weeks import Week
from portail.config import Edition
from portail.files import digest_bytes
from portail.model.issue import Erratum, Issue
from portail.newsletter.errata import changed_since
from portail.newsletter.told import told
from portail.outputs.newsletter.errata import erratum
from portail.outputs.newsletter.releases import Release
from portail.site.enseigne import masthead_of
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.excerpts import excerpt
from portail.text.inline import plain
from portail.text.numbers import en_lettres
from portail.text.typography import typographie

__all__ = ["urgent"]

_LONGEST = 70
_CHAPO = "Ce qui a changé depuis la lettre, et qui n’attend pas la prochaine."


@per_site
def urgent(site: Site) -> tuple[Release, ...]:
    """One for each edition that has something to tell before its next letter."""
    found = (_issue(site, edition) for edition in site.config.lettre.editions)
    masthead = masthead_of(site.config)
    releases = []
    for issue in found:
        if issue:
            text = f"{issue.model_dump_json()}{masthead.model_dump_json()}"
            digest = digest_bytes(text.encode())
            releases.append(Release(issue, masthead, envoye=True, digest=digest, urgent=True))
    return tuple(releases)


def _issue(site: Site, edition: Edition) -> Issue | None:
    today = site.day.date
    week = Week.of(today)
    known = told(site, week.next, edition.code)  # the letter of this week, once sent, counts
    before = _next_letter(site, today).isoformat()
    errata = tuple(
        erratum(one, site, today)
        for one in changed_since(site, known, today, today)
        if any(day < before for day in one.avant.jours)
    )
    if not errata:
        return None
    return Issue(
        semaine=week.slug,
        edition=edition.code,
        nom=edition.nom,
        jour=today,
        sujet=_subject(errata),
        apercu=_CHAPO,
        chapo=_CHAPO,
        errata=errata,
    )


def _next_letter(site: Site, today: date) -> date:
    """The day of the next letter: that of this week, unless it was sent."""
    week = Week.of(today)
    return week.next.thursday if week.slug in site.envois else week.thursday


def _subject(errata: tuple[Erratum, ...]) -> str:
    first = errata[0]
    if len(errata) == 1:
        return excerpt(f"{first.mot}\u00a0: {typographie(plain(first.titre))}", _LONGEST)
    return f"Erratum\u00a0: {en_lettres(len(errata))} changements depuis la lettre"
