"""Write what the fictional neighbours of ``tests/sites/vitrine`` last said.

Usage: ``python outils/voisins_vitrine.py``. The copies are those that ``portail voisins`` would
keep: the same at every run, openly invented.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from portail.clock import PARIS
from portail.features.pages.voisins.copies import EVENT_LIST, LIEUX, Copy, Part, copy_text

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "sites" / "vitrine" / "voisins"
FIRST = date(2021, 9, 27)
COPIED = date(2021, 9, 20)

PORTALS = {
    "echo-d-exemple": (
        ("76255", "Eu", 50.0461, 1.4194), ("76217", "Dieppe", 49.9221, 1.0775),
        ("76711", "Le Tréport", 50.0603, 1.3825),
    ),
    "sciences-d-exemple-du-grand-est": (
        ("51454", "Reims", 49.2578, 4.0319), ("08362", "Rethel", 49.5117, 4.3656),
    ),
}  # fmt: skip
"""Communes of each, by its name in files."""
TOLD = (
    ("La marée à la loupe", "atelier", "terre-environnement", 2, 14, 1),
    ("Le phare et l’étoile", "sortie-observation", "astronomie-espace", 5, 20, 1),
    ("Compter les galets", "conference", "mathematiques-physique-chimie", 8, 18, 1),
    ("Les oiseaux de passage", "exposition", "vivant-sante", -12, 0, 60),
    ("Un code pour les mouettes", "atelier", "numerique", 12, 10, 2),
    ("La nuit des lanternes", "projection", "histoire-des-sciences", 19, 21, 1),
)
"""Title, format, theme, first day, hour (0: whole days), how many days."""


def event(slug: str, rank: int, place: tuple[str, str, float, float]) -> dict[str, Any]:
    """A record of open data, of which only what a copy keeps."""
    title, sort, theme, day, hour, days = TOLD[rank]
    first = datetime(FIRST.year, FIRST.month, FIRST.day, hour, tzinfo=PARIS) + timedelta(days=day)
    last = first + (timedelta(days=days) if not hour else timedelta(days=days - 1, hours=2))
    code, name, lat, lon = place
    return {
        "id": f"tag:{slug}.example,2021:evenements/{rank}",
        "url": f"https://{slug}.example/evenements/{rank}/",
        "titre": title,
        "etat": "annule" if rank == 2 else "programme",
        "format": [sort],
        "publics": ["tout-public"],
        "themes": [theme],
        "exemple": True,
        "tarif": {"gratuit": rank % 2 == 0},
        "calcule": {
            "mode": "presentiel",
            "occurrences": [
                {
                    "debut": first.isoformat(),
                    "fin": last.isoformat(),
                    "journee": not hour,
                    "etat": "annule" if rank == 2 else "programme",
                }
            ],
            "commune": {"code": code, "nom": name},
            "adresse": {"nom": "Salle d’exemple", "commune": name},
            "position": {"latitude": lat, "longitude": lon, "exacte": False},
        },
    }


def main() -> None:
    """Write a copy for each portal."""
    FOLDER.mkdir(exist_ok=True)
    for slug, places in PORTALS.items():
        rows = [event(slug, rank, places[rank % len(places)]) for rank in range(len(TOLD))]
        parts = {EVENT_LIST: Part([]), "evenements/2021.json": Part(rows), LIEUX: Part([])}
        copy = Copy(f"https://{slug}.example/api/v1/", COPIED, parts)
        (FOLDER / f"{slug}.json").write_bytes(copy_text(copy))


if __name__ == "__main__":
    main()
