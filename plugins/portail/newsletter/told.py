"""What the letters that were sent told, edition by edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portail.agenda.weeks import Week
from portail.config import REGION
from portail.model.issue import Announced, Frozen, Issue
from portail.model.kinds import KINDS
from portail.newsletter.rules import ERRATA_WEEKS
from portail.site.memo import per_site
from portail.site.redirections import redirections
from portail.site.site import Site

__all__ = ["Promise", "Told", "told"]


@dataclass(frozen=True, slots=True)
class Promise:
    """How the last letter that announced an event did; ``titre`` is what it was called, ``how``
    is ``None`` when that letter said that its page is no more."""

    week: Week
    titre: str
    how: Announced | None


@dataclass(frozen=True, slots=True)
class Told:
    """What an edition told in the letters of all other weeks than one.

    ``refs`` maps a reference to the day of the last letter that told it, under its name of today;
    ``endings`` are the annonces that were told to end, ``figures`` the day of each figure by its
    ``ref#rank``. ``last`` is the day of the last letter before that week, ``promises`` what the
    last letters before it announced, by reference.
    """

    last: date | None
    refs: Mapping[str, date]
    endings: frozenset[str]
    figures: Mapping[str, date]
    promises: Mapping[str, Promise]


@per_site
def told(site: Site, week: Week, code: str) -> Told:
    """What the edition ``code`` told, as the frozen letters say; that of ``week`` does not count.

    Until an edition has a letter of its own, that of the region stands for it: its readers had
    that one.
    """
    letters, now = list(_letters(site.envois, code, week)), _renamed(site)
    refs: dict[str, date] = {}
    figures: dict[str, date] = {}
    endings: set[str] = set()
    for _, _, issue in letters:
        for section in issue.sections:
            held = [now.get(line.ref, line.ref) for line in section.lignes]
            refs |= dict.fromkeys(held, issue.jour)
            endings.update(held if section.cle == "annonces" else ())
        if issue.chiffre:
            ref, sign, rang = issue.chiffre.ref.partition("#")
            figures[f"{now.get(ref, ref)}{sign}{rang}"] = issue.jour
    before = [one for one in letters if one[0] < week]
    last = before[-1][2].jour if before else None
    return Told(last, refs, frozenset(endings), figures, _promises(before[-ERRATA_WEEKS:], now))


def _letters(
    envois: Mapping[str, Frozen], code: str, week: Week
) -> list[tuple[Week, Frozen, Issue]]:
    """The letters that readers of an edition had, in the order of time."""
    found = []
    own = False
    for slug, frozen in sorted(envois.items()):
        own |= code in frozen.editions
        issue = frozen.editions.get(code if own else REGION)
        known = Week.parse(slug)
        if issue and known and known != week:
            found.append((known, frozen, issue))
    return found


def _promises(
    letters: list[tuple[Week, Frozen, Issue]], now: Mapping[str, str]
) -> dict[str, Promise]:
    found: dict[str, Promise] = {}
    for week, frozen, issue in letters:
        for erratum in issue.errata:
            ref = now.get(erratum.ref, erratum.ref)
            found[ref] = Promise(week, erratum.titre, frozen.etats.get(erratum.ref))
        for line in issue.lignes:
            if line.ref in frozen.etats:
                ref = now.get(line.ref, line.ref)
                found[ref] = Promise(week, line.titre, frozen.etats[line.ref])
    return found


@per_site
def _renamed(site: Site) -> dict[str, str]:
    """Contents whose address leads to another one, by reference: a file that was renamed, a double
    that was taken back. The letters told the same thing under another name."""
    kinds = {info.segment: kind.value for kind, info in KINDS.items() if info.segment}
    urls = {item.url: ref for ref, item in site.items.items()}
    found = {}
    for one in redirections(site):
        segment, _, slug = one.de.strip("/").partition("/")
        old = f"{kinds.get(segment, '')}/{slug}"
        if segment in kinds and one.vers in urls and old not in site.items:
            found[old] = urls[one.vers]
    return found
