"""From the bytes of a source to what its items ask to write, and what of them is taken."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from msgspec.structs import replace

from portail.diagnostics import Refused
from portail.features.services.tableurs.reading import is_workbook
from portail.model.kinds import PLACES, place_ref
from portail.text.normalise import name_key

from ..importer.base import Base
from ..importer.changes import Origin
from ..importer.imports import request_of, rows_of, whole_or_cut, with_options
from ..importer.requests import Request
from ..importer.sources.formats import reader_of
from ..importer.sources.prose import in_a_row
from ..importer.sources.unread import refuse_documents
from ..importer.values import part_of
from ..importer.where import is_room
from .sources import Source, Tri

# The namespace of what a page says.
_PAGE = "page"
# Words that lead to no other place than its own.
_HERE = "au a la le les dans sur place"


def requests_in(data: bytes, name: str, source: Source, base: Base, *, total: int) -> list[Request]:
    """The requests of a source, which says that it has ``total`` items, 0 when it does not. Raises
    ``Refused``, and ``ConfigError`` for what « avec » says."""
    refuse_documents(data, name)
    reader = None if is_workbook(data, name) else reader_of(data, name)
    if reader is None:
        requests = _rows(data, name, base)
    else:
        items = reader.items(data, name, base.portal.day, address=source.adresse)
        requests = (request_of(item, reader.unit, base) for item in items)
    placed = (_placed(it, source, base) for it in requests)
    told = (_linked(it, source) for it in with_options(placed, source.unsaid))
    read = whole_or_cut(told, total)
    if read and all(it.namespace == _PAGE and not it.kind.info.dated for it in read):
        raise Refused(
            "Cette page ne dit aucun événement aux programmes (schema.org) : donnez l’adresse d’un "
            "agenda (.ics), d’un flux, ou d’un export d’OpenAgenda."
        )
    return read


def _placed(request: Request, source: Source, base: Base) -> Request:
    # What names no place, or a room, is where its source is; what may be elsewhere is left to say.
    there = base.items.get(place_ref(source.lieu or ""))
    said = {part_of(request.kind, name) for name in request.values}
    if there is None or not request.kind.info.dated or {"ou", "en_ligne"} & said:
        return request
    written = [loss for loss in request.losses if loss.name == "adresse"]
    text = in_a_row(*(loss.value for loss in written))
    own = name_key(f"{there.entry.titre} {there.name} {_HERE}").split()
    inside = set(name_key(text).split()) <= {*own}
    if not (inside or is_room(text)):
        return request
    values = {**request.values, "lieu": source.lieu, **({} if inside else {"salle": text})}
    losses = tuple(loss for loss in request.losses if loss not in written)
    return replace(request, values=values, losses=losses, defaults=request.defaults | {"ou"})


def _linked(request: Request, source: Source) -> Request:
    # What leads neither to a page of its source nor to a sheet leads to its site.
    address = urlsplit(source.adresse)
    if source.lieu or "references" in request.values or "." not in (address.hostname or ""):
        return request
    site = {"titre": source.nom, "url": f"{address.scheme}://{address.hostname}/"}
    values = {**request.values, "references": [site]}
    return replace(request, values=values, defaults=request.defaults | {"references"})


def _rows(data: bytes, name: str, base: Base) -> Iterable[Request]:
    try:
        return rows_of(data, name, base)
    except Refused:
        raise Refused(
            "Ce n’est ni un agenda, ni un flux, ni un export d’OpenAgenda, ni une page, ni un "
            "tableau dont les colonnes se connaissent."
        ) from None


def origin_of(source: Source, base: Base) -> Origin:
    """A source as it is read by itself: what is past, or that the portal keeps not, is left out."""
    today = base.portal.day.isoformat()

    def reason(request: Request) -> str:
        days = request.days
        if days and "rrule" not in request.values and max(days) < today:
            return "passé"
        return _unwanted(request, source.garder or Tri(), base)

    return replace(source.origin, images=source.images, reason=reason)


def _unwanted(request: Request, kept: Tri, base: Base) -> str:
    # Why the portal keeps not what a source says; "" when it does.
    if request.kind in PLACES and request.kind.value not in kept.genres:
        return "lieu de l’annuaire, que « genres » ne demande pas"
    if kept.genres and request.kind.value not in kept.genres:
        return f"genre que le portail n’en garde pas : {request.kind.info.pluriel}"
    if kept.communes:
        lieu = base.items.get(place_ref(request.text("lieu")))
        own = lieu.commune.code if lieu and lieu.commune else ""
        told = request.text("adresse.commune") or request.text("commune")
        codes = {base.commune(name) or name_key(name) for name in kept.communes}
        if (own or base.commune(told) or name_key(told)) not in codes:
            return f"hors des communes que le portail en garde : {told or 'commune inconnue'}"
    words = f" {name_key(' '.join(map(str, request.values.values())))} "
    if kept.mots and not any(f" {name_key(word)}" in words for word in kept.mots):
        return "aucun des mots que le portail en garde"
    return ""
