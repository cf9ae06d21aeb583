"""The seats left in the coach of a class that comes to an event, for another class: a fact until
its day, a filter, a rule, and what the form asks."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from portail import greffons as portail
from portail.greffons import (
    Draft,
    Event,
    Fact,
    Finding,
    Item,
    Kind,
    Occurrence,
    Site,
    from_town,
    jour,
    mail_and_phone,
    texts,
)

PAGE = """\
Le portail ne montre les places que si le car mène à une séance. Écrivez le jour d’une séance :

```yaml
debut: 2027-10-09 14:00
groupes:
  car: {places: 24, depart: Vierzon, jour: 2027-10-09, courriel: ecole@example.org}
```
"""


def sessions_on(item: Item, day: date) -> tuple[Occurrence, ...]:
    """The sessions that take place on a day."""
    return tuple(one for one in item.occurrences if one.maintained and day in one.days())


def coach_of(event: Event) -> Any:
    """The coach that one shares, or ``None``."""
    return event.groupes.car if event.groupes else None


def seats(item: Item, site: Site) -> Fact:
    """How many, from where, on which day, whom to ask."""
    coach = coach_of(item.of(Event))
    if coach is None or coach.jour < site.day.date or not sessions_on(item, coach.jour):
        return Fact("Car à partager")
    count = f"{coach.places} place{'s' * (coach.places > 1)} au départ {from_town(coach.depart)}"
    text = f"{count}, {jour(coach.jour, annee=False)}"
    values = (*texts(text), *mail_and_phone(coach.courriel, coach.telephone))
    days = ((coach.jour, f"Car à partager\u00a0: {count}"),)
    return Fact("Car à partager", values, short=f"Car à partager\u00a0: {text}", days=days)


def served(item: Item) -> tuple[Occurrence, ...]:
    """The sessions to which the coach leads."""
    coach = coach_of(item.of(Event))
    return sessions_on(item, coach.jour) if coach else ()


def switch(item: Item, items: Mapping[str, Item]) -> Iterator[str]:
    """The day of the coach is one of the days to come."""
    first = item.upcoming.first_day if item.upcoming else date.max
    if served(item) and coach_of(item.of(Event)).jour >= first:
        yield "oui"


def asked(site: Site) -> Iterator[tuple[str, str, str, str]]:
    """The page of the filter, and the words by which one looks for it."""
    yield (
        "Un car à partager",
        "/agenda/car-a-partager/",
        "Des places qui restent dans le car d’une classe.",
        "car, car à partager, partager un car, car scolaire, transport scolaire",
    )


def other_days(draft: Draft) -> Iterator[Finding]:
    """Coaches of a day on which the event has no session."""
    for loaded, entry in draft.entries(Kind.EVENT):
        coach = coach_of(entry) if isinstance(entry, Event) else None
        days = {day for session in loaded.occurrences for day in session.days()}
        if coach and days and coach.jour not in days:
            yield Finding(loaded, ("groupes", "car", "jour"), {"jour": jour(coach.jour)})


feature = portail.Feature(
    "cars",
    "Car à partager",
    asks=("groupes.car",),
    slots={portail.ASKED_FOR: asked},
    # Neither in feeds nor in calendars, which tell the same whatever the day: the seats go by then.
    facts=(
        portail.FactSpec(
            seats, channels=("page", "carte", "lettre", "decisif", "classes", "recherche")
        ),
    ),
    facets=(
        portail.FacetSpec(
            "car-a-partager",
            "Un car à partager",
            switch,
            page=(
                "Agenda\u00a0: {bas}",
                "Rendez-vous des sciences{en_region}\u00a0: des places dans un car de classe.",
            ),
            sessions=served,
        ),
    ),
    rules=(
        portail.RuleSpec(
            "CX42",
            "Car d’un autre jour",
            "Le car à partager est du {jour}, où il n’y a pas de séance.",
            "Écrivez le jour d’une séance, ou retirez « car » s’il est complet.",
            other_days,
            PAGE,
        ),
    ),
)
