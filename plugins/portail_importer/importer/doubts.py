"""What somebody has to look at before an item is published: what is perhaps there already, or what
another source is to say.

Which of the sources that tell an event is the one to say when it takes place: who organises it,
or whose place it is; another one that says otherwise is told, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from portail.model.collections import PlaceEntry
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import place_ref
from portail.site.rules.references import near, title_words
from portail.text.addresses import address_parts
from portail_importer.tableurs.models import NAMESPACE

from .base import source_of, tellers_of
from .ground import Ground, Run, keys_elsewhere
from .likeness import are_apart, is_weak, point_of
from .values import Origin, Request

_TWO = (
    "Si c’est le même, supprimez ce fichier ; sinon, ôtez-en ces lignes et « statut: brouillon »."
)


def doubted(request: Request, entry: Entry | None, run: Run) -> Request:
    """``request``, with what is doubtful of it."""
    told: list[tuple[str, str]] = []
    if ref := _near(entry, run.ground) or _claimed(request, entry, run):
        told.append((f"il est peut-être déjà là ({ref})", _TWO))
    told += ((f"« {name} », sa source, n’en dit rien", "") for name in _silent(entry, run))
    doubts = []
    for why, hint in told:
        fault = run.ground.base.diagnose(
            "E174", request.number, valeur=request.text("titre"), raison=why
        )
        placed = request.place(fault, ("titre",))
        doubts.append(replace(placed, hint=hint or placed.hint))
    if doubts:
        return replace(request, doubts=(*request.doubts, *doubts))
    return request


def alike_named(request: Request, run: Run) -> str:
    """The content of another source that bears the identifier of an item, which names it not."""
    if is_weak(request.identifier) or request.namespace == NAMESPACE:
        return ""
    if run.called is None:
        entries = run.ground.entries
        named = keys_elsewhere(run.ground, run.origin.slug)
        run.called = {key: ref for key, ref in named if not entries[ref].brouillon}
    return run.called.get((request.namespace, request.identifier), "")


def _near(entry: Entry | None, ground: Ground) -> str:
    # A place of the same commune that is named nearly as one.
    if not (isinstance(entry, PlaceEntry) and entry.code_commune):
        return ""
    town = title_words(ground.base.portal.geography.label(entry.code_commune))
    mine = title_words(entry.titre) - town
    for other in ground.entries.values():
        if (
            isinstance(other, PlaceEntry)
            and other.code_commune == entry.code_commune
            and not (other.ref == entry.ref or other.brouillon)
            and near(ground.told(other).title - town, mine)
            and not are_apart(point_of(other), point_of(entry))
        ):
            return other.ref
    return ""


def _claimed(request: Request, entry: Entry | None, run: Run) -> str:
    # What bears the identifier of another source, elsewhere than at home.
    if not (isinstance(entry, Event) and run.origin.is_harvested):
        return ""
    at_home = run.origin.lieu in (entry.lieu, *entry.organisateurs)
    if at_home:
        return ""
    return alike_named(request, run)


def _silent(entry: Entry | None, run: Run) -> Iterator[str]:
    # The other sources that organise an event, and say nothing of it.
    if isinstance(entry, Event) and run.origin.is_harvested:
        for origin in run.ground.origins.values():
            if origin.lieu in entry.organisateurs and origin.lieu != run.origin.lieu:
                yield origin.name


def leads(origin: Origin, entry: Entry, ground: Ground) -> bool:
    """Whether a source is the one to say when ``entry`` takes place, of those that tell it."""
    return origin.slug in (_leading({origin.slug}, entry, ground) or {source_of(entry)})


def calls_off(request: Request, entry: Entry, run: Run) -> bool:
    """Whether an item says off an event that none of those who tell it organises: whoever says so
    is believed."""
    is_off = request.text("etat") == "annule"
    return (
        is_off and isinstance(entry, Event) and not _leading({run.origin.slug}, entry, run.ground)
    )


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
    return (address_parts(url).hostname or "").removeprefix("www.")
