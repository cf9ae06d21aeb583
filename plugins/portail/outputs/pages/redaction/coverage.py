"""Section of the desk about where nothing happens yet, in short: its page says it all."""

from __future__ import annotations

from collections.abc import Iterator

from portail.geo.places import short_name
from portail.outputs.couverture import has_coverage
from portail.outputs.pages.redaction.rows import MOST, page_link, row, table
from portail.outputs.pages.views.redaction import SectionRedaction
from portail.outputs.pages.views.shared import Lien
from portail.site.coverage import CLASSES, DAYS, REACH, Cover, coverage
from portail.site.site import Site
from portail.site.urls import COVERAGE
from portail.text.typography import capital

__all__ = ["white_zones"]


def white_zones(site: Site) -> Iterator[SectionRedaction]:
    """EPCI without a rendez-vous soon or a place near, when the site says where nothing happens."""
    if not has_coverage(site):
        return
    found = sorted(
        (one for one in coverage(site) if one.classe != "couvert"),
        key=lambda one: CLASSES.index(one.classe),
    )
    rows = [
        row(Lien(capital(short_name(one.epci)), site.territory_url(one.epci.siren)),
            capital(", ".join(_lacks(one))),
            tuple(page_link(near.item, f"à {near.km}\u00a0km") for near in one.acteurs),
            does=(Lien("Carte et outils", f"{COVERAGE}#Classe-{one.classe}"),))
        for one in found[:MOST]
    ]  # fmt: skip
    yield SectionRedaction(
        "Couverture",
        "Où il ne se passe encore rien",
        len(found),
        "Les intercommunalités dont le portail ne dit rien, ou presque, et qui pourrait y venir.",
        "Chaque intercommunalité a un rendez-vous annoncé et un lieu proche.",
        table(("Intercommunalité", "Ce qui manque", "Qui pourrait venir"), rows, len(found)),
    )


def _lacks(one: Cover) -> Iterator[str]:
    if one.sans_evenement:
        yield f"aucun rendez-vous dans les {DAYS} jours"
    if one.sans_lieu:
        yield f"aucun lieu à moins de {REACH:g} km"
