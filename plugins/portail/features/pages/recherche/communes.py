"""Communes of the region by their initial (``/recherche/communes/<letter>.json``): who searches
near one reads some tens of them, not all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from string import ascii_lowercase

from portail.features.services.facettes.communes import communes_text
from portail.geo.places import Commune
from portail.outputs.base import TextFile, text_file
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.urls import SEARCH
from portail.text.normalise import slugify

FOLDER = f"{SEARCH}communes/"


def plan_communes(site: Site) -> Iterator[TextFile]:
    """A file a letter, empty ones too: a script asks for any; none when the region is not known."""
    if site.geography.home is not None:
        for initial in ascii_lowercase:
            yield text_file(site, f"{FOLDER}{initial}.json", _communes, initial)


def _communes(site: Site, initial: str) -> Iterator[str]:
    yield from communes_text(site.geography, _by_initial(site).get(initial, ()))


@per_site
def _by_initial(site: Site) -> Mapping[str, tuple[Commune, ...]]:
    home = site.geography.home
    assert home is not None
    found: dict[str, list[Commune]] = defaultdict(list)
    for commune in site.geography.communes_of(home):
        found[slugify(commune.nom)[:1]].append(commune)
    return {initial: tuple(communes) for initial, communes in found.items()}
