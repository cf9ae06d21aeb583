"""Candidates of a newsletter of one's own, in order; views and files of a mail. The browser chooses
among them by the rules of ``portail.newsletter``; the words are those of the letter. The format is
told in ``docs/technique/ma-lettre.md``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple
from urllib.parse import quote

from msgspec import Struct

from portail.agenda.weeks import Week
from portail.config import REGION
from portail.drawings.families import choice_of, drawing, shown_theme
from portail.drawings.strokes import HEIGHT, Dessin
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.issue import Issue, Line, Masthead, SectionKey
from portail.model.kinds import Kind
from portail.newsletter import rules
from portail.newsletter.candidates import Candidates, On, candidates_of
from portail.newsletter.choice import REPEATED, begins_or_ends
from portail.newsletter.editions import departement_of, groups_of, pairs_of
from portail.newsletter.picks import History, Motive, Pick
from portail.outputs.newsletter.words import Bloc, blocks
from portail.site.editions import for_everyone
from portail.site.facets import Pair
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import LEAVE, LETTERS, MY_LETTER, issue_of
from portail.text.typography import en_lettres

LISTS: dict[str, tuple[SectionKey, int, int]] = {
    "epingles": ("une", 5, 5),
    "avant": ("une", 20, 2),
    "une": ("une", 110, 6),
    "week-end": ("week-end", 160, 4),
    "reservations": ("a-noter", 60, 4),
    "a-noter": ("a-noter", 160, 4),
    "annonces": ("annonces", 40, 3),
    "lieux": ("nouveautes", 30, 2),
    "outils": ("nouveautes", 30, 2),
    "relire": ("relire", 30, rules.RELIRE),
}
"""Each list of candidates: the section that tells it, how many it holds, and how many of each value
(a theme, a territory) it holds first, so that no letter lacks its own."""

_NOT_FORWARD, _NOT_FOR_ALL, _FULL, _LASTING, _REPEATED, _REMINDED = (1 << rank for rank in range(6))
"""What ranks an event: it is not put forward; not for everyone; full; it lasts; comes back often;
a letter that told it does not tell it again."""


class Candidate(Struct, frozen=True):
    """A content that a list of ``LISTS`` holds: why it may be told; the last day when it may;
    what ranks it (``poids``), the code of the département where it is told (``lieu``)."""

    liste: str
    pick: Pick
    fin: date | None = None
    poids: int = 0
    lieu: str = ""


class Letter(NamedTuple):
    """The letters that readers of a choice had: the value that they are narrowed to, what they
    told."""

    pair: Pair
    told: History


def candidates(
    site: Site,
    week: Week,
    pinned: Iterable[str],
    excluded: Container[str],
    letters: Sequence[Letter],
) -> Iterator[Candidate]:
    """The candidates of the letter of a week, list after list, at most so many of each. ``pinned``
    and ``excluded`` are the references that the editors put in and leave out; ``letters`` those of
    the region, then of the editions that had some of their own."""
    matter = candidates_of(site, week)
    found: dict[str, list[Candidate]] = {name: [] for name in LISTS}
    for name, items, motif in _undated(site, week, matter, pinned):
        found[name] += (_undated_one(name, one, motif) for one in items)
    dated: tuple[tuple[str, list[On], Motive], ...] = (
        ("week-end", matter.week_end, "week-end"),
        ("reservations", matter.bookings, "reservation"),
        ("a-noter", matter.ahead, "a-venir"),
    )
    for name, events, motif in dated:
        ordered = sorted(events, key=lambda on: (on.jour, on.occurrence.debut, on.item.ref))
        found[name] += (_on(name, one, motif, site, week) for one in ordered)
    elsewhere: set[str] = set()
    for name, some in found.items():
        allowed = [one for one in some if one.pick.ref not in excluded]
        items = [site.items[one.pick.ref] for one in allowed]
        first = (
            _again(items, site, week, letters, elsewhere)
            if name == "relire"  # the last of them
            else _first(items, site, LISTS[name][2])
        )
        elsewhere.update(one.ref for one in items)
        yield from _kept(allowed, first, LISTS[name][1])


def _undated(
    site: Site, week: Week, matter: Candidates, pinned: Iterable[str]
) -> Iterator[tuple[str, list[Item], Motive]]:
    """What no hour ranks. What another section tells better is not new in « À la une »."""
    later = {on.item.ref for on in matter.week_end if not on.dure}
    later |= {one.ref for one in matter.ending}
    named = (site.items.get(ref) for ref in dict.fromkeys(pinned))
    yield "epingles", [one for one in named if one and one.entry.paru(matter.connu)], "epingle"
    forward = [one for one in matter.featured if one.ref not in later]
    forward.sort(key=lambda one: (one.entry.a_ne_pas_manquer, one.entry.kind, one.ref))
    yield "avant", forward, "a-ne-pas-manquer"
    yield "une", [one for one in matter.news if one.ref not in later], "nouveau"
    yield "annonces", matter.ending, "echeance"
    yield "lieux", matter.lieux, "nouveau"
    yield "outils", matter.outils, "nouveau"
    yield "relire", sorted(matter.older, key=_newest), "relire"


def _newest(item: Item) -> tuple[int, int, str]:
    """As a quiet week goes back to contents: by kind, then the last published first."""
    day = item.entry.publie_le
    return rules.LASTING.index(item.entry.kind), -(day.toordinal() if day else 0), item.ref


def _undated_one(name: str, item: Item, motif: Motive) -> Candidate:
    entry = item.entry
    fin = entry.limite
    if isinstance(entry, Event):
        fin = max((one.dernier_jour for one in item.occurrences if one.maintenue), default=None)
    poids = rules.LASTING.index(entry.kind) if motif == "relire" else 0
    return Candidate(
        name, Pick(item.ref, motif, "", fin if name == "annonces" else None), fin, poids
    )


def _on(name: str, on: On, motif: Motive, site: Site, week: Week) -> Candidate:
    last = on.occurrence.dernier_jour
    if motif == "reservation":
        last = min(last, on.jour)
    elif motif == "week-end":
        days = [one.dernier_jour for one in on.item.occurrences if one.maintenue]
        last = max([last, *(one for one in days if one <= week.last)])
    online = on.occurrence.etat == "deplace-en-ligne"
    lieu = "" if online else departement_of(on.item, site)
    return Candidate(name, Pick(on.item.ref, motif, "", on.jour), last, _weight(on, week), lieu)


def _weight(on: On, week: Week) -> int:
    entry, thursday = on.item.of(Event), week.thursday
    forward = entry.a_ne_pas_manquer
    return (
        _NOT_FORWARD * (forward is None or forward < thursday)
        | _NOT_FOR_ALL * (not for_everyone(entry))
        | _FULL * (on.occurrence.etat == "complet")
        | _LASTING * on.dure
        | _REPEATED * (len(on.item.occurrences) > REPEATED)
        | _REMINDED * (on.dure and not begins_or_ends(on, thursday))
    )


def _kept(some: list[Candidate], first: set[int], most: int) -> Iterator[Candidate]:
    """Those of the ranks ``first``, then the first others, ``most`` in all, in order."""
    others = (rank for rank in range(len(some)) if rank not in first)
    kept = first.union(islice(others, max(0, most - len(first))))
    return (some[rank] for rank in sorted(kept))


def _first(items: list[Item], site: Site, of_each: int) -> set[int]:
    """Ranks of the first ``of_each`` of each value."""
    counts: Counter[object] = Counter()
    first: set[int] = set()
    for rank, item in enumerate(items):
        pairs = pairs_of(item, site) or ("",)
        if any(counts[pair] < of_each for pair in pairs):
            counts.update(pairs)
            first.add(rank)
    return first


def _again(
    items: list[Item], site: Site, week: Week, letters: Sequence[Letter], elsewhere: Container[str]
) -> set[int]:
    """Ranks of what a letter of one value may go back to, whatever else it tells: of those that
    belong to it as near, the first of each theme up to the kind of the last one that it needs.
    Those that another list holds too may be told there: they come besides."""
    first: set[int] = set()
    most = LISTS["relire"][2]
    for letter in letters:
        refs = letter.told.refs
        counts: Counter[object] = Counter()
        kinds: dict[object, tuple[bool, Kind]] = {}
        for rank in sorted(range(len(items)), key=lambda one: items[one].ref in refs):
            item, day = items[rank], refs.get(items[rank].ref)
            if day and abs(week.thursday - day) < rules.YEAR:
                continue
            kind = (day is not None, item.entry.kind)
            for group in groups_of(item, site, letter.pair):
                if kinds.setdefault(group, kind) != kind:
                    if counts[group] >= most:
                        continue
                    kinds[group] = kind
                sorts = (group, *((group, theme) for theme in item.entry.themes))
                if any(counts[one] < most for one in sorts):
                    first.add(rank)
                    counts.update(sorts if item.ref not in elsewhere else ())
    return first


HTML, TEXT, MESSAGE = "courriel.html", "courriel.txt", "courriel.eml"
DATA, DRAWING, PICTURE = "selection.json", "une.svg", "une.png"
"""Names of the files, below ``Release.url``."""


def ascii_host(host: str) -> str:
    """A domain as mail carries it (RFC 5890): ``""`` for what is none.

    >>> ascii_host("sciences.exemple.fr"), ascii_host("forêt.exemple.fr"), ascii_host("a..b")
    ('sciences.exemple.fr', 'xn--fort-ipa.exemple.fr', '')
    """
    try:
        return host.encode("idna").decode().lower()
    except UnicodeError:
        return ""


PICTURED = ("une", "relire")
"""Sections whose first line has the picture of the mail, when they come first."""
TALL = 240
"""Height of the band of a drawing that a mail shows, in its units."""


class DrawingView(Struct, frozen=True):
    """The drawing of a mail: the colour of its theme, the top of the band of it that is shown."""

    dessin: Dessin
    teinte: str
    haut: int


class MailView(Struct, frozen=True):
    """One mail: ``numero`` as it is told, ``enseigne`` who publishes, ``mot`` the editor's word,
    ``image`` the picture (``""``: none), ``teintes`` the colours in use. Whole addresses: ``url``
    of the issue on line, ``accueil`` of the portal, ``lettres`` of all issues and editions,
    ``ma_lettre`` where one composes one's own, ``depart`` where one leaves, which a sender replaces
    with that of each subscriber, ``contact`` of the editors (RFC 6068; ``""``: none). ``semaine``
    is the week for readers (« semaine 39 »), ``edition`` the name of one that is not the region's,
    ``errata`` the title of what changed, which counts it, ``jour`` the Thursday when it goes out.
    """

    numero: Issue
    enseigne: Masthead
    mot: tuple[Bloc, ...]
    image: str
    teintes: tuple[str, ...]
    url: str
    accueil: str
    lettres: str
    ma_lettre: str
    depart: str
    contact: str
    semaine: str
    edition: str
    errata: str
    jour: date

    def adresse(self, url: str) -> str:
        """The whole address of a site path."""
        return self.enseigne.siteurl.rstrip("/") + url


def pictured(issue: Issue) -> Line | None:
    """The line that has the picture: the first, unless the issue begins with something else than
    what is told at length."""
    first = issue.sections[0] if issue.sections else None
    return first.lignes[0] if first and first.cle in PICTURED and first.lignes else None


def drawing_view(line: Line, entry: Entry | None) -> DrawingView:
    """The drawing of the content of a line: of the family of its theme, unless it is gone."""
    slug = line.url.strip("/").rpartition("/")[2] or line.ref
    drawn = drawing(shown_theme(entry.themes) if entry else "", choice_of(slug))
    y = drawn.points[0][1]
    return DrawingView(drawn, line.couleur, min(max(y - TALL // 2, 0), HEIGHT - TALL))


def mail_view(issue: Issue, masthead: Masthead) -> MailView:
    """The view of the mail of ``issue``, published by ``masthead``."""
    base, mail = masthead.siteurl.rstrip("/"), masthead.courriel
    page = base + issue_of(issue.semaine, issue.edition)
    hues = {line.couleur for line in issue.lignes if re.fullmatch(r"[a-z]+", line.couleur)}
    week, changes = Week.parse(issue.semaine), len(issue.errata)
    return MailView(
        numero=issue,
        enseigne=masthead,
        mot=blocks(issue.mot),
        image=f"{page}{PICTURE}" if pictured(issue) else "",
        teintes=tuple(sorted(hues | {"accent"})),
        url=page,
        accueil=f"{base}/",
        lettres=base + LETTERS,
        ma_lettre=base + MY_LETTER,
        depart=base + LEAVE,
        contact=f"mailto:{quote(mail, safe='@')}" if mail else "",
        semaine=week.libelle.lower() if week else "",
        edition="" if issue.edition == REGION else issue.nom,
        errata=f"Erratum\u00a0: {en_lettres(changes)} changement{'s' if changes > 1 else ''}",
        jour=issue.jour,
    )
