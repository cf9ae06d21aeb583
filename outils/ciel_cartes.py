"""Draw the sky charts of the agenda: what `ciel_calculs` computes, as one sees it.

Usage: ``ciel_cartes.py [--check] [--svg DOSSIER] [NOM…]``. Each chart is an SVG drawing, the same
bytes at every run, rendered by Chromium as the PNG beside its event: contents take no SVG. The sum
of each drawing is kept in ``outils/ciel/cartes.json``, so that ``--check`` tells without a browser
whether pictures are still the script's. Exit codes: 0, 1 (``--check`` found something), 2 (no
browser).
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import astronomy as a

from ciel_calculs import PARIS
from ciel_disques import Discs
from ciel_etoiles import TABLES
from ciel_papier import COLOURS, DIM, HIGH, LINE, NIGHT, PALE, WIDE
from ciel_vue import Chart, Inset
from dessins import FONT, ROOT

if TYPE_CHECKING:
    from PIL import Image

EVENTS = ROOT / "content" / "events"
SUMS = TABLES / "cartes.json"
BUDGET = 130_000
"""Largest size of one PNG file, in bytes."""


def at(text: str) -> datetime:
    """A civil time, ``2022-09-26 22:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


B = a.Body
CHARTS: tuple[Chart | Discs, ...] = (
    Chart(
        "2022-09-26-jupiter-au-plus-pres", "Lille", at("2022-09-26 22:00"), 120,
        inset=Inset(B.Jupiter, 0.36, "Jupiter aux jumelles", moons=True),
    ),
    Chart("2022-10-01-le-terminateur-de-la-lune", "Arras", at("2022-10-01 20:30"), 205, 80),
    Chart("2022-10-05-la-lune-saturne-et-le-capricorne", "Laon", at("2022-10-05 21:00"), 160, 80),
    Chart("2022-10-08-la-lune-pres-de-jupiter", "Amiens", at("2022-10-08 21:00"), 120, 80),
    Chart("2022-10-09-mercure-du-matin", "Beauvais", at("2022-10-09 07:15"), 100, 70),
    Chart("2022-10-14-la-lune-mars-et-aldebaran", "Beauvais", at("2022-10-14 23:30"), 80, 90),
    Chart(
        "2022-10-21-les-orionides", "Laon", at("2022-10-22 05:00"), 150, 140, shower="Orionides"
    ),
    Discs("2022-10-25-eclipse-partielle-de-soleil", B.Sun, at("2022-10-25 12:02")),
    Chart("2022-11-04-la-lune-et-jupiter-un-vendredi", "Arras", at("2022-11-04 19:00"), 140, 90),
    Chart("2022-11-11-mars-et-la-lune-gibbeuse", "Laon", at("2022-11-11 21:00"), 75, 90),
    Chart("2022-11-17-les-leonides", "Beauvais", at("2022-11-18 05:30"), 120, 130,
          shower="Léonides"),
    Chart(
        "2022-11-19-a-la-recherche-d-uranus", "Lille", at("2022-11-22 20:00"), 115, 100,
        faint=(B.Uranus,),
    ),
    Chart(
        "2022-11-26-la-galaxie-d-andromede", "Amiens", at("2022-11-26 19:00"), 100, 150,
        marks=(("galaxie d’Andromède", 10.6847, 41.2690),),
    ),
    Discs("2022-12-05-uranus-derriere-la-lune", B.Uranus, at("2022-12-05 18:00")),
    Discs("2022-12-08-mars-derriere-la-lune", B.Mars, at("2022-12-08 06:30")),
    Chart("2022-12-08-opposition-de-mars", "Amiens", at("2022-12-08 20:00"), 80, 120),
    Chart("2022-12-13-les-geminides", "Laon", at("2022-12-13 21:30"), 85, 140, shower="Géminides"),
    Chart("2022-12-21-solstice-et-mercure-du-soir", "Amiens", at("2022-12-21 17:30"), 222, 70),
    Chart("2022-12-22-les-ursides", "Arras", at("2022-12-23 00:00"), 5, 140, shower="Ursides"),
    Chart(
        "2022-12-26-toutes-les-planetes-d-un-coup", "Beauvais", at("2022-12-26 17:30"), 205, 130
    ),
    Chart("2022-12-29-la-lune-chez-jupiter", "Amiens", at("2022-12-29 19:30"), 200, 100),
    Chart(
        "2023-01-03-la-lune-frole-mars", "Lille", at("2023-01-03 21:00"), 140, 130,
        inset=Inset(B.Mars, 3.0, "aux jumelles"),
    ),
    Chart(
        "2023-01-03-les-quadrantides", "Lille", at("2023-01-04 06:30"), 80, 150,
        shower="Quadrantides",
    ),
    Chart("2023-01-20-le-cercle-d-hiver", "Laon", at("2023-01-20 20:30"), 150, 145),
    Chart(
        "2023-01-22-venus-rencontre-saturne", "Arras", at("2023-01-22 18:15"), 230, 70,
        inset=Inset(B.Venus, 3.0, "aux jumelles"),
    ),
    Chart("2023-01-25-lumiere-cendree-et-jupiter", "Beauvais", at("2023-01-25 19:00"), 225, 90),
    Chart("2023-01-30-la-lune-mars-et-les-pleiades", "Amiens", at("2023-01-30 20:00"), 175, 150),
    Chart("2023-02-18-la-lumiere-zodiacale", "Amiens", at("2023-02-18 20:00"), 250, 110),
    Chart("2023-02-22-la-lune-venus-et-jupiter", "Amiens", at("2023-02-22 19:15"), 245, 70),
    Chart("2023-02-27-premier-quartier-pres-de-mars", "Laon", at("2023-02-27 20:00"), 205, 150),
    Chart(
        "2023-03-01-venus-et-jupiter-se-frolent", "Lille", at("2023-03-01 19:15"), 250, 70,
        inset=Inset(B.Venus, 3.0, "aux jumelles"),
    ),
    Chart("2023-03-20-equinoxe-de-printemps", "Beauvais", at("2023-03-20 20:30"), 170, 150),
    Chart("2023-03-23-un-croissant-entre-deux-planetes", "Arras", at("2023-03-23 19:45"), 265, 70),
    Chart("2023-03-24-la-lune-au-dessus-de-venus", "Arras", at("2023-03-24 20:30"), 270, 70),
    Chart(
        "2023-03-30-venus-montre-uranus", "Amiens", at("2023-03-30 21:30"), 270, 70,
        faint=(B.Uranus,), inset=Inset(B.Venus, 4.0, "aux jumelles"),
    ),
)  # fmt: skip


def picture(chart: Chart | Discs) -> Path:
    """Where the PNG file of a chart is."""
    return EVENTS / chart.event / "carte.png"


def total(chart: Chart | Discs) -> str:
    """The sum by which a drawing is recognised."""
    return hashlib.sha256(chart.svg().encode()).hexdigest()


def check() -> Iterator[str]:
    """One line for each picture that is missing, not the script's or too heavy."""
    kept = json.loads(SUMS.read_text("utf-8"))
    for chart in CHARTS:
        name = picture(chart).relative_to(ROOT)
        if kept.get(chart.event) != total(chart):
            yield f"{name}: not what the script draws."
        if not picture(chart).is_file():
            yield f"{name}: missing."
        elif (size := picture(chart).stat().st_size) > BUDGET:
            yield f"{name}: {size} bytes, {BUDGET} at most."
    for name in sorted(kept.keys() - {chart.event for chart in CHARTS}):
        yield f"{name}: the script draws no such chart."


def render(charts: Iterable[Chart | Discs]) -> int:
    """Make the PNG files with Chromium, and keep the sums of their drawings."""
    from PIL import Image

    from audit_axe import browser
    from npm import ToolMissing

    font = base64.b64encode(FONT.read_bytes()).decode("ascii")
    face = (
        "@font-face{font-family:'Bricolage Grotesque';font-weight:200 800;"
        f"src:url(data:font/woff2;base64,{font})}}body{{margin:0}}svg{{display:block}}"
    )
    kept = json.loads(SUMS.read_text("utf-8")) if SUMS.is_file() else {}
    try:
        with browser() as chromium:
            page = chromium.new_page(viewport={"width": WIDE, "height": HIGH})
            for chart in charts:
                page.set_content(f"<style>{face}</style>{chart.svg()}")
                page.evaluate("document.fonts.ready")
                shot = Image.open(io.BytesIO(page.screenshot(type="png"))).convert("RGB")
                few = shot.quantize(palette=colours(shot), dither=Image.Dither.NONE)
                picture(chart).parent.mkdir(parents=True, exist_ok=True)
                few.save(picture(chart), optimize=True)
                kept[chart.event] = total(chart)
                print(f"{picture(chart).relative_to(ROOT)}: {picture(chart).stat().st_size} bytes")
    except ToolMissing as missing:
        sys.stderr.write(f"{missing}\n")
        return 2
    known = {chart.event for chart in CHARTS}
    sums = {name: kept[name] for name in sorted(kept) if name in known}
    SUMS.write_text(json.dumps(sums, indent=1) + "\n", encoding="utf-8")
    return 0


def colours(shot: Image.Image) -> Image.Image:
    """A palette for a chart that keeps the colours of its few bright points."""
    from PIL import Image

    kept = (*COLOURS.values(), PALE, DIM, LINE, "#F4EFDF", "#2A3B55")
    larger = Image.new("RGB", (shot.width, shot.height + 24 * len(kept)), NIGHT)
    larger.paste(shot)
    for rank, colour in enumerate(kept):
        larger.paste(colour, (0, shot.height + 24 * rank, shot.width, shot.height + 24 * rank + 24))
    return larger.quantize(128, dither=Image.Dither.NONE)


def main(arguments: list[str]) -> int:
    """Check, or render all charts or those that are named."""
    if "--check" in arguments:
        faults = list(check())
        print("\n".join(faults) or f"{len(CHARTS)} charts are the script's.")
        return 1 if faults else 0
    if arguments[:1] == ["--svg"]:
        folder = Path(arguments[1])
        folder.mkdir(parents=True, exist_ok=True)
        for chart in CHARTS:
            (folder / f"{chart.event}.svg").write_text(chart.svg(), encoding="utf-8")
        return 0
    return render([one for one in CHARTS if not arguments or one.event in arguments])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
