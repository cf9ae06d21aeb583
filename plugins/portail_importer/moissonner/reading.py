"""From the bytes of a source to what its items ask to write, and what of them is taken."""

from __future__ import annotations

from msgspec.structs import replace

from portail.diagnostics import Refused
from portail.features.services.tableurs.reading import is_workbook
from portail.model.kinds import PLACES, place_ref
from portail.text.normalise import name_key

from ..importer.base import Base
from ..importer.changes import Origin
from ..importer.imports import request_of, whole_or_cut, with_options
from ..importer.requests import Request
from ..importer.sources.formats import Reader, reader_of
from ..importer.sources.openagenda import total_of
from ..importer.sources.unread import refuse_documents
from .sources import Source, Tri

# The namespace of what a page says.
_PAGE = "page"


def requests_in(data: bytes, name: str, source: Source, base: Base) -> list[Request]:
    """The requests of a source. Raises ``Refused``, and ``ConfigError`` for what « avec » says."""
    reader = _reader(data, name)
    items = reader.read(data, name, base.portal.day)
    requests = (request_of(item, reader.unit, base) for item in items)
    read = whole_or_cut(with_options(requests, source.unsaid), total_of(data))
    if read and all(it.namespace == _PAGE and not it.kind.info.dated for it in read):
        raise Refused(
            "Cette page ne dit aucun événement aux programmes (schema.org) : donnez l’adresse d’un "
            "agenda (.ics), d’un flux, ou d’un export d’OpenAgenda."
        )
    return read


def _reader(data: bytes, name: str) -> Reader:
    refuse_documents(data, name)
    reader = None if is_workbook(data, name) else reader_of(data, name)
    if reader is None:
        raise Refused(
            "Ce n’est ni un agenda, ni un flux, ni un export d’OpenAgenda, ni une page. Un "
            "tableur se reprend par « portail importer »."
        )
    return reader


def origin_of(source: Source, base: Base) -> Origin:
    """A source as it is read by itself: what is past, or that the portal keeps not, is left out."""
    today = base.portal.day.isoformat()

    def reason(request: Request, is_there: bool) -> str:
        days = request.days
        if not is_there and days and "rrule" not in request.values and max(days) < today:
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
