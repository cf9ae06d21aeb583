"""The name of a region inside a sentence."""

from __future__ import annotations

__all__ = ["in_region"]

_OTHERS = {
    "dans le": ("Grand Est",),
    "dans les": ("Pays de la Loire", "Terres australes et antarctiques françaises"),
    "à": (
        "La Réunion",
        "Mayotte",
        "Saint-Barthélemy",
        "Saint-Martin",
        "Saint-Pierre-et-Miquelon",
        "Wallis et Futuna",
    ),
    "à l’": ("Île de Clipperton",),
}
_SAID = {name: said for said, names in _OTHERS.items() for name in names}
"""What is said before a region; before the others, « en », as Hauts-de-France says of itself."""


def in_region(name: str) -> str:
    """A region of ``data/regions.csv`` after « en », « dans » or « à ».

    >>> [in_region(name) for name in ("Normandie", "La Réunion", "Grand Est", "Pays de la Loire")]
    ['en Normandie', 'à La Réunion', 'dans le Grand Est', 'dans les Pays de la Loire']
    """
    said = _SAID.get(name, "en")
    return f"{said}{name}" if said.endswith("’") else f"{said} {name}"
