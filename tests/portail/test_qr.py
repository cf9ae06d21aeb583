"""QR codes: read back by another library than the one that makes them."""

import re

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from doses import cases
from portail.qr import QUIET, qr, qr_text

RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


def drawn(code, scale=4):
    """The path as a browser fills it."""
    picture = Image.new("L", (code.cote * scale, code.cote * scale), 255)
    draw = ImageDraw.Draw(picture)
    for x, y, length, back in (map(int, one.groups()) for one in RUN.finditer(code.trace)):
        assert length == back
        draw.rectangle(
            (x * scale, y * scale, (x + length) * scale - 1, (y + 1) * scale - 1), fill=0
        )
    return picture


@cases(
    "text",
    [
        "https://portail.example.org/",
        "https://portail.example.org/agenda/?pres=Compi%C3%A8gne",
        f"https://portail.example.org/{'agenda/' * 60}",
    ],
)
def test_read_back(text):
    (found,) = zxingcpp.read_barcodes(drawn(qr(text)))
    assert found.text == text
    assert found.format == zxingcpp.BarcodeFormat.QRCode
    assert found.ec_level == "M"


def test_a_quiet_zone_and_nothing_but_runs():
    code = qr("https://portail.example.org/")
    assert RUN.sub("", code.trace) == ""
    runs = [tuple(map(int, one.groups()[:3])) for one in RUN.finditer(code.trace)]
    assert min(x for x, _, _ in runs) == min(y for _, y, _ in runs) == QUIET
    assert max(x + length for x, _, length in runs) == code.cote - QUIET
    assert code.cote == 25 + 2 * QUIET + 4


def test_too_long():
    with pytest.raises(ValueError, match=r"fit|large|overflow|too"):
        qr("x" * 3_000)


def test_what_a_terminal_shows_is_read_back():
    lines = qr_text("http://192.0.2.7:8000/").splitlines()
    assert {len(line) for line in lines} == {len(lines[0])}
    scale = 6
    picture = Image.new("L", (len(lines[0]) * scale, 2 * len(lines) * scale), 0)
    draw = ImageDraw.Draw(picture)
    for row, line in enumerate(lines):
        for column, sign in enumerate(line):
            for half, signs in enumerate(("▀█", "▄█")):
                if sign in signs:
                    x, y = column * scale, (2 * row + half) * scale
                    draw.rectangle((x, y, x + scale - 1, y + scale - 1), fill=255)
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == "http://192.0.2.7:8000/"
