"""The bright stars and the lines that join them: tables of ``outils/ciel/``.

Positions and magnitudes are those of Hipparcos (ESA); the lines are ours.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLES = Path(__file__).resolve().parent / "ciel"
STARS = {  # names that French books write, by letter and constellation
    "α CMa": "Sirius", "α Boo": "Arcturus", "α Lyr": "Véga", "α Aur": "Capella",
    "β Ori": "Rigel", "α CMi": "Procyon", "α Ori": "Bételgeuse", "α Aql": "Altaïr",
    "α Tau": "Aldébaran", "α Vir": "l’Épi", "α Sco": "Antarès", "β Gem": "Pollux",
    "α Gem": "Castor", "α PsA": "Fomalhaut", "α Cyg": "Déneb", "α Leo": "Régulus",
    "α UMi": "l’Étoile polaire", "β Per": "Algol", "η Tau": "les Pléiades",
    "ε Peg": "Enif", "α Peg": "Markab", "β Cet": "Diphda", "α Ari": "Hamal",
}  # fmt: skip


@dataclass(frozen=True)
class Star:
    """A star of the table: its number of Hipparcos, its name, its place in degrees of J2000."""

    hip: str
    name: str
    right_ascension: float
    declination: float
    magnitude: float


@cache
def stars() -> dict[str, Star]:
    """The stars, by number."""
    with (TABLES / "etoiles.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["hip"]: Star(
                row["hip"],
                STARS.get(f"{row['lettre']} {row['constellation']}", ""),
                float(row["ascension_droite"]),
                float(row["declinaison"]),
                float(row["magnitude"]),
            )
            for row in csv.DictReader(lines)
        }


@cache
def figures() -> dict[str, list[list[str]]]:
    """Lines that join the stars of each figure, by its French name."""
    with (TABLES / "figures.csv").open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        return {row["figure"]: [line.split("-") for line in row["etoiles"].split()] for row in rows}
