"""Values of a selection: references, days, reasons, rules; no words of the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from msgspec import Struct

from portail.agenda.weeks import Week
from portail.model.kinds import KINDS
from portail.site.memo import per_site
from portail.site.redirections import redirections
from portail.site.site import Site

from . import rules
from .issue import Announced, Frozen, Issue
from .sent import sent_weeks
from .settings import REGION, Edition

Motive: TypeAlias = Literal[
    "temps-fort",  # opens within ten days, or is on
    "en-cours",  # a temps fort that has been on for a while, as another letter told
    "epingle",
    "a-ne-pas-manquer",  # put forward
    "nouveau",  # published since the last newsletter
    "tardif",  # before it, in none
    "classes",  # for classes alone
    "week-end",
    "reservation",
    "a-venir",  # within three weeks
    "echeance",  # an annonce that ends
    "appel",  # something was asked, and waits for an answer
    "relire",  # older, in a quiet week
]
"""Reason of a pick."""


class Pick(Struct, frozen=True):
    """A content of the newsletter and the French reason why it is in."""

    ref: str
    motive: Motive
    reason: str
    day: date | None = None
    """Its day, the last one to book or to answer."""
    rendez_vous: int = 0
    """Number of events of the edition that a temps fort holds."""


class DepartementEvents(Struct, frozen=True):
    """Events of this week-end in a département, everywhere (``editions.EVERYWHERE``), or on line
    (code ``""``)."""

    code: str
    """Code of its facet."""
    nom: str
    """« Nord (59) »."""
    picks: tuple[Pick, ...]
    total: int
    """Number of events from which ``picks`` were chosen."""


class Changed(Struct, frozen=True):
    """An event otherwise than announced, with the days that its erratum is about."""

    ref: str
    titre: str
    """Title that it had."""
    avant: Announced
    apres: Announced | None
    """``None`` once its page is gone."""
    semaine: Week
    """Week of the last newsletter that announced it."""


class Left(NamedTuple):
    """A content left out and the French reason; in the order in which they would come next."""

    ref: str
    reason: str


class Selection(Struct, frozen=True):
    """One edition of one week: its sections in order, empty without content."""

    week: Week
    edition: Edition
    temps_forts: tuple[Pick, ...] = ()
    """What opens within ten days or is on: told before anything else of « À la une »."""
    une: tuple[Pick, ...] = ()
    week_end: tuple[DepartementEvents, ...] = ()
    a_noter: tuple[Pick, ...] = ()
    classes: tuple[Pick, ...] = ()
    """Offers for classes alone, in the editions that are not theirs."""
    annonces: tuple[Pick, ...] = ()
    appels: tuple[Pick, ...] = ()
    """What was asked, and that readers may answer."""
    lieux: tuple[Pick, ...] = ()
    outils: tuple[Pick, ...] = ()
    relire: tuple[Pick, ...] = ()
    errata: tuple[Changed, ...] = ()
    chiffre: str = ""
    """Reference of the content whose figure is told, ``""`` for none."""
    reponse: str = ""
    """Reference of the article whose answer is told, ``""`` for none."""
    contributeurs: tuple[str, ...] = ()
    """Published names of the authors and organisers of what is new."""
    ruban: tuple[tuple[date, int], ...] = ()
    """Number of events of each day, from Thursday to Wednesday; empty when no day has any."""
    etats: tuple[tuple[str, Announced], ...] = ()
    laisses: tuple[Left, ...] = ()
    calme: bool = False
    """Whether nothing in it is recent."""
    propre: bool = True
    """Whether one of its picks is of the edition itself, and not of all."""

    @property
    def thursday(self) -> date:
        """The Thursday when it goes out."""
        return self.week.thursday


class Promise(NamedTuple):
    """Last announcement of an event."""

    week: Week
    titre: str
    how: Announced | None
    """``None`` when the newsletter wrote that its page is gone."""


class History(Struct, frozen=True):
    """Newsletters of one edition, but for that of one week; references are those of today."""

    last: date | None
    """Day of the last one before that week."""
    refs: Mapping[str, date]
    """Day of the last one that had a reference."""
    endings: frozenset[str]
    """Annonces given as ending."""
    figures: frozenset[str]
    """Contents whose figure was given."""
    promises: Mapping[str, Promise]
    """Last announcement of each event before that week."""


@per_site
def history_of(site: Site, week: Week, code: str) -> History:
    """History of the edition ``code`` by its frozen newsletters, that of ``week`` left out. Until
    an edition has one of its own, that of the region stands for it: its readers had that."""
    issues = _issues(sent_weeks(site), code, week)
    now = _renamed(site) if issues else {}
    refs: dict[str, date] = {}
    figures: set[str] = set()
    endings: set[str] = set()
    for _, _, issue in issues:
        for section in issue.sections:
            refs_of_section = [now.get(line.ref, line.ref) for line in section.lignes]
            refs |= dict.fromkeys(refs_of_section, issue.jour)
            endings.update(refs_of_section if section.cle == "annonces" else ())
        if issue.chiffre:
            ref = issue.chiffre.ref.partition("#")[0]
            figures.add(now.get(ref, ref))
    before = [issue for issue in issues if issue[0] < week]
    last = before[-1][2].jour if before else None
    promises: dict[str, Promise] = {}
    for sent, frozen, issue in before[-rules.ERRATA_WEEKS :]:
        lines = [(line.ref, line.titre) for line in issue.lignes if line.ref in frozen.etats]
        for ref, titre in (*((event.ref, event.titre) for event in issue.errata), *lines):
            promises[now.get(ref, ref)] = Promise(sent, titre, frozen.etats.get(ref))
    return History(last, refs, frozenset(endings), frozenset(figures), promises)


def _issues(
    envois: Mapping[str, Frozen], code: str, week: Week
) -> list[tuple[Week, Frozen, Issue]]:
    """Issues that readers of an edition had, in the order of time."""
    issues = []
    own = False
    for slug, frozen in sorted(envois.items()):
        own |= code in frozen.editions
        issue = frozen.editions.get(code if own else REGION)
        sent = Week.parse(slug)
        if issue and sent and sent != week:
            issues.append((sent, frozen, issue))
    return issues


@per_site
def _renamed(site: Site) -> dict[str, str]:
    """Reference of today of a content that was renamed, or taken back as a double."""
    kinds = {info.segment: kind.value for kind, info in KINDS.items() if info.segment}
    urls = {item.url: ref for ref, item in site.items.items()}
    renamed = {}
    for redirection in redirections(site):
        segment, _, slug = redirection.de.strip("/").partition("/")
        old = f"{kinds.get(segment, '')}/{slug}"
        if segment in kinds and redirection.vers in urls and old not in site.items:
            renamed[old] = urls[redirection.vers]
    return renamed
