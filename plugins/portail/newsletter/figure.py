"""« Le chiffre »: a figure of the region, another each week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portail.agenda.weeks import Week
from portail.files import digest_bytes
from portail.model.entry import Entry
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.model.parts import Chiffre
from portail.model.temps_fort import TempsFort
from portail.model.territoire import Territoire
from portail.newsletter.choice import Choice
from portail.newsletter.picks import FigurePick
from portail.site.memo import per_site
from portail.site.site import Site

__all__ = ["figure", "figures_of", "year_of"]


_SHORT = 12
"""Signs of a figure that is one: « 737 652 », « 1,2 million »."""


def figures_of(entry: Entry) -> tuple[Chiffre, ...]:
    """The figures that a content says, by their rank; those of a highlight, edition after
    edition."""
    if isinstance(entry, Lieu | Territoire):
        return entry.chiffres
    if isinstance(entry, TempsFort):
        return tuple(one for edition in entry.editions for one in edition.chiffres)
    return ()


def year_of(entry: Entry, figure: Chiffre) -> int | None:
    """The year that a figure is of: its own, or that of the edition of the highlight."""
    editions = entry.editions if isinstance(entry, TempsFort) else ()
    of_edition = (one.annee for one in editions if any(each is figure for each in one.chiffres))
    return figure.annee or next(of_edition, None)


def figure(choice: Choice, week: Week) -> FigurePick | None:
    """A figure that the edition never told, else the one that it told longest ago; first that of a
    year that is over, then a short one, for it is told large; then its own territory, what is near
    a content of the letter; the week draws among the rest."""
    told, near = choice.told.figures, _near(choice)
    best: tuple[tuple[object, ...], FigurePick] | None = None
    for ref, rang in _figures(choice.site):
        item = choice.site.items[ref]
        level = choice.level(item)
        if ref in choice.exclus or not level or not item.entry.paru(choice.matter.connu):
            continue
        name = f"{ref}#{rang}"
        draw = digest_bytes(f"{week.slug} {name}".encode())
        one = figures_of(item.entry)[rang]
        running = (year_of(item.entry, one) or 0) >= week.year
        long = len(one.valeur) > _SHORT
        rank = (told.get(name, date.min), running, long, -level, ref not in near, draw, name)
        if best is None or rank < best[0]:
            best = rank, FigurePick(ref, rang)
    return best[1] if best else None


@per_site
def _figures(site: Site) -> tuple[tuple[str, int], ...]:
    kinds = (Kind.LIEU, Kind.TERRITOIRE, Kind.TEMPS_FORT)
    items = (item for kind in kinds for item in site.of_kind(kind))
    return tuple((one.ref, rank) for one in items for rank in range(len(figures_of(one.entry))))


def _near(choice: Choice) -> frozenset[str]:
    """What the letter tells, what that names, the pages of the territories where it is."""
    return frozenset(ref for told in choice.taken for ref in _around(told, choice.site))


def _around(ref: str, site: Site) -> Iterator[str]:
    item = site.items[ref]
    yield ref
    yield from item.targets
    for code, _ in item.territoires:
        page = site.indexes.territory_pages.get(code)
        if page and not code.startswith("R"):
            yield page
