"""What a letter announces of an event, and what changed since a letter announced it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime

from portail.agenda.occurrences import Occurrence, written
from portail.facts.place import online_link, place_of
from portail.facts.when import FEW, days_text
from portail.model.event import Event
from portail.site.item import Item
from portail.site.site import Site
from portail.text.dates import heure, jour
from portail.text.normalise import fold
from portail.text.typography import EXAMPLE_NAME, typeset, unmarked

from . import rules
from .choice import EVERYWHERE
from .fragment import WORDS
from .issue import Announced, Erratum
from .picks import Changed, History

_MOVED_ONLINE = "deplace-en-ligne"
_OFF = ("annule", "reporte")


def announced(item: Item, site: Site, day: date) -> Announced:
    """An event as the letter of ``day`` announces it: its days of the next three weeks, else the
    next one.
    """
    entry = item.of(Event)
    dated = _dated(item, day)
    left = [occurrence for occurrence in item.occurrences if occurrence.is_to_come(day)]
    near = [
        occurrence for occurrence in dated if occurrence.first_day <= day + rules.AHEAD
    ] or dated[:1]
    days = [_written(occurrence, day) for occurrence in near[: rules.DAYS]]
    if item.ref in site.indexes.programme.durables:  # open most days: from one to the last
        days = [occurrence.last_day.isoformat() for occurrence in (*dated[:1], *dated[-1:])]
    etat = next((occurrence.etat for occurrence in near or left), entry.etat)
    online = etat == _MOVED_ONLINE
    return Announced(
        titre=entry.titre,
        etat=etat,
        jours=tuple(dict.fromkeys(days)),
        lieu="" if online else place_of(item, site),
        en_ligne=online or bool(online_link(entry)),
    )


def change(
    before: Announced, item: Item, now: Announced, day: date, until: date
) -> tuple[Announced, Announced] | None:
    """Erratum of an event announced ``before`` and that is ``now`` otherwise; ``None`` when it was
    right.

    Errors are a day to come that is lost, another place, a move on line.
    """
    promised = tuple(text for text in before.jours if _day(text) >= day)
    if not promised:
        again = not before.jours and before.etat in _OFF and bool(now.jours)
        if again:
            return (before, now)
        return None
    dated = _dated(item, day)
    lost = tuple(text for text in promised if not _kept(text, dated))
    if not lost:
        online = now.etat == _MOVED_ONLINE and before.etat != _MOVED_ONLINE
        moved = online or not set(fold(before.lieu).split(", ")) <= set(
            fold(now.lieu).split(", ")
        )  # a room that is given at last is no other place
        # What was everywhere and is has not moved, however that was said.
        moved = moved and not (item.partout and fold(before.lieu).startswith(EVERYWHERE))
        if moved:
            return (_on(before, promised), _on(now, promised))
        return None
    if len(lost) == len(promised):
        return _on(before, promised), now
    new = tuple(_instead(item, dated, before, lost, until))
    if new:
        return _on(before, lost), _on(now, new)
    called_off = {
        _written(occurrence, day): occurrence.etat
        for occurrence in item.occurrences
        if occurrence.etat in _OFF
    }
    off = now.model_copy(update={"etat": called_off.get(lost[0], "annule"), "jours": ()})
    return _on(before, lost), off


def _on(event: Announced, days: tuple[str, ...]) -> Announced:
    return event.model_copy(update={"jours": days})


def _instead(
    item: Item, dated: Sequence[Occurrence], before: Announced, lost: Sequence[str], until: date
) -> Iterator[str]:
    # Days that replace those lost: as the entry writes, else near and not announced.
    entry = item.of(Event)
    for occurrence in dated:
        old = written(entry, occurrence).ancien_debut
        replaces = old is not None and any(text.startswith(f"{old.jour}") for text in lost)
        text = _written(occurrence, occurrence.day)
        near = len(before.jours) < rules.DAYS and occurrence.first_day <= until
        if replaces or (near and text not in before.jours):
            yield text


def _dated(item: Item, day: date) -> list[Occurrence]:
    # Occurrences to come that take place.
    return [
        occurrence
        for occurrence in item.occurrences
        if occurrence.is_to_come(day) and occurrence.maintained
    ]


def _kept(text: str, dated: Sequence[Occurrence]) -> bool:
    if "T" in text:
        return any(
            text == f"{occurrence.debut:%Y-%m-%dT%H:%M}"
            for occurrence in dated
            if not occurrence.journee
        )
    return any(occurrence.is_on(_day(text)) for occurrence in dated)


def _written(occurrence: Occurrence, day: date) -> str:
    if occurrence.day < day:
        return occurrence.last_day.isoformat()
    if occurrence.journee:
        return occurrence.day.isoformat()
    return f"{occurrence.debut:%Y-%m-%dT%H:%M}"


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def changed_since(
    site: Site, history: History, today: date, connu: date, excluded: Collection[str] = ()
) -> tuple[Changed, ...]:
    """Events that the last letters announced for ``today`` or later, and that changed since."""
    changes = []
    for ref, promise in history.promises.items():
        item = site.items.get(ref)
        if not (before := promise.how) or ref in excluded:
            continue
        if not (item and isinstance(item.entry, Event) and item.entry.paru(connu)):
            if any(_day(text) >= today for text in before.jours):
                changes.append(Changed(ref, before, None, promise.week))
            continue
        until = promise.week.thursday + rules.AHEAD
        if both := change(before, item, announced(item, site, today), today, until):
            changes.append(Changed(ref, *both, promise.week))
    return tuple(sorted(changes, key=lambda event: (event.avant.jours, event.ref)))


# What the letter says of it.


def erratum(changed: Changed, site: Site, day: date, *, brief: bool = False) -> Erratum:
    """The erratum of one event in the letter of the Thursday ``day``; a ``brief`` one, at its foot,
    does not say which letter announced it."""
    item = site.items.get(changed.ref) if changed.apres else None
    word, outcome = _state_words(changed, day)
    # What is now followed from afar no longer has the place that it had.
    where = "" if _goes_online(changed) else _spot(changed.avant.lieu, changed.avant.titre)
    first = ", ".join(filter(None, (_moments(changed.avant.jours, day), where)))
    sent = changed.semaine.thursday
    letter = f"la lettre du {jour(sent, semaine=False, annee=sent.year != day.year)}"
    text = f"{first}. " * bool(first) + f"Annoncé dans {letter}, {outcome}"
    return Erratum(
        ref=changed.ref,
        titre=changed.avant.titre,
        mot=word,
        texte=f"{first}\u00a0: {outcome}" if brief and first else text,
        url=item.url if item else "",
        jour=min((date.fromisoformat(text[:10]) for text in _days(changed)), default=None),
    )


def _goes_online(changed: Changed) -> bool:
    return changed.apres is not None and changed.apres.en_ligne and not changed.avant.en_ligne


def _spot(place: str, title: str) -> str:
    name = unmarked(place)
    if name == place or title != unmarked(title):
        return typeset(name)
    hall, comma, town = name.rpartition(", ")
    return typeset(f"{hall or town}{EXAMPLE_NAME}{comma}{town if hall else ''}")


def _days(changed: Changed) -> tuple[str, ...]:
    return (*changed.avant.jours, *(changed.apres.jours if changed.apres else ()))


def _state_words(changed: Changed, day: date) -> tuple[str, str]:
    before = changed.avant
    after = changed.apres
    words = WORDS["errata"]
    moved = after is not None and after.jours != before.jours
    if after is None or after.etat == "annule":
        name = "annule" if after else "retire"
    elif after.etat == "reporte":
        name = "attend"
    elif moved:
        return _moved(changed, after, day)
    elif _goes_online(changed):
        name = "en_ligne"
    else:
        name = "ailleurs" if after.lieu else "modifie"
    word, text = words[name]
    return word, text.format(lieu=_spot(after.lieu, changed.avant.titre) if after else "")


def _moved(changed: Changed, after: Announced, day: date) -> tuple[str, str]:
    before = changed.avant
    word = "Nouvelles dates"
    if after.etat == "reprogramme":
        word = "Reporté"
    elif len(after.jours) == len(before.jours) == 1:
        word = "Nouvelle date"
        if before.jours[0][:10] == after.jours[0][:10]:
            word = "Nouvel horaire"
    where = ""
    if _goes_online(changed):
        where = ", en ligne"
    elif after.lieu and after.lieu != before.lieu:
        where = f", {_spot(after.lieu, changed.avant.titre)}"
    return word, f"ce rendez-vous a lieu {_moments(after.jours, day, article=True)}{where}."


def _moments(moments: Sequence[str], day: date, *, article: bool = False) -> str:
    if not moments:
        return WORDS["phrases"]["a_preciser"] if article else ""
    days = [date.fromisoformat(moment[:10]) for moment in moments]
    days = list(dict.fromkeys(days))
    text = days_text(days, few=FEW, year=days[-1].year != day.year)
    le = ""
    if article and len(days) <= FEW:
        le = "le " if len(days) == 1 else "les "
    hours = dict.fromkeys(
        heure(datetime.fromisoformat(moment).time()) for moment in moments if moment[10:]
    )
    at = f" à {next(iter(hours))}" if len(hours) == 1 else ""
    return f"{le}{text}{at}"
