"""The spreadsheets to fill in that the page of forms offers: ``evenements.xlsx``…"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from portail.files import digest_bytes
from portail.model.kinds import served
from portail.model.vocabulary import Vocabularies
from portail.outputs.base import Derived
from portail.site.site import Site
from portail.text.place import Place

# ``evenements.xlsx``, ``outils.xlsx``…
TEMPLATES = "/contribuer/modeles/"
_VERSION = 2


def offered(site: Site) -> Iterator[str]:
    """Their names."""
    yield from served(site.config.sans)


def plan(site: Site) -> Iterator[Derived]:
    place = site.geography.place
    for name in offered(site):
        url = f"{TEMPLATES}{name}.xlsx"
        key = (digest_bytes(f"modele {_VERSION} {place}".encode()),)  # the model is in the salt
        yield Derived(
            url[1:], url, (), partial(_spreadsheet, site.vocabularies, place, name), key=key
        )


def _spreadsheet(vocabularies: Vocabularies, place: Place, name: str, _: object) -> bytes:
    from . import columns, models  # here: an edit makes no spreadsheet

    return models.template(columns.forms(vocabularies)[name], place)
