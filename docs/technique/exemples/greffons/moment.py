"""A facet: in the morning, in the afternoon or in the evening, among the filters of the agenda."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portail.greffons import FacetSpec, Feature, Item

MIDI, SOIR = 12, 18


def moments(item: Item, contenus: Mapping[str, Item]) -> Iterator[str]:
    """When the séances of an event begin; nothing for whole days."""
    for one in item.occurrences:
        if not one.journee:
            hour = one.debut.hour
            yield "matin" if hour < MIDI else "apres-midi" if hour < SOIR else "soir"


feature = Feature(
    "moment",
    "Moment de la journée",
    facets=(
        FacetSpec(
            "moment",
            "Moment de la journée",
            moments,
            {"matin": "Le matin", "apres-midi": "L’après-midi", "soir": "Le soir"},
            ("Agenda : {bas}", "Les rendez-vous des sciences {en_region} qui commencent {bas}."),
        ),
    ),
)
