"""School holidays of the portal: whether its table goes on long enough."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from portail.agenda.weeks import HOLIDAYS_FILE
from portail.site.site import Site
from portail.text.dates import jour

# How long before the table ends editors are told.
_AHEAD = timedelta(days=365)
_ENDS = (
    "Vacances scolaires : la zone {zone} n’est connue que jusqu’au {jour}. "
    "→ Complétez data/{file}, comme le dit data/README.md\n"
)
_NONE = (
    "Vacances scolaires : data/{file} n’en a pas pour la région {region}. "
    "→ Ajoutez-y sa zone et ses périodes, comme le dit data/README.md\n"
)


def lacks(site: Site) -> Iterator[str]:
    """That the table of holidays ends within a year, has ended, or has none of the region."""
    known = site.holidays.own
    home = site.geography.home
    if home and site.holidays.zones and not known:
        yield _NONE.format(file=HOLIDAYS_FILE, region=home.nom)
    elif known and known[-1].au < site.day.date + _AHEAD:
        last = jour(known[-1].au, semaine=False)
        yield _ENDS.format(zone=site.holidays.zone, jour=last, file=HOLIDAYS_FILE)
