"""What editions are narrowed to, looked for in the reference tables."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from portail.config import SiteConfig
from portail.diagnostics import ConfigError
from portail.geo.places import Departement, Epci
from portail.geo.territories import Geography
from portail.model.vocabulary import Vocabularies
from portail.site.draft import instead
from portail.site.facets import territory_pair

from .settings import LETTER, Edition, letter_of


def confront_editions(config: SiteConfig, geography: Geography, vocabularies: Vocabularies) -> None:
    """Raise ``ConfigError`` when what an edition is narrowed to is in no table: its pages would be
    written, and empty. Without a region, territories are not asked."""
    for edition in letter_of(config).editions:
        if edition.filtre is not None:
            codes = _values(edition.filtre[0], geography, vocabularies)
            if codes is not None and edition.filtre[1] not in codes:
                raise ConfigError(_refused(edition, edition.filtre, config.region, codes))


def _values(key: str, geography: Geography, vocabularies: Vocabularies) -> list[str] | None:
    # The codes that ``key`` of an edition may be; ``None`` when nothing says it.
    if key in ("theme", "public"):
        return [*vocabularies[f"{key}s"]]
    if geography.home is None:
        return None
    departements = geography.departements_of(geography.home.code)
    epci = chain.from_iterable(geography.home_epci_of(dep.code) for dep in departements)
    territories: Iterable[Departement | Epci] = departements if key == "departement" else epci
    return [territory_pair(territory, geography)[1] for territory in territories]


def _refused(edition: Edition, wanted: tuple[str, str], region: str, codes: list[str]) -> str:
    key, value = wanted
    where = {
        "departement": f"un département de la région {region}",
        "epci": f"une intercommunalité de la région {region}",
        "theme": "un thème (data/themes.yml)",
        "public": "un public (data/publics.yml)",
    }[key]
    return (
        f"{LETTER}, édition « {edition.code} » : « {value} » n’est pas {where}."
        f"{instead(value, codes)}"
    )
