"""Which of the sources that tell an event is the one to say when it takes place: who organises it,
or whose place it is; another one that says otherwise is told, and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import place_ref
from portail.site.rules.references import near, title_words

from .changes import Origin
from .ground import Ground
from .identity import source_of, tellers_of


def leads(origin: Origin, entry: Entry, ground: Ground) -> bool:
    """Whether a source is the one to say when ``entry`` takes place, of those that tell it."""
    return origin.slug in (_leading({origin.slug}, entry, ground) or {source_of(entry)})


def whom(entry: Entry, ground: Ground) -> str:
    """Who is to be asked of an event: the source that organises it, else who is told to, else the
    source that gave it."""
    named = [ground.origins[slug].name for slug in sorted(_leading(set(), entry, ground))]
    named += _organisers(entry, ground)
    named += [it.name for slug, it in ground.origins.items() if slug == source_of(entry)]
    return next(iter(named), "qui l’organise")


def _leading(slugs: set[str], entry: Entry, ground: Ground) -> set[str]:
    # Those that the event names, else those of a place.
    tellers = slugs | tellers_of(entry)
    told = [it for slug, it in ground.origins.items() if slug in tellers and it.is_awake]
    named = {it.slug for it in told if _organises(it, entry, ground)}
    return named or {it.slug for it in told if it.lieu}


def _organises(origin: Origin, entry: Entry, ground: Ground) -> bool:
    # By its place, its name, its site where no other source is.
    if not isinstance(entry, Event):
        return False
    if origin.lieu and origin.lieu in (entry.lieu, *entry.organisateurs):
        return True
    there = entry.adresse.nom if entry.adresse else ""
    mine = title_words(origin.name)
    if any(near(mine, title_words(it)) for it in (*_organisers(entry, ground), there or "")):
        return True
    host = _host(origin.address)
    shared = [_host(it.address) for it in ground.origins.values()].count(host) > 1
    pages = {_host(f"{reference.url}") for reference in entry.references if reference.url}
    return host in pages and not shared and source_of(entry) != origin.slug


def _organisers(entry: Entry, ground: Ground) -> Iterator[str]:
    if isinstance(entry, Event):
        for slug in filter(None, (*entry.organisateurs, entry.lieu)):
            there = ground.base.items.get(place_ref(f"{slug}"))
            yield there.name if there else f"{slug}"


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
