"""What joined files say beside what they show: found, told, taken away without a pixel changed."""

from __future__ import annotations

import re
import struct
import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path, PurePosixPath
from time import process_time

import pytest
from PIL import Image, ImageSequence

import joined
from doses import dose
from portail.cli import main
from portail.repair.metadata import CLEANERS, cleaned
from portail.source.medias import check_media
from portail.source.metadata import check_metadata
from portail.source.signatures import format_of

PICTURES = {
    "a.jpg": joined.jpeg(), "a.png": joined.png(), "a.webp": joined.webp(), "a.gif": joined.gif(),
}  # fmt: skip
TRACES = re.compile(
    rb"Exemple|C\0a\0m\0i\0l\0l\0e|example\.org|SN-99|MakerNote|GPSL|8BIM|x:xmpmeta|dc:creator"
)
"""What nothing that is left may hold; ``dc:creator`` alone may stay in a PDF."""


def upright(data: bytes) -> list[Image.Image]:
    picture = Image.open(BytesIO(data))
    turned = {6: Image.Transpose.ROTATE_270}.get(picture.getexif().get(0x0112, 1))
    frames = [frame.convert("RGB") for frame in ImageSequence.Iterator(picture)]
    return [frame.transpose(turned) if turned else frame for frame in frames]


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_loses_all_but_its_pixels(name: str) -> None:
    data = PICTURES[name]
    assert TRACES.search(data)
    clean = cleaned(data)
    assert TRACES.search(clean) is None
    assert clean.count(b"\xff\xd8\xff") == (name == "a.jpg"), "no picture hides behind another"
    before, after = upright(data), upright(clean)
    assert [one.tobytes() for one in after] == [one.tobytes() for one in before]
    assert Image.open(BytesIO(clean)).info.get("loop") == Image.open(BytesIO(data)).info.get("loop")
    path = PurePosixPath(f"content/a/{name}")
    assert check_media(path, clean) == check_media(path, data)
    assert check_metadata(path, clean) == []
    assert cleaned(clean) == clean
    if name != "a.gif":
        assert Image.open(BytesIO(clean)).getexif().get_ifd(0x8825) == {}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_stays_upright(orientation: int) -> None:
    clean = cleaned(joined.jpeg(orientation))
    assert Image.open(BytesIO(clean)).getexif().get(0x0112, 1) == orientation


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
def test_a_place_is_told(name: str) -> None:
    (found,) = check_metadata(PurePosixPath(f"content/a/{name}"), PICTURES[name])
    assert found.code == "A154"
    assert name in found.message


def test_a_picture_that_names_no_place_is_left_in_peace() -> None:
    stream = BytesIO()
    joined.drawing().save(stream, "JPEG")
    assert check_metadata(PurePosixPath("content/a/a.jpg"), stream.getvalue()) == []
    assert cleaned(stream.getvalue()) == stream.getvalue()


def test_a_pdf_forgets_in_place() -> None:
    data, path = joined.pdf(), PurePosixPath("content/a/a.pdf")
    (found,) = check_metadata(path, data)
    assert (found.code, "Camille Exemple" in found.message, "photo" in found.message) == (
        "A162", True, True,
    )  # fmt: skip
    clean = cleaned(data)
    assert len(clean) == len(data), "every offset of the document holds"
    assert check_metadata(path, clean) == []
    assert b"Exemple" not in clean.partition(b"DCTDecode")[0]
    assert b"(Programme)" in clean
    # Pixels of its photograph stay.
    photo = clean[clean.rindex(b"\xff\xd8\xff", 0, clean.rindex(b"\xff\xd8\xff")) :]
    assert Image.open(BytesIO(photo)).convert("RGB").size == (48, 32)


def test_what_a_pdf_hides_or_seals_is_told_and_left() -> None:
    path = PurePosixPath("content/a/a.pdf")
    for data in (joined.pdf(packed=True), joined.pdf(extra=b"1 0 obj<</ByteRange[0 1 2 3]>>\n")):
        assert [one.code for one in check_metadata(path, data)] == ["A162"]
        assert cleaned(data) == data


def test_a_sound_keeps_its_title() -> None:
    data, path = joined.mp3(), PurePosixPath("content/a/a.mp3")
    assert format_of(data) == "MP3"
    (found,) = check_metadata(path, data)
    assert "Camille Exemple" in found.message
    clean = cleaned(data)
    assert TRACES.search(clean) is None
    assert b"Six sons" in clean
    assert clean.count(b"\xff\xfb\x90\x64") == 38
    assert (format_of(clean), check_metadata(path, clean)) == ("MP3", [])


@pytest.mark.parametrize("name", [*PICTURES, "a.pdf", "a.mp3"])
def test_bytes_cut_anywhere_raise_nothing(name: str) -> None:
    data = PICTURES.get(name) or {"a.pdf": joined.pdf, "a.mp3": joined.mp3}[name]()
    for end in range(0, len(data), max(1, len(data) // 60)):
        check_metadata(PurePosixPath(f"content/a/{name}"), data[:end])
        cleaned(data[:end])


@pytest.mark.parametrize(
    "piece",
    [
        b"/Author(", b"/Author   <", b"<dc:creator>", b"stream\n", b"Exif\0\0II*\0", b"eXIfMM\0*",
        b"exif:GPSLatitude", b"TPE1\0\0\0\0\0\0", b"stream\nx\x9c\nendstream",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.pdf", "a.mp3", "a.jpg"])
def test_a_million_of_them_take_no_time(name: str, piece: bytes) -> None:
    heads = {
        "a.pdf": b"%PDF-1.7\n",
        "a.mp3": b"ID3\x03\0\0\x7f\x7f\x7f\x7f",
        "a.jpg": b"\xff\xd8\xff\xe1",
    }
    data = heads[name] + piece * (dose(1_000_000, 5_000_000) // len(piece))
    started = process_time()
    check_metadata(PurePosixPath(f"content/a/{name}"), data)
    for clean in CLEANERS.values():
        with suppress(IndexError, ValueError, struct.error):
            clean(data)
    assert process_time() - started < dose(3, 5)


def test_check_mends_the_files_of_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "content/medias"
    folder.mkdir(parents=True)
    for name, data in {**PICTURES, "a.pdf": joined.pdf(), "a.mp3": joined.mp3()}.items():
        (folder / f"essai-{name.replace('.', '-')}.{name[2:]}").write_bytes(data)
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 0
    assert capsys.readouterr().out.count("A154") >= 3
    assert main(["check", "--corriger"]) == 0
    capsys.readouterr()
    assert main(["check"]) == 0
    out = capsys.readouterr().out
    assert "A154" not in out and "A162" not in out
    left = [path.name for path in folder.iterdir() if b"GPSL" in path.read_bytes()]
    assert left == []


def test_what_is_handed_in_enters_without_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "content").mkdir()
    text = (
        "---\ntitre: Essai\nresume: Un essai.\npublie_le: 2027-09-20\n---\n\n"
        "![Un dessin](photo.jpg)\n"
    )
    with zipfile.ZipFile(tmp_path / "essai.zip", "w") as archive:
        archive.writestr("articles/essai/index.md", text)
        archive.writestr("articles/essai/photo.jpg", joined.jpeg())
    monkeypatch.chdir(tmp_path)
    main(["deposer", "essai.zip"])
    (photo,) = (tmp_path / "content").rglob("*.jpg")
    assert TRACES.search(photo.read_bytes()) is None
