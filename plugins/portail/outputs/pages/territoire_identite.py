"""The identity card of a territory: what the tables and the outlines say of it, with its year and
its source. A figure that its file gives is the editors': it is not said twice."""

from __future__ import annotations

from collections.abc import Iterator

from portail.geo.articles import in_territory
from portail.geo.places import Departement, Epci, Population
from portail.geo.territories import Geography
from portail.geo.territories import Territoire as Territory
from portail.model.territoire import Territoire
from portail.outputs.pages.views.shared import Fait, Lien
from portail.site.territories import known_by_page
from portail.text.normalise import fold
from portail.text.numbers import nombre

__all__ = ["identity"]

_SAID = {
    "communes": ("communes", "nombre de communes"),
    "habitants": (
        "habitants", "population", "nombre d'habitants", "population municipale",
        "population totale",
    ),
    "superficie": ("superficie", "surface"),
    "densite": ("densite", "densite de population"),
}  # fmt: skip
"""What editors call each figure, folded (``text.normalise.fold``)."""


def identity(entry: Territoire, geography: Geography) -> tuple[Fait, ...]:
    """Communes, inhabitants, area and density of a territory of the tables, but for what its
    ``chiffres`` say."""
    known = known_by_page(entry, geography)
    if known is None:
        return ()
    said = {fold(one.libelle) for one in entry.chiffres}
    rows = _rows(known, geography)
    return tuple(
        Fait(label, (value,)) for code, label, value in rows if not said.intersection(_SAID[code])
    )


def _rows(known: Territory, geography: Geography) -> Iterator[tuple[str, str, Lien]]:
    year = f", {geography.millesime}" if geography.millesime else ""
    if count := geography.count_of(known):
        yield "communes", "Communes", Lien(nombre(count), note=f"INSEE et DGCL{year}")
    people, area = known.population, _area(known, geography)
    if people:
        yield "habitants", "Habitants", Lien(nombre(people.habitants), note=_census(people))
    if area:
        yield "superficie", "Superficie", Lien(f"{nombre(round(area))} km²", note=f"IGN{year}")
    if people and area:
        told = f"{nombre(round(people.habitants / area))} hab./km²"
        wide = _wide(known, geography)
        yield "densite", "Densité", Lien(told, note=_compared(wide, geography) or _census(people))


def _census(people: Population) -> str:
    return f"INSEE, {people.annee}"


def _area(known: Territory, geography: Geography) -> float:
    """Square kilometres of its outline; 0 for one that is not drawn."""
    outlines = geography.outlines
    if isinstance(known, Epci):
        drawn = outlines.epci.get(known.siren)
    elif isinstance(known, Departement):
        drawn = outlines.departements.get(known.code)
    else:
        region = outlines.region
        drawn = region if region and region.code == known.code else None
    return drawn.km2 if drawn else 0.0


def _wide(known: Territory, geography: Geography) -> Departement | None:
    return geography.departement(known.departement) if isinstance(known, Epci) else None


def _compared(wide: Departement | None, geography: Geography) -> str:
    """« contre 220 dans le Pas-de-Calais »; nothing without its area."""
    area = _area(wide, geography) if wide else 0.0
    if wide is None or not wide.population or not area:
        return ""
    return f"contre {nombre(round(wide.population.habitants / area))} {in_territory(wide)}"
