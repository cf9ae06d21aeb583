"""The files of a picture, from its format, its width and whether it moves."""

from pathlib import Path, PurePosixPath

from doses import cases, rows_of
from portail.outputs.pictures import fallback, shown_size, tailles, widest
from portail.site.item import MediaRecord


def record(name, pixels, animated=False, weight=90_000):
    """A picture as the site knows it."""
    path = PurePosixPath("content/medias", name)
    return MediaRecord(path, Path(path), "0", pixels, f"/medias/{name}", weight, animated)


AVIF = ".480.avif .800.avif"
WEBP = ".480.webp .800.webp"


@cases(
    ("name", "width", "animated", "expected"),
    [
        ("a.jpg", 2000, False, f"{AVIF} .1280.avif .800.jpg"),
        ("a.jpeg", 1000, False, f"{AVIF} .1000.avif .800.jpg"),
        ("a.png", 2000, False, f"{WEBP} .1280.webp .800.png"),
        ("a.PNG", 480, False, ".480.webp -"),
        ("a.png", 90, False, ".90.webp -"),
        ("a.webp", 1000, False, f"{WEBP} .1000.webp"),
        ("a.webp", 480, False, ".480.webp"),
        ("a.gif", 500, False, ".480.webp .500.webp .500.png"),
        ("a.gif", 300, True, ".300.webp .300.png"),
        ("a.webp", 300, True, ".300.webp"),
        ("a.png", 300, True, ".300.webp .300.png"),
        ("a.avif", 2000, False, f"{AVIF} .1280.avif .800.webp"),
    ],
)
def test_files(name, width, animated, expected):
    found = tailles(record(name, (width, 100), animated))
    assert [one.suffixe for one in found] == expected.replace("-", "").split(" ")
    assert [one.url for one in found] == [f"/medias/{name}{one.suffixe}" for one in found]


@cases(
    ("name", "width", "expected"),
    [
        ("a.jpg", 2000, ".800.jpg"),
        ("a.png", 90, ""),
        ("a.webp", 2000, ".800.webp"),
        ("a.webp", 90, ".90.webp"),
        ("a.gif", 500, ".500.png"),
        ("a.avif", 2000, ".800.webp"),
    ],
)
def test_one_file_is_for_what_reads_one_only(name, width, expected):
    assert fallback(record(name, (width, 100))).suffixe == expected


@cases(("name", "weight", "expected"), rows_of("portail/outputs/picture_sizes.yml"))
def test_a_light_drawing_is_shown_itself(name, weight, expected):
    light = record(name, (1600, 1000), weight=weight)
    assert [one.suffixe for one in tailles(light)] == expected
    if expected == [""]:
        assert widest(light) == fallback(light).url == f"/medias/{name}"


def test_what_is_light_and_large_or_moves_is_made_small_and_still():
    for one in (record("a.png", (9000, 10), weight=9), record("a.gif", (9, 9), True, weight=9)):
        assert "" not in {size.suffixe for size in tailles(one)}


def test_each_format_says_its_type():
    types = {one.format: one.type for one in tailles(record("a.jpg", (9, 9)))}
    assert types == {"AVIF": "image/avif", "JPEG": "image/jpeg"}


def test_what_has_no_pixels_has_no_file():
    assert tailles(record("a.jpg", None)) == ()


@cases(
    ("pixels", "height"),
    [((2000, 1000), 240), ((1001, 667), 320), ((5000, 2), 1)],
)
def test_proportions_are_kept(pixels, height):
    assert shown_size(record("a.jpg", pixels), 480) == (480, height)


@cases(
    ("name", "pixels", "expected"),
    [
        ("a.jpg", (2000, 100), ".1280.avif"),
        ("a.jpg", (700, 100), ""),
        ("a.png", (2000, 100), ".1280.webp"),
        ("a.webp", (90, 100), ".90.webp"),
        ("a.png", (90, 100), ""),
        ("a.pdf", None, ""),
    ],
)
def test_the_widest_file_is_one_that_is_published(name, pixels, expected):
    assert widest(record(name, pixels)) == f"/medias/{name}{expected}"
