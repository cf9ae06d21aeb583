"""Rules on the editor’s word of a letter: of which week it is, what it asks for and promises,
whether it still can.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from pathlib import PurePosixPath

from portail.agenda.weeks import Week
from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.feature import Checked
from portail.late import late
from portail.links import split_target
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import WEEKLY
from portail.site.draft import Draft
from portail.site.site import Site
from portail.source.store import Loaded
from portail.text.dates import jour
from portail.text.normalise import name_key
from portail.text.typography import in_letters, plain

from . import rules
from .sent import YEARS, check_mastheads, sent_of, sent_weeks
from .table import wishes_of

with late(__name__.rpartition(".")[0]):
    from . import issues, wording

_OFF = {"annule": "annulé", "reporte": "reporté"}
# What a line that tells it itself holds.
_SAID = (" annul", " report")
# A shorter title may be words of anything.
_WORDS = 3
_NUMBERS = [in_letters(number) for number in range(rules.THINGS + 1)]
_PROMISE = re.compile(rf"\b({'|'.join(_NUMBERS)}) (autres )?choses\b", re.IGNORECASE)


def check_letters(draft: Draft) -> Iterator[Diagnostic]:
    """Words of no week (E508), of a week that is over and was not sent (C517), that changed since
    their letter was sent (C518)."""
    now = Week.of(draft.day.date)
    sent = sent_of(draft)
    for loaded, entry in draft.entries(WEEKLY[0]):
        place = Position(loaded.path)
        week = Week.parse(entry.slug)
        if week is None or week.year not in YEARS:
            near = Week.guess(entry.slug)
            if not near or near.year not in YEARS:
                near = now
            yield diagnostic("E508", place, valeur=entry.slug, propose=near.slug)
        elif entry.brouillon or draft.scheduled(entry):
            continue
        elif frozen := sent.weeks.get(week.slug):
            if frozen.redaction != loaded.digest:
                day = jour(frozen.fige_le, semaine=False)
                yield diagnostic("C518", place, semaine=week.slug, jour=day)
        elif week < now and week.slug not in sent.later:
            yield diagnostic("C517", place, semaine=week.slug, propose=now.slug)


def check_wishes(draft: Draft) -> Iterator[Diagnostic]:
    """Contents that a letter is asked to put first and to leave out (E248)."""
    for loaded, entry in draft.entries(WEEKLY[0]):
        wishes = [
            (mention.loc, mention.named(draft.known) or mention.value)
            for mention in draft.mentions(entry)
        ]
        pinned = {ref for loc, ref in wishes if loc[0] == "epingles"}
        for loc, ref in wishes:
            if loc[0] == "exclus" and ref in pinned:
                yield diagnostic("E248", draft.place(loaded, loc), valeur=ref)


def check_invitations(draft: Draft) -> Iterator[Diagnostic]:
    """Words that a letter still to be sent says of an event called off: linked, pinned, or named
    by its title (C520)."""
    now = Week.of(draft.day.date)
    for loaded, entry in draft.entries(WEEKLY[0]):
        week = Week.parse(entry.slug)
        if week is None or week < now or draft.is_closed(entry) or entry.brouillon:
            continue
        off = _called_off(draft, max(week.thursday, draft.day.date))
        rows = _rows(draft, loaded) if off else []
        warned: set[str] = set()
        for place, ref in (*_named(draft, loaded, entry), *_titled(loaded, off, rows)):
            if (
                ref in off
                and ref not in warned
                and not any(said in rows[place.line - 1] for said in _SAID)
            ):
                warned.add(ref)
                event = off[ref]
                values = {"titre": plain(event.titre), "etat": _OFF.get(event.etat, "annulé")}
                yield diagnostic("C520", place, **values)


def _called_off(draft: Draft, day: date) -> dict[str, Event]:
    events = {}
    for ref, loaded in draft.items.items():
        left = [occurrence for occurrence in loaded.occurrences if occurrence.last_day >= day]
        if (
            left
            and isinstance(loaded.entry, Event)
            and not any(occurrence.maintained for occurrence in left)
        ):
            events[ref] = loaded.entry
    return events


def _named(draft: Draft, loaded: Loaded, entry: Entry) -> Iterator[tuple[Position, str]]:
    for link in loaded.facts.links if loaded.facts else ():
        path = split_target(link.target).path
        for ref in draft.refs.find(path, loaded.path) if path else ():
            yield Position(loaded.path, link.line, link.column, link.length), ref
    for mention in draft.mentions(entry):
        if mention.loc[0] == "epingles":
            yield draft.place(loaded, mention.loc), mention.named(draft.known) or ""


def _rows(draft: Draft, loaded: Loaded) -> list[str]:
    text = draft.bytes_of(loaded.path).decode("utf-8", "replace")
    return [f" {name_key(row)} " for row in text.split("\n")]


def _titled(
    loaded: Loaded, off: Mapping[str, Event], rows: Sequence[str]
) -> Iterator[tuple[Position, str]]:
    for ref, event in off.items():
        title = name_key(plain(event.titre))
        for number, row in enumerate(rows, 1):
            if title.count(" ") >= _WORDS - 1 and f" {title} " in row:
                yield Position(loaded.path, number), ref


def check(draft: Draft) -> Iterator[Diagnostic]:
    """What is wrong in letters, wishes and invitations."""
    for rule in (check_letters, check_wishes, check_invitations):
        yield from rule(draft)


def check_project(read: Checked) -> list[Diagnostic]:
    """What is wrong with letters that were sent, and with the next one."""
    site = read.result.site
    return [*check_mastheads(read), *(check_promises(site, read.content.name) if site else ())]


def check_promises(site: Site, folder: str) -> Iterator[Diagnostic]:
    """What the word of this week’s letter promises and the letter has not (C522)."""
    week = Week.of(site.day.date)
    item = wording.editorial_of(site, week)
    if item is None or week.slug in sent_weeks(site):
        return
    every = issues.drafts(site, week)
    pins = {*wishes_of(site, item.entry)["epingles"]}
    left = {
        one
        for one in chain.from_iterable(draft.selection.laisses for draft in every)
        if one.ref in pins
    }
    unkept = [
        (site.items[ref].name, f"{reason[:1].lower()}{reason[1:].rstrip('.')}")
        for ref, reason in sorted(left)
        if reason in (rules.OVER, rules.FULL) or site.items[ref].day_told(week.thursday)
    ]
    for promise in _PROMISE.finditer(item.name):
        count = _NUMBERS.index(promise[1].lower()) + bool(promise[2])
        counts = [(draft.letter.nom, len(draft.selection.things)) for draft in every]
        others = [f"{nom} en a {has}" for nom, has in counts if has != count]
        unkept += [(promise[0], f"l’édition {', '.join(others)}")] if others else []
    for name, reason in unkept:
        place = Position(PurePosixPath(folder, f"{item.ref}.md"))
        yield diagnostic("C522", place, promis=name, raison=reason, semaine=week.slug)
