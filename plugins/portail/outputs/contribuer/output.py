"""Output « contribuer »: the files that the contribution form reads, in the browser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from portail.body.form_rules import form_rules
from portail.forms.layout import FORMS
from portail.model.kinds import Kind
from portail.outputs.base import TextFile, Tree
from portail.outputs.compact import compact
from portail.outputs.contribuer.communes import plan_communes
from portail.outputs.contribuer.files import groups_of, source_file
from portail.outputs.contribuer.landmarks import FOLDERS, rows_of
from portail.outputs.drawn import text_file
from portail.schemas.kind_schema import kind_schema
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import BODY_RULES, LANDMARKS, form_of, sources_of

__all__ = ["ContribuerOutput"]

_VERSION = 1
"""Of the landmarks: grows when a former script could not read them."""


class ContribuerOutput:
    """``/contribuer/communes/``, ``/contribuer/corps.json``, ``/contribuer/<genre>/schema.json``,
    ``/contribuer/reperes/`` and ``/contribuer/fichiers/``.

    An edit makes the file of a few contents again, and a reader loads one.
    """

    name: ClassVar[str] = "contribuer"

    def plan(self, site: Site) -> Iterator[TextFile | Tree]:
        """Communes, rules, landmarks, then the files of contents, in the order of kinds."""
        yield plan_communes(site)
        yield text_file(site, BODY_RULES, _rules)
        for kind in FORMS:
            yield text_file(site, f"{form_of(kind)}schema.json", _schema, kind.value)
        for folder in FOLDERS:
            yield _landmarks(folder, site)
        for kind in FORMS:
            for number, items in sorted(groups_of(site, kind).items()):
                yield _sources(f"{sources_of(kind)}{number}.json", items, site)


def _rules(site: Site) -> Iterator[str]:
    yield f"{compact(form_rules())}\n"


def _schema(site: Site, name: str) -> Iterator[str]:
    yield f"{compact(kind_schema(Kind(name), site.vocabularies))}\n"


def _landmarks(folder: str, site: Site) -> TextFile:
    return text_file(site, f"{LANDMARKS}{folder}.json", _landmark_rows, folder)


def _landmark_rows(site: Site, folder: str) -> Iterator[str]:
    yield f'{{"version":{_VERSION},"lignes":['
    for rank, row in enumerate(rows_of(folder, site)):
        yield f"{',' if rank else ''}\n{compact(row)}"
    yield "\n]}\n"


def _sources(url: str, items: Sequence[Item], site: Site) -> TextFile:
    return text_file(site, url, _source_texts, tuple(item.ref for item in items))


def _source_texts(site: Site, refs: Sequence[str]) -> Iterator[str]:
    for rank, item in enumerate(map(site.items.__getitem__, refs)):
        name, document = compact(item.entry.slug), compact(source_file(item, site))
        yield f"{',' if rank else '{'}\n{name}:{document}"
    yield "\n}\n"
