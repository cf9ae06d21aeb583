"""Coming without a car and going home, as the organiser says it: a fact, a filter, a rule, and what
the form asks. Nothing is computed."""

from collections.abc import Iterator, Mapping
from datetime import time

from portail import greffons as portail
from portail.greffons import Draft, Event, Fact, Finding, Item, Kind, Site, inside, texts

# What ends from this hour on, or begins then when its end is unknown, may outlast the trains.
EVENING = time(20)
PAGE = """\
Le portail ne calcule pas le dernier train : les horaires changent, et un retour faux laisse
quelqu’un sur un quai. Dites-le :

```yaml
sans_voiture:
  arret: Gare d’Exemple, puis 8 minutes à pied
  retour: Train de 22 h 58
```
"""


def way(item: Item, site: Site) -> Fact:
    """The nearest station or stop, then the last way back."""
    said = item.of(Event).sans_voiture
    if said is None:
        return Fact("Sans voiture")
    back = f"dernier retour\u00a0: {inside(said.retour)}" if said.retour else None
    values = texts(said.arret, back)
    line = "\u00a0; ".join(value.text for value in values)
    return Fact("Sans voiture", values, f"Sans voiture\u00a0: {line}", said.arret)


def switch(item: Item, items: Mapping[str, Item]) -> Iterator[str]:
    """One knows how to come and how to go home."""
    said = item.of(Event).sans_voiture
    if said and said.retour:
        yield "oui"


def asked(site: Site) -> Iterator[tuple[str, str, str, str]]:
    """The page of the filter, and the words by which one looks for it."""
    yield (
        "Sans voiture, retour compris",
        "/agenda/sans-voiture/",
        "Les rendez-vous dont on sait la gare ou l’arrêt le plus proche, et le dernier retour.",
        "sans voiture, en train, en bus, en transports en commun, pas de voiture",
    )


def late_without_return(draft: Draft) -> Iterator[Finding]:
    """Events of the evening that say how to come, and not how to go home."""
    for loaded, entry in draft.entries(Kind.EVENT):
        if not isinstance(entry, Event) or entry.sans_voiture is None or entry.sans_voiture.retour:
            continue
        latest = max(hours(entry), default=time())
        if latest >= EVENING:
            values = {"heure": f"{latest:%H:%M}".replace(":", " h ")}
            yield Finding(loaded, ("sans_voiture",), values)


def hours(event: Event) -> Iterator[time]:
    """The hour at which each session ends, or begins when its end is unknown."""
    sessions = ((event.debut, event.fin), *((one.debut, one.fin) for one in event.seances))
    for start, end in sessions:
        moment = end or start
        if moment and moment.heure:
            yield moment.heure
    if event.horaires and (hour := event.horaires.a or event.horaires.de):
        yield hour


feature = portail.Feature(
    "sansvoiture",
    "Sans voiture",
    asks=("sans_voiture",),
    slots={portail.ASKED_FOR: asked},
    # Not on cards: a row of the agenda has no room for it, and its filter finds it.
    facts=(
        portail.FactSpec(
            way,
            channels=tuple("page lettre flux agenda decisif affiche classes recherche".split()),
        ),
    ),
    facets=(
        portail.FacetSpec(
            "sans-voiture",
            "Sans voiture",
            switch,
            page=(
                "Agenda\u00a0: {bas}, retour compris",
                "Rendez-vous des sciences{en_region}\u00a0: gare ou arrêt proche, dernier retour.",
            ),
        ),
    ),
    rules=(
        portail.RuleSpec(
            "CX41",
            "Retour du soir non précisé",
            "On vient sans voiture, mais on en repart après {heure} : rien ne dit le dernier "
            "retour.",
            "Ajoutez « retour » à « sans_voiture » : le dernier train ou bus de ce jour-là ; ou "
            "« aucun après 20 h ».",
            late_without_return,
            PAGE,
        ),
    ),
)
