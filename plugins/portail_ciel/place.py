"""Where the portal looks at the sky from, and what it sees there, week by week."""

from __future__ import annotations

from datetime import date

from portail.agenda.weeks import Week
from portail.clock import portal_zone
from portail.config import SiteConfig
from portail.diagnostics import ConfigError
from portail.geo.places import Commune
from portail.geo.territories import Geography
from portail.model.vocabulary import Vocabularies
from portail.site.memo import kept_answer
from portail.site.site import Site

from .chart import Chart, chart
from .dusk import Dusk, dusk, outlines
from .sky import Almanac, Place, SkyWeek

SETTING = "PORTAIL_CIEL"
OUTLINES = "PORTAIL_SILHOUETTES"


def read_setting(value: object) -> str | bool:
    """Whether the sky is told, or the name of the commune that it is seen from. Raises
    ``ConfigError``."""
    if isinstance(value, bool) or (isinstance(value, str) and value):
        return value
    raise ConfigError(f"Le réglage {SETTING} attend True, False ou le nom d’une commune.")


def read_outlines(value: object) -> tuple[str, ...]:
    """Three outlines of here, from left to right; none, those of the region. Raises
    ``ConfigError``."""
    known = [*outlines()["silhouettes"]]
    names = tuple(value) if isinstance(value, list | tuple) else (value,)
    if names and (len(names) != 3 or not all(name in known for name in names)):
        raise ConfigError(
            f"Le réglage {OUTLINES} attend trois silhouettes, de gauche à droite, parmi : "
            f"{', '.join(known)}."
        )
    return names


def outlines_of(site: Site) -> tuple[str, ...]:
    """The three outlines of here."""
    home = site.geography.home
    named: tuple[str, ...] = site.config.added.get("silhouettes", ())
    return named or tuple(outlines()["regions"].get(home and home.code, outlines()["sinon"]))


def confront(config: SiteConfig, geography: Geography, vocabularies: Vocabularies) -> None:
    """Raise ``ConfigError`` for a commune that is in no table."""
    name = config.added["ciel"]
    if isinstance(name, str) and town_of(config, geography) is None:
        raise ConfigError(
            f"{SETTING} « {name} » n’est pas une commune connue : écrivez son nom, avec son "
            "département s’il le faut, « Saint-Denis (974) », ou son code INSEE."
        )


def town_of(config: SiteConfig, geography: Geography) -> Commune | None:
    """The commune of the setting, else the largest of the region; ``None`` for one whose place is
    unknown."""
    name = config.added["ciel"]
    named = None
    if isinstance(name, str):
        named = geography.commune(name)
    town = named or next(iter(geography.towns), None)
    if isinstance(town, Commune) and town.lat is not None:
        return town
    return None


def is_seen(site: Site) -> bool:
    """Whether the portal has a place to look from."""
    return town_of(site.config, site.geography) is not None


def almanac_of(town: Commune | None) -> Almanac:
    """The sky of the commune that the portal looks from."""
    assert town is not None and town.lat is not None and town.lon is not None
    return Almanac(Place(town.lat, town.lon, portal_zone()))


def is_painted(site: Site) -> bool:
    """Whether the evening is a picture too."""
    return bool(site.config.added.get("image_du_soir")) and is_seen(site)


def _almanac(site: Site) -> Almanac:
    return almanac_of(town_of(site.config, site.geography))


@kept_answer
def week_of(site: Site, first: str) -> SkyWeek:
    """The week that begins on a Monday."""
    return _almanac(site).week(date.fromisoformat(first))


@kept_answer
def ahead(site: Site, first: str) -> SkyWeek:
    """A week to come, with the planets of its Thursday."""
    return _almanac(site).week(date.fromisoformat(first), (3,))


@kept_answer
def chart_of(site: Site, first: str) -> Chart | None:
    """The chart of the middle evening of that week; ``None`` where no night falls."""
    when = week_of(site, first).nuits[3].crepuscule
    if when:
        return chart(_almanac(site), when)
    return None


@kept_answer
def dusk_of(site: Site, day: str) -> Dusk | None:
    """The sheet of the evening of a day; ``None`` where no night falls."""
    today = date.fromisoformat(day)
    night = week_of(site, Week.of(today).first.isoformat()).nuits[today.weekday()]
    return dusk(_almanac(site), night, outlines_of(site))
