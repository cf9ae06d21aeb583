"""Relaxed sessions: light that stays on, doors that stay open, less noise, for those whom the dark,
the noise or sitting still keep away. A fact of the days that it is of, what their dates say, a
filter, a rule, and what the form asks."""

import re
from collections.abc import Iterator, Mapping, Sequence

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
    days_text,
    fold,
    inside,
    occurrence_phrase,
    texts,
)

LABEL, ONE = "Séances douces", "Séance douce"
# Days of relaxed sessions that a card writes; more are counted.
DAYS_SHORT = 2
# Words by which those concerned look for one, whatever the organiser calls it.
SEARCHED = (
    *("séance douce", "séance Relax", "séance adaptée", "autisme", "autiste", "autistes"),
    *("enfant autiste", "TSA", "hypersensible", "au calme"),
)
# Words by which organisers announce one in a note, folded.
IN_A_NOTE = re.compile(
    r"\b(?:relax|seances? (?:douces?|calmes?|adaptees?|apaisees?)|autis\w*|tsa|hypersensib\w*)\b"
)
PAGE = """\
« Relax » ne dit ni la lumière, ni le son, ni si l’on peut sortir, et les filtres ne lisent pas les
notes. Écrivez ce qui rend la séance plus calme :

```yaml
seances:
  - debut: 2027-10-10 10:30
    douce: [lumiere, son, sorties]
```
"""


def comforts(item: Item, session: Occurrence) -> tuple[str, ...]:
    """Codes of what makes a session relaxed, those of the event first."""
    event = item.of(Event)
    own = event.seances[session.source].douce if session.source is not None else ()
    return tuple(dict.fromkeys((*event.douce, *own)))


def relaxed(item: Item) -> tuple[Occurrence, ...]:
    """The sessions that are relaxed and take place, in order of time."""
    return tuple(one for one in item.occurrences if one.maintained and comforts(item, one))


def left(item: Item) -> tuple[Occurrence, ...]:
    """Those to come while any session of the event is; once all is over, every one."""
    first = item.upcoming.rang if item.upcoming else 0
    return tuple(one for one in relaxed(item) if one.rang >= first)


def notes(site: Site, item: Item) -> Iterator[tuple[int, str]]:
    """What dates say of those that are relaxed, where not all are."""
    if not item.of(Event).douce:
        for session in relaxed(item):
            yield session.rang, "séance douce"


def coming(item: Item, site: Site) -> Fact:
    return stated(item, site, left(item))


def always(item: Item, site: Site) -> Fact:
    """The same of past sessions too, for what tells the same whatever the day."""
    return stated(item, site, relaxed(item))


def searched(item: Item, site: Site) -> Fact:
    fact = coming(item, site)
    return fact._replace(values=(*fact.values, *texts(*SEARCHED))) if fact.values else fact


def stated(item: Item, site: Site, sessions: Sequence[Occurrence]) -> Fact:
    """What makes these sessions relaxed, each with its day unless all of the event are."""

    def words(codes: Sequence[str]) -> str:
        return inside(site.vocabularies.labels("douceurs", codes))

    if not sessions:
        return Fact(LABEL)
    if every := item.of(Event).douce:
        text = words(every)
        return Fact(LABEL, texts(text[:1].upper() + text[1:]), f"{LABEL}\u00a0: {text}", LABEL)
    lines = []
    for session in sessions:
        moment = occurrence_phrase(session)
        lines.append(f"{moment[:1].lower()}{moment[1:]}\u00a0: {words(comforts(item, session))}")
    days = tuple(dict.fromkeys(session.first_day for session in sessions))
    short = f"{LABEL if sessions[1:] else ONE} {days_text(days, few=DAYS_SHORT)}"
    line = f"{LABEL}\u00a0: " + "\u00a0; ".join(lines)
    return Fact(LABEL, texts(*lines), line, short, days=tuple((day, ONE) for day in days))


def switch(item: Item, items: Mapping[str, Item]) -> Iterator[str]:
    """A session to come is for those whom noise or light tires."""
    if left(item):
        yield "oui"


def asked(site: Site) -> Iterator[tuple[str, str, str, str]]:
    """The page of the filter, and the words by which one looks for it."""
    yield (
        LABEL,
        "/agenda/seances-douces/",
        "Jamais dans le noir, moins de bruit, on sort quand on veut : les rendez-vous plus calmes.",
        ", ".join(SEARCHED),
    )


def said_in_notes(draft: Draft) -> Iterator[Finding]:
    """Notes of sessions that announce a relaxed one which no filter can find."""
    for loaded, entry in draft.entries(Kind.EVENT):
        if not isinstance(entry, Event) or entry.douce:
            continue
        for rank, session in enumerate(entry.seances):
            if not session.douce and IN_A_NOTE.search(fold(session.note or "")):
                yield Finding(loaded, ("seances", rank, "note"), {"note": session.note})


feature = portail.Feature(
    "seancesdouces",
    LABEL,
    asks=("douce", "seances.douce"),
    slots={portail.SESSION_NOTES: notes, portail.ASKED_FOR: asked},
    facts=(
        portail.FactSpec(coming, channels=("page", "carte", "lettre", "decisif")),
        portail.FactSpec(always, channels=("flux", "agenda")),
        portail.FactSpec(searched, channels=("recherche",)),
    ),
    facets=(
        portail.FacetSpec(
            "seances-douces",
            LABEL,
            switch,
            page=(
                "Agenda\u00a0: {bas}",
                "Rendez-vous des sciences{en_region} sans noir, moins bruyants, sorties libres.",
            ),
            sessions=relaxed,
        ),
    ),
    rules=(
        portail.RuleSpec(
            "CX40",
            "Séance douce dite dans une note",
            "La note « {note} » annonce une séance douce ; aucun filtre ne la trouve.",
            "Ajoutez « douce » à cette séance, avec ce qui la rend plus calme : "
            "douce: [lumiere, son, sorties].",
            said_in_notes,
            PAGE,
        ),
    ),
)
