"""Values of a selection: references, days, reasons, rules; no words of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from portail.agenda.weeks import Week
from portail.config import REGION, Edition
from portail.model.issue import Announced, Frozen, Issue
from portail.model.kinds import KINDS, Kind
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.redirections import redirections
from portail.site.site import Site
from portail.text.dates import jour

Motive: TypeAlias = Literal[
    "epingle", "a-ne-pas-manquer", "nouveau", "tardif", "week-end", "reservation", "a-venir",
    "echeance", "relire",
]  # fmt: skip
"""Why a content is in: pinned by the editor; put forward; published since the last letter;
published before it, but in none; on this week-end; to book soon; on within three weeks; an annonce
that ends; a quiet week goes back to it."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A content of the letter: its reference, why it is in, the day that counts (its day, the last
    day to book or to answer) if one does, a French sentence that tells the editor why."""

    ref: str
    motif: Motive
    raison: str
    jour: date | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """What is on this week-end in a département (``code`` of its facet, ``nom`` « Nord (59) »), or
    on line (code ``""``): what the letter tells, of how many; nothing where nothing is on."""

    code: str
    nom: str
    picks: tuple[Pick, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Changed:
    """An event that is no more as a letter announced it: ``semaine`` the last that did; ``apres``
    is ``None`` when its page is no more. ``titre`` is what it was called. The days of both are
    those that the erratum is about: of a series, the sessions that are lost and what replaces
    them."""

    ref: str
    titre: str
    avant: Announced
    apres: Announced | None
    semaine: Week


@dataclass(frozen=True, slots=True)
class FigurePick:
    """A figure: the content that says it and the rank of the figure among its own, from 0."""

    ref: str
    rang: int


@dataclass(frozen=True, slots=True)
class Left:
    """A content that could have been in, and the French sentence that tells why it is not; those
    of one reason in the order in which they would have been next."""

    ref: str
    raison: str


@dataclass(frozen=True, slots=True)
class Selection:
    """What one edition of one week tells, in order; a section without matter is empty.

    ``une`` is what is new, ``lieux`` and ``outils`` what the annuaire and the catalogue gained,
    ``relire`` what a quiet week goes back to; ``etats`` how the events of the issue are announced;
    ``contributeurs`` who signed what is new, as published names; ``ruban`` the counts of the days
    from Thursday to Wednesday; ``laisses`` what was left aside, for the editor.
    """

    week: Week
    edition: Edition
    une: tuple[Pick, ...] = ()
    week_end: tuple[Spot, ...] = ()
    a_noter: tuple[Pick, ...] = ()
    annonces: tuple[Pick, ...] = ()
    lieux: tuple[Pick, ...] = ()
    outils: tuple[Pick, ...] = ()
    relire: tuple[Pick, ...] = ()
    errata: tuple[Changed, ...] = ()
    chiffre: FigurePick | None = None
    contributeurs: tuple[str, ...] = ()
    ruban: tuple[tuple[date, int], ...] = ()
    etats: tuple[tuple[str, Announced], ...] = ()
    laisses: tuple[Left, ...] = ()

    @property
    def jour(self) -> date:
        """The Thursday when it goes out."""
        return self.week.thursday

    @property
    def picks(self) -> tuple[Pick, ...]:
        """Everything that it tells, in order, errata and figure aside."""
        on = tuple(pick for spot in self.week_end for pick in spot.picks)
        return (
            *self.une, *on, *self.a_noter, *self.annonces, *self.lieux, *self.outils, *self.relire,
        )  # fmt: skip


# French sentences that tell the editor why a content is in, or is not.

PINNED = "Épinglé par la rédaction."
EXCLUDED = "Exclu par la rédaction."
NOT_PUBLISHED = "Épinglé, mais n’est pas publié."
NOT_HERE = "Épinglé, mais ne concerne pas cette édition."
OVER = "Terminé."
HELD = "Sa page est annoncée par celle de l’événement qui le contient."
REMINDED = "Dure encore, et une lettre l’a déjà dit."
FULL_UNE = "Faute de place à la une."
FULL_WEEK_END = "Faute de place ce week-end."
FULL_AHEAD = "Faute de place parmi les dates à noter."
FULL_ENDING = "Faute de place parmi les annonces qui se terminent."
FULL_NEW = "Faute de place parmi les nouveautés de l’annuaire et du catalogue."


def day_in(day: date, letter: date) -> str:
    """A day as a letter says it: its year is said when it is another."""
    return jour(day, semaine=False, annee=day.year != letter.year)


def already(day: date, letter: date) -> str:
    """« Déjà dans la lettre du 23 septembre. »"""
    return f"Déjà dans la lettre du {day_in(day, letter)}."


def since(item: Item, letter: date, last: date | None) -> str:
    """When a new content came out: « Publié le 27 septembre, depuis la dernière lettre. »"""
    entry = item.entry
    assert entry.publie_le is not None
    day = day_in(entry.publie_le, letter)
    if entry.kind is Kind.LIEU:
        return f"Entré dans l’annuaire le {day}."
    if getattr(entry, "itinerante", False):
        return f"Entré dans le catalogue le {day}."
    if last is None:
        return f"Publié le {day}."
    if entry.publie_le < last:
        return f"Publié le {day}, dans aucune lettre jusqu’ici."
    return f"Publié le {day}, depuis la dernière lettre."


# How much a letter tells and how far it looks: the one place of its measures.

UNE, WEEK_END, A_NOTER, ANNONCES, LIEUX, OUTILS, RELIRE = 5, 8, 4, 3, 2, 2, 3
"""Most lines of each section."""
PER_SPOT = 2
"""Most lines of a département, this week-end."""
LINES = 20
"""About the most lines of a letter: past it, the week-end keeps one line a département."""
SHORT = 10
"""Lines of a usual letter, up to which a quiet week goes back to older contents."""
QUIET = 8
"""A week that tells fewer lines than this is quiet."""
FEATURED = 2
"""Most contents of « À la une » that are there because they are put forward."""
OF_A_KIND = 2
"""Most new contents of one kind in « À la une », as long as there are others."""

RECENT = timedelta(days=60)
"""How long a content that no letter told is news."""
YEAR = timedelta(weeks=52)
"""After how long a quiet week may go back to what a letter told."""
ENDING = timedelta(days=10)
"""How soon an annonce that is told again ends."""
AHEAD = timedelta(days=20)
"""The last day, from Thursday, of the three weeks that the letter looks at."""
BOOKING = timedelta(days=13)
"""How soon a place must be booked: before the letter after next goes out."""
ERRATA_WEEKS = 8
"""How many sent letters what has changed since is told of."""
DAYS = 8
"""Most days of an event that a letter announces: the ones that it can be wrong about."""

NEWS = frozenset(set(Kind) - {Kind.LIEU, Kind.AUTEUR, Kind.NEWSLETTER, Kind.PAGE})
"""What « À la une » tells; lieux and touring tools have a section of their own."""
LASTING = (
    Kind.ARTICLE, Kind.DOSSIER, Kind.RESSOURCE, Kind.PROJET, Kind.COMMUNAUTE, Kind.TERRITOIRE,
    Kind.LIEU,
)  # fmt: skip
"""What a quiet week goes back to, in the order in which it prefers them."""


# What the letters that were sent told, edition by edition.


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
