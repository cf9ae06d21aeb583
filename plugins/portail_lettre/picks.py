"""Values of a selection: references, days, reasons; no words of the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal, NamedTuple, TypeAlias

from msgspec import Struct

from portail.agenda.weeks import Week
from portail.model.kinds import KINDS, Kind, is_place
from portail.site.memo import per_site
from portail.site.redirections import redirections
from portail.site.site import Site

from . import rules
from .issue import Announced, Frozen, Letter, SectionKey
from .sent import sent_weeks
from .settings import REGION, Edition

# Reason of a pick.
Motive: TypeAlias = Literal[
    "epingle",
    "ouverture",  # a temps fort that opens
    "semaine",  # an event before the next letter
    "ouvert",  # a place to go to in the holidays
    "nouveau",
    "reservation",
    "echeance",  # a call that ends
    "a-venir",  # an event within three weeks
    "relire",  # older, in a quiet week
    "saison",  # what comes back, or is open at the week-end, in one line
]


class Pick(Struct, frozen=True):
    """A content of the letter and the French reason why it is in."""

    ref: str
    section: SectionKey
    motive: Motive
    reason: str
    # By which a section is in order: the instant when it begins, or until when it may be asked for;
    # the first one for what has none.
    start: datetime
    # Number of events of the edition that a temps fort holds.
    rendez_vous: int = 0
    # Hours when a place is open on that day.
    heures: str = ""

    @property
    def may_lead(self) -> bool:
        """Whether a letter may be about it: neither a call, nor what comes after the next letter,
        nor a place, which is there as ever, unless editors say so."""
        return self.motive == "epingle" or not (self.section == "prendre" or is_place(self.ref))


class Changed(Struct, frozen=True):
    """An event otherwise than announced, with the days that its erratum is about."""

    ref: str
    avant: Announced
    # ``None`` once its page is gone.
    apres: Announced | None
    # Week of the last newsletter that announced it.
    semaine: Week


class Left(NamedTuple):
    """A content left out and the French reason; in the order in which they would come next."""

    ref: str
    reason: str


class Selection(Struct, frozen=True):
    """One edition of one week."""

    week: Week
    edition: Edition
    # What it tells, in order: the first one leads, and is the subject.
    things: tuple[Pick, ...] = ()
    # What comes back, told in one line.
    season: tuple[Pick, ...] = ()
    # Places that are open at the week-end.
    opened: tuple[Pick, ...] = ()
    # How many events this week-end has in each département (code of INSEE).
    counts: tuple[tuple[str, int], ...] = ()
    # How many offers for classes may be booked.
    classes: int = 0
    # References of what waits for an answer.
    # How many places and tools came in since the last letter.
    shelves: tuple[tuple[Kind, int], ...] = ()
    errata: tuple[Changed, ...] = ()
    # Published names of the authors and organisers of what came out since the last letter.
    contributeurs: tuple[str, ...] = ()
    etats: tuple[tuple[str, Announced], ...] = ()
    laisses: tuple[Left, ...] = ()
    # Whether one of its picks is of the edition itself, and neither of all nor to read again.
    propre: bool = False


class Promise(NamedTuple):
    """Last announcement of an event."""

    week: Week
    # ``None`` when the newsletter wrote that its page is gone.
    how: Announced | None


class History(Struct, frozen=True):
    """Letters of one edition, but for that of one week; references are those of today."""

    # Day of the last one before that week.
    last: date | None
    # Days of those that told a reference, in order.
    days: Mapping[str, tuple[date, ...]]
    # What was the subject of each before that week, in order.
    leads: tuple[str, ...]
    # Last announcement of each event before that week.
    promises: Mapping[str, Promise]


@per_site
def history_of(site: Site, week: Week, code: str) -> History:
    """History of the edition ``code`` by its frozen letters; until it has one, that of the region
    stands for it.
    """
    issues = _issues(sent_weeks(site), code, week)
    now = _renamed(site) if issues else {}
    days: dict[str, tuple[date, ...]] = {}
    for _, _, issue in issues:
        for ref in sorted(issue.refs):
            ref = now.get(ref, ref)
            days[ref] = (*days.get(ref, ()), issue.jour)
    before = [issue for issue in issues if issue[0] < week]
    leads = filter(None, (_lead(letter) for _, _, letter in before))
    promises: dict[str, Promise] = {}
    for sent, frozen, issue in before[-rules.ERRATA_WEEKS :]:
        for ref in (*issue.changes, *filter(frozen.etats.__contains__, issue.refs)):
            promises[now.get(ref, ref)] = Promise(sent, frozen.etats.get(ref))
    last = before[-1][2].jour if before else None
    return History(last, days, tuple(now.get(ref, ref) for ref in leads), promises)


def _lead(letter: Letter) -> str:
    # What a letter is about: what opens it, but what is to come.
    told = any(f'<section class="{name}">' in letter.lettre for name in ("faire", "savoir"))
    if told:
        return letter.tete
    return ""


def _issues(
    envois: Mapping[str, Frozen], code: str, week: Week
) -> list[tuple[Week, Frozen, Letter]]:
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
    # Reference of today of a content that was renamed, or taken back as a double.
    kinds = {info.segment: kind.value for kind, info in KINDS.items() if info.segment}
    urls = {item.url: ref for ref, item in site.items.items()}
    renamed = {}
    for redirection in redirections(site):
        segment, _, slug = redirection.de.strip("/").partition("/")
        old = f"{kinds.get(segment, '')}/{slug}"
        if segment in kinds and redirection.vers in urls and old not in site.items:
            renamed[old] = urls[redirection.vers]
    return renamed
