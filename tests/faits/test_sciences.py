"""The tables of the science articles say what their calculation gives.

Each function below computes again the rows of one article, from the constants that its text or
its sources state, and writes them as the article does. ``sciences.yaml`` names the contents whose
figures are not copied from the reports.
"""

import math
import random
from itertools import pairwise
from pathlib import Path

import yaml

from doses import cases

HERE = Path(__file__).parent
CONTENT = HERE.parents[1] / "content"
ARTICLES = CONTENT / "articles"
TIDE = 12 + 25 / 60
"""Hours from one high water to the next."""


def french(value, decimals=0):
    """``88 000`` or ``45,5``."""
    return f"{value:,.{decimals}f}".replace(",", " ").replace(".", ",")


def chalk():
    """Years for a thickness: 75 metres between 100.5 and 93.9 million years ago."""
    metre = (100.5 - 93.9) * 1e6 / 75
    yield f"| 1 millimètre | {french(metre / 1000)} ans |"
    yield f"| 1 centimètre | {french(metre / 100)} ans |"
    yield f"| 1 mètre | {french(metre)} ans |"
    yield f"| 1,70 mètre, la taille d’un adulte | {french(round(metre * 1.7, -4))} ans |"


def shore():
    """Retreat of the sea on four slopes, and its edge on the last, sixth by sixth of a tide."""
    for slope in (10, 100, 500, 1000):
        cells = " | ".join(f"{french(metres * slope)} m" for metres in (5.5, 8.5, 10.5))
        yield f"| 1 m pour {french(slope)} m | {cells} |"
    height = [(1 - math.cos(math.pi * sixth / 6)) / 2 * 8.5 for sixth in range(4)]
    for names, low, high in zip(
        ("1re et 6e", "2e et 5e", "3e et 4e"), height, height[1:], strict=False
    ):
        speed = (high - low) * 1000 / (TIDE * 60 / 12)
        yield f"| {names} | {french(high - low, 2)} m | {french(speed)} m par minute |"


def gate():
    """Hours when the sea is below a canal at +0.5 m, and the water that leaves meanwhile."""

    def opened(amplitude, rise):
        steps = 20_000
        heads = [
            0.5 - rise - amplitude * math.sin(2 * math.pi * (step + 0.5) / steps)
            for step in range(steps)
        ]
        minutes = round(TIDE * 60 * sum(head > 0 for head in heads) / steps - 0.01)
        flow = sum(math.sqrt(head) for head in heads if head > 0)
        return f"{minutes // 60} h {minutes % 60:02d}", flow

    names = {0.0: "aucune", 0.25: "25 cm", 0.5: "50 cm", 0.75: "75 cm", 1.0: "1 m"}
    for rise, name in names.items():
        cells = []
        for amplitude in (2.6, 1.6):
            hours, flow = opened(amplitude, rise)
            cells += [hours, f"{100 * flow / opened(amplitude, 0)[1]:.0f} %"]
        yield f"| {name} | {' | '.join(cells)} |"


def carbon():
    """What is left of carbon 14, half of which goes in 5,730 years, at half a millimetre a year."""
    for years in (2000, 4000, 6000, 8000, 10_000, 11_700):
        depth = years * 0.0005
        metres = french(depth, 0 if depth == int(depth) else 2)
        left = french(100 * 0.5 ** (years / 5730), 1)
        yield f"| {metres} m | {french(years)} ans | {left} % |"


def slopes():
    """Direct sun of a clear day on ground tilted by 35° to the north, flat, and to the south."""
    place = math.radians(50.45)

    def energy(declination, tilt):
        sun, slope, total, steps = math.radians(declination), math.radians(tilt), 0.0, 2880
        for step in range(steps):
            hour = math.pi * (2 * (step + 0.5) / steps - 1)
            up = math.sin(place) * math.sin(sun) + math.cos(place) * math.cos(sun) * math.cos(hour)
            south = math.sin(place) * math.cos(sun) * math.cos(hour) - math.cos(place) * math.sin(
                sun
            )
            facing = south * math.sin(slope) + up * math.cos(slope)
            if up > 0 and facing > 0:
                degrees = math.degrees(math.asin(up))
                air = 1 / (up + 0.50572 * (degrees + 6.07995) ** -1.6364)
                total += 1353 * 0.7 ** (air**0.678) * facing
        return total * 24 / steps / 1000

    for name, declination in (("21 juin", 23.44), ("équinoxe", 0), ("21 décembre", -23.44)):
        cells = [energy(declination, tilt) for tilt in (-35, 0, 35)]
        yield (
            f"| {name} | "
            + " | ".join(f"{french(one, 2)} kWh/m²" if one else "0" for one in cells)
            + " |"
        )


def stiffness():
    """Elastic modulus by density, and what a fibre of 23 µm carries."""
    for name, modulus, density in (
        ("fibre de lin", 54, 1.54),
        ("fibre de verre", 72, 2.54),
        ("acier", 210, 7.85),
        ("aluminium", 70, 2.70),
        ("nylon", 3, 1.14),
    ):
        yield f"| {name} | {modulus} | {french(density, 2)} | {french(modulus / density)} |"
    newtons = math.pi / 4 * (23e-6) ** 2 * 1339e6
    yield f"{french(newtons, 2)} newton, le poids de {french(newtons / 9.81 * 1000)} grammes"


def washing():
    """Sugar left in a kilo of beet by 1.2 kilo of water, shared out or against the current."""
    for baths in (1, 2, 3, 5, 10, 20):
        shared = 100 / (1 + 1.2 / baths) ** baths
        crossed = 100 * 0.2 / (1.2 ** (baths + 1) - 1)
        yield f"| {baths} | {french(shared, 1)} % | {french(crossed, 1)} % |"
    yield f"faire partir {french(1 / 0.16 - 1 / 0.65, 1)} kilos d’eau"


def bubble():
    """A bubble of damp gas as it warms, by Antoine's law for the vapour of water."""

    def vapour(celsius):
        return float(10 ** (8.07131 - 1730.63 / (233.426 + celsius)) * 0.133322 / 101.325)

    for celsius in (25, 40, 50, 60, 70, 75):
        dry = (celsius + 273.15) / 298.15
        damp = dry * (1 - vapour(25)) / (1 - vapour(celsius))
        share = french(100 * vapour(celsius))
        yield f"| {celsius} °C | {share} % | {french(dry, 2)} | {french(damp, 2)} |"


def lace():
    """Full squares of the first rows, where a square is full under two that differ."""
    row, full, wanted = [1], 0, (4, 8, 16, 32, 64, 128, 1024)
    for rank in range(1, max(wanted) + 1):
        full += sum(row)
        if rank in wanted:
            squares = rank * (rank + 1) // 2
            share = french(100 * full / squares)
            yield f"| {french(rank)} | {french(squares)} | {french(full)} | {share} % |"
        padded = [0, *row, 0]
        row = [left ^ right for left, right in pairwise(padded)]


def push():
    """What 570 kilos at 6.1 km/s give to five thousand million kilos, and to their round."""
    speed = 570 * 6100 / 5e9
    days = {"1 jour": 1.0, "1 an": 365.25, "10 ans": 3652.5, "100 ans": 36525.0}
    for name, count in days.items():
        metres = speed * count * 86_400
        far = f"{french(metres)} mètres" if metres < 1000 else f"{french(metres / 1000)} kilomètres"
        yield f"| {name} | {far} |"
    turn = 11 * 3600 + 55 * 60
    orbit = 2 * math.pi * 1190 / turn
    yield f"tourne qu’à {french(orbit * 100)} centimètres par seconde"
    yield f"c’est {french(speed / orbit * 100, 1)} % de moins"
    assert 8.5 < 3 * speed / orbit * turn / 60 < 9, "« un peu moins de neuf minutes »"


def outbreak():
    """Share of the unvaccinated who fall ill on a square of 20 × 20, entered from its left."""
    side = 20
    for share in (0, 20, 30, 40, 50, 60, 80):
        draw, total = random.Random(1796), 0.0
        for _ in range(300):
            cells = ((row, column) for row in range(side) for column in range(side))
            free = {cell for cell in cells if draw.random() * 100 >= share}
            exposed, ill = len(free), [cell for cell in free if cell[1] == 0]
            free.difference_update(ill)
            while ill:
                row, column = ill.pop()
                beside = {(row + step, column) for step in (-1, 1)}
                beside |= {(row, column + step) for step in (-1, 1)}
                ill += beside & free
                free -= beside
            total += (exposed - len(free)) / exposed
        yield f"| {share} % | {french(100 * total / 300)} % |"


TABLES = {
    "au-blanc-nez-votre-taille-vaut-150-000-ans": chalk,
    "baie-de-somme-pourquoi-la-mer-part-si-loin": shore,
    "cette-nuit-une-sonde-heurte-un-asteroide": push,
    "du-sucre-dans-une-betterave-et-presque-pas-d-eau": washing,
    "la-tourbe-de-la-somme-archive-de-douze-mille-ans": carbon,
    "le-lin-un-oeuf-suspendu-a-une-cellule": stiffness,
    "pourquoi-le-pain-leve-deux-fois": bubble,
    "sous-la-mer-a-pied-sec-les-moeres": gate,
    "un-terril-deux-versants-dakar-et-le-pole": slopes,
    "un-vaccin-le-souvenir-d-une-maladie": outbreak,
    "une-dentelle-de-carres-automate-de-papier": lace,
}


@cases("slug", TABLES)
def test_a_table_is_what_its_calculation_gives(slug):
    text = (ARTICLES / slug / "index.md").read_text(encoding="utf-8")
    assert [row for row in TABLES[slug]() if row not in text] == []


def test_computed_articles_are_known_as_such():
    named = yaml.safe_load((HERE / "sciences.yaml").read_text(encoding="utf-8"))
    assert {f"articles/{slug}" for slug in TABLES} <= set(named)
    assert named == sorted(set(named))
    kinds = (ref.split("/") for ref in named)
    assert [slug for kind, slug in kinds if not list((CONTENT / kind).glob(f"*{slug}*"))] == []
