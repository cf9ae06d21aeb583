"""Maps of pages: where a content is, where the events of a week are, what a territory holds."""

from __future__ import annotations

from portail.outputs.pages.maps.atlas import Atlas
from portail.outputs.pages.maps.directory import LEGEND, Placed, directory_map
from portail.outputs.pages.maps.points import MOST
from portail.outputs.pages.maps.positions import Position, position_of
from portail.outputs.pages.maps.route import Step, legs, route_map
from portail.outputs.pages.maps.territory import Spot, territory_map
from portail.outputs.pages.maps.tour import Stop, tour_map
from portail.outputs.pages.maps.week import week_map

__all__ = [
    "LEGEND",
    "MOST",
    "Atlas",
    "Placed",
    "Position",
    "Spot",
    "Step",
    "Stop",
    "directory_map",
    "legs",
    "position_of",
    "route_map",
    "territory_map",
    "tour_map",
    "week_map",
]
