"""Draw the pictures of ``tests/sites/vitrine``: small JPEG files, the same at every run.

Usage: ``python outils/images_vitrine.py``. They exercise the path of contributors' pictures
(decoding, resizing, credits) without borrowing anyone's work.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

__all__ = ["main"]

CONTENT = Path(__file__).resolve().parent.parent / "tests" / "sites" / "vitrine" / "content"
NUIT, CRAIE, GUEDE, SIGNAL = "#12335A", "#FBF9F3", "#1D4A7A", "#F2B33D"


def orbite() -> Image.Image:
    """A planet on an ellipse, its star at a focus."""
    image = Image.new("RGB", (960, 600), CRAIE)
    draw = ImageDraw.Draw(image)
    draw.ellipse((130, 110, 830, 490), outline=GUEDE, width=6)
    draw.ellipse((650, 270, 710, 330), fill=SIGNAL)
    draw.ellipse((190, 380, 230, 420), fill=GUEDE)
    return image


def facade() -> Image.Image:
    """A front with three windows under a crescent."""
    image = Image.new("RGB", (960, 600), NUIT)
    draw = ImageDraw.Draw(image)
    draw.rectangle((180, 260, 780, 600), fill=CRAIE)
    for left in (250, 430, 610):
        draw.rectangle((left, 340, left + 100, 500), fill=GUEDE)
    draw.ellipse((730, 60, 850, 180), fill=SIGNAL)
    draw.ellipse((700, 50, 810, 160), fill=NUIT)
    return image


def fusees() -> Image.Image:
    """Three paper rockets of different heights, in portrait format."""
    image = Image.new("RGB", (600, 900), CRAIE)
    draw = ImageDraw.Draw(image)
    for left, top in ((80, 420), (250, 260), (420, 520)):
        draw.polygon([(left, top), (left + 50, top - 120), (left + 100, top)], fill=SIGNAL)
        draw.rectangle((left, top, left + 100, 780), fill=GUEDE)
    return image


def etoiles() -> Image.Image:
    """Dots of different sizes, placed by a small congruential sequence."""
    image = Image.new("RGB", (960, 480), NUIT)
    draw = ImageDraw.Draw(image)
    state = 1
    for _ in range(90):
        state = (state * 1103515245 + 12345) % 2**31
        x, y, size = state % 960, state // 960 % 480, 1 + state // 500_000 % 5
        draw.ellipse((x - size, y - size, x + size, y + size), fill=CRAIE)
    return image


def portrait() -> Image.Image:
    """A face drawn with lines."""
    image = Image.new("RGB", (480, 480), CRAIE)
    draw = ImageDraw.Draw(image)
    draw.ellipse((110, 70, 370, 410), outline=NUIT, width=8)
    for x in (190, 290):
        draw.ellipse((x - 10, 200, x + 10, 220), fill=NUIT)
    draw.arc((180, 230, 300, 330), 20, 160, fill=NUIT, width=8)
    return image


PICTURES = {
    "articles/toutes-les-formes-du-texte/orbite.jpg": orbite,
    "lieux/facade.jpg": facade,
    "events/fusees.jpg": fusees,
    "ressources/etoiles.jpg": etoiles,
    "auteurs/portrait.jpg": portrait,
}


def main() -> int:
    """Write every picture beside its text. Returns the exit code."""
    for name, draw in PICTURES.items():
        path = CONTENT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        draw().save(path, quality=82, optimize=True)
        print(f"{name}: {path.stat().st_size} octets")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
