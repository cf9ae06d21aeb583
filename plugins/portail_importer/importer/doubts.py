"""What somebody has to look at before an item is published: what is perhaps there already, or what
another source is to say."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from portail.features.services.tableurs.models import NAMESPACE
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.place import PlaceEntry
from portail.site.rules.references import near, title_words

from .ground import Ground, Run, keys_elsewhere
from .likeness import are_apart, point_of
from .requests import Request
from .uids import is_weak

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
