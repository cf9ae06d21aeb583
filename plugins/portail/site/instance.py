"""What the settings of an instance name, looked for in the reference tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from portail.config import Edition, SiteConfig
from portail.errors import ConfigError
from portail.geo.territories import Departement, Epci, Geography
from portail.model.vocabulary import Vocabularies
from portail.site.facet_values import territory_pair
from portail.text.suggest import nearest

__all__ = ["confront"]

_FEW = 8


def confront(config: SiteConfig, geography: Geography, vocabularies: Vocabularies) -> None:
    """Raise ``ConfigError`` when the region, or what an edition of the letter is narrowed to, is
    in no table: pages would be written, and empty. Without a region, territories are not asked."""
    home = geography.home
    if config.region and (home is None or home.nom != config.region.replace("’", "'")):
        names = [one.nom for one in geography.regions]
        raise ConfigError(
            f"PORTAIL_REGION : « {config.region} » n’est le nom d’aucune région "
            "(data/regions.csv)."
            f"{_instead(config.region, names, [home.nom] if home else ())}"
        )
    for one in config.lettre.editions:
        if one.filtre is not None:
            known = _values(one.filtre[0], geography, vocabularies)
            if known is not None and one.filtre[1] not in known:
                raise ConfigError(_refused(one, one.filtre, config.region, known))


def _values(key: str, geography: Geography, vocabularies: Vocabularies) -> list[str] | None:
    """The codes that ``key`` of an edition may be; ``None`` when nothing says it."""
    if key in ("theme", "public"):
        return [*vocabularies[f"{key}s"]]
    if geography.home is None:
        return None
    departements = geography.departements_of(geography.home.code)
    epci = (one for dep in departements for one in geography.home_epci_of(dep.code))
    found: Iterable[Departement | Epci] = departements if key == "departement" else epci
    return [territory_pair(one, geography)[1] for one in found]


def _refused(edition: Edition, wanted: tuple[str, str], region: str, known: list[str]) -> str:
    key, value = wanted
    where = {
        "departement": f"un département de la région {region}",
        "epci": f"une intercommunalité de la région {region}",
        "theme": "un thème (data/themes.yml)",
        "public": "un public (data/publics.yml)",
    }[key]
    return (
        f"PORTAIL_LETTRE, édition « {edition.code} » : « {value} » n’est pas {where}."
        f"{_instead(value, known)}"
    )


def _instead(wrong: str, known: Collection[str], first: Collection[str] = ()) -> str:
    """What may have been meant: the nearest, else all of them when they are few."""
    near = [*first, *nearest(wrong, known, limit=1)]
    if near:
        return f" Vouliez-vous dire « {near[0]} » ?"
    return f" Choisissez : {', '.join(known)}." if len(known) <= _FEW else ""
