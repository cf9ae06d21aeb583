"""From the bytes of a source to what its items ask to write."""

from __future__ import annotations

from portail.diagnostics import Refused
from portail.features.services.tableurs.reading import is_workbook

from ..importer.base import Base
from ..importer.imports import request_of, with_options
from ..importer.requests import Request
from ..importer.sources.formats import Reader, reader_of
from ..importer.sources.unread import refuse_documents
from .sources import Source

# The namespace of what a page says.
_PAGE = "page"


def requests_in(data: bytes, name: str, source: Source, base: Base) -> list[Request]:
    """The requests of a source. Raises ``Refused``, and ``ConfigError`` for what « avec » says."""
    reader = _reader(data, name)
    items = reader.read(data, name, base.portal.day)
    requests = (request_of(item, reader.unit, base) for item in items)
    read = [*with_options(requests, source.unsaid)]
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
