"""Joined files: what is refused, with which sentence, and what it may cost."""

import re
import struct
import zlib
from io import BytesIO
from itertools import product
from pathlib import PurePosixPath
from warnings import catch_warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.ExifTags import IFD

from doses import cases
from pictures import PNG_HEAD, drawing, gif_of_frames, picture, png, png_chunk, shot_data
from portail.diagnostics import Position
from portail.source.medias import (
    DOCUMENT_BYTES,
    PICTURE_BYTES,
    TEXT_BYTES,
    DamagedPicture,
    Header,
    check_media,
    check_weight,
    is_animated,
    open_picture,
    published_path,
    read_header,
    unpublished,
)
from portail.source.signatures import FORMATS

FORMS = {
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".png": "PNG",
    ".webp": "WEBP",
    ".avif": "AVIF",
    ".gif": "GIF",
}


def path(name):
    """A media beside an article."""
    return PurePosixPath("content/articles/nuit", name)


PHONE = (
    "Envoyez-la-vous par courriel depuis l’iPhone : elle devient un JPEG. Ou réglez l’appareil : "
    "Réglages, Appareil photo, Formats, « Le plus compatible »."
)
POINTER = "un pointeur de Git LFS"
FETCH = (
    "Ce dépôt garde ses images avec Git LFS : lancez « git lfs pull » ; pour la publication, "
    "mettez « lfs: true » sous « with: », à l’étape actions/checkout."
)
PUBLISHED = "Textes : .md. Images : .jpg, .png, .webp, .avif, .gif. Documents : .pdf, .csv, .mp3."
CONVERT = "Ouvrez l’image, sur un ordinateur ou un téléphone, et enregistrez-la en JPEG ou en PNG."


def refused(name, data):
    """The one thing that is wrong with a file."""
    pixels, found = check_media(path(name), data)
    assert pixels is None
    assert len(found) == 1
    assert found[0].position == Position(path(name))
    return found[0]


def accepted(name, data):
    """The size of a picture with which nothing is wrong."""
    pixels, found = check_media(path(name), data)
    assert found == []
    return pixels


# ── What is accepted ─────────────────────────────────────────────────────────────────


@cases("suffix", [*FORMS, ".JPG", ".Png"])
def test_size_of_a_picture(suffix):
    data = picture(FORMS[suffix.lower()], drawing(31, 17))
    assert accepted(f"photo{suffix}", data) == (31, 17)


@cases("suffix", [".png", ".webp", ".gif"])
def test_what_moves(suffix):
    still, moving = picture(FORMS[suffix]), picture(FORMS[suffix], frames=2, duration=50)
    assert not is_animated(path(f"a{suffix}"), still)
    assert is_animated(path(f"a{suffix.upper()}"), moving)
    assert not is_animated(path("a.jpg"), picture("JPEG"))


@cases("suffix", [".jpg", ".png", ".webp"])
@cases("orientation", range(1, 9))
def test_size_is_that_of_the_upright_picture(suffix, orientation):
    data = picture(FORMS[suffix], drawing(31, 17), exif=shot_data(orientation))
    upright = (17, 31) if orientation >= 5 else (31, 17)
    pixels, found = check_media(path(f"a{suffix}"), data)
    assert pixels == upright
    assert [one.code for one in found] == ["A167"]  # taken at a place, which it tells


@cases("suffix", [".jpg", ".png", ".webp"])
def test_only_coordinates_tell_a_place(suffix):
    exif = shot_data()
    exif.get_ifd(IFD.GPSInfo).clear()
    assert accepted(f"a{suffix}", picture(FORMS[suffix], exif=exif)) == (24, 16)
    if suffix != ".png":  # which Pillow writes without XMP
        data = picture(FORMS[suffix], xmp=b'<x exif:GPSLatitude="50,38.196N"/>')
        assert [one.code for one in check_media(path(f"a{suffix}"), data)[1]] == ["A167"]


def test_an_orientation_that_cannot_be_read_says_nothing():
    cut = b"MM\0*\0\0\0\x08\0\x01"  # one entry, of which nothing follows
    spoilt = (b"", b"MM\0*\xff\xff\xff\xff", bytes(40), cut)
    with catch_warnings(record=True, action="always") as warned:
        for exif, suffix in product(spoilt, (".jpg", ".webp")):
            data = picture(FORMS[suffix], exif=b"Exif\0\0" + exif)
            assert accepted(f"a{suffix}", data) == (24, 16)
    assert not warned
    exif = shot_data(6)
    exif[0x0112] = 77
    assert check_media(path("a.jpg"), picture("JPEG", exif=exif))[0] == (24, 16)


@cases(
    ("form", "mode"),
    [
         ("JPEG", "CMYK"), ("PNG", "1"),   ("PNG", "P"),
        ("PNG", "RGBA"), ("PNG", "I;16"), ("WEBP", "RGBA"), ("GIF", "L"),
    ],
)  # fmt: skip
def test_every_mode_of_every_format(form, mode):
    suffix = {"JPEG": "jpg"}.get(form, form.lower())
    image = Image.new(mode, (24, 16)) if mode == "I;16" else drawing(mode=mode)
    assert accepted(f"a.{suffix}", picture(form, image)) == (24, 16)


@cases("form", ["GIF", "PNG", "WEBP"])
def test_animations_with_or_without_a_still_picture_for_others(form):
    for still in (False, True) if form == "PNG" else (False,):
        data = picture(form, frames=5, duration=100, default_image=still)
        assert accepted(f"a.{form.lower()}", data) == (24, 16)


def test_progressive_and_interlaced_pictures():
    assert accepted("a.jpg", picture("JPEG", progressive=True)) == (24, 16)
    assert check_media(path("a.gif"), picture("GIF", drawing(64, 64), interlace=1)) == (
        (64, 64), [],
    )  # fmt: skip


def test_a_second_file_behind_a_picture_is_no_fault_as_the_picture_is_made_again():
    for suffix, form in FORMS.items():
        data = picture(form) + b"<script>alert(1)</script>PK\x03\x04"
        assert accepted(f"a{suffix}", data) == (24, 16)


@cases(
    ("name", "data"),
    [
        ("a.pdf", b"%PDF-1.7\n"),
        ("a.csv", "commune;élèves\n1,5;-5\n".encode()),
        ("a.mp3", b"\xff\xfb\x90\x00" + bytes(413)),
    ],
)
def test_documents(name, data):
    assert check_media(path(name), data) == (None, [])


# ── E120: the extension lies ─────────────────────────────────────────────────────────


def packed(inside):
    return b"%PDF-1.5\n1 0 obj<</Type/ObjStm>>stream\n" + zlib.compress(inside) + b"\nendstream"


@cases(
    ("name", "data", "held"),
    [
        ("a.pdf", b"%PDF-1.4\n<</OpenAction<</S/Launch/F(a.exe)>>>>", "un programme ou un autre"),
        ("a.pdf", packed(b"<</S/JavaScript/JS(app.alert)>>"), "un programme ou un autre fichier"),
        ("a.pdf", packed(b"<</Author(Camille Exemple)>>"), "le nom de qui l’a écrit"),
        ("a.pdf", b"%PDF-1.4\n<exif:GPSLatitude>50</exif:GPSLatitude>", "les coordonnées"),
        ("a.pdf", packed(b"<</Author()/JSX 1>>")[:-20], ""),
        ("a.csv", b"a;b\n=1+1;-5\n", "une formule de tableur"),
        ("a.csv", b'a;b\n1;"@SUM(A1)"\n', "une formule de tableur"),
        ("a.csv", b"a;b\n-5;+33 1 23 45 67 89\n", ""),
        ("a.mp3", b"\xff\xfb\x90\0" + bytes(413) + b"<HTML><script>", "une page du web"),
    ],
)
def test_what_a_document_holds_beside_what_it_shows_is_told(name, data, held):
    found = check_media(path(name), data)[1]
    assert [fault.code for fault in found] == ["C168"] * bool(held)
    assert all(f"porte aussi {held}" in fault.message for fault in found)


@cases(
    ("name", "data", "message", "hint"),
    [
        (
            "photo.jpg",
            picture("PNG"),
            "« photo.jpg » n’est pas un fichier JPEG : son contenu est celui d’une image PNG.",
            "Enregistrez-le de nouveau au format JPEG, ou corrigez son extension.",
        ),
        (
            "photo.jpg",
            b"\0\0\0\x18ftypheic\0\0\0\0",
            "« photo.jpg » n’est pas un fichier JPEG : son contenu est celui d’une image HEIC.",
            PHONE,
        ),
        (
            "photo.avif",
            b"\0\0\0\x1cftypavis\0\0\0\0avifavis",
            (
                "« photo.avif » n’est pas un fichier AVIF : son contenu est celui d’une image AVIF "
                "animée."
            ),
            "Enregistrez-le de nouveau au format AVIF, ou corrigez son extension.",
        ),
        *(
            (
                f"a{suffix}",
                b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 48213\n",
                f"« a{suffix} » n’est pas un fichier {name} : son contenu est {POINTER}.",
                FETCH,
            )
            for suffix, name in FORMATS.items()
        ),
        (
            "dessin.png",
            b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
            (
                "« dessin.png » n’est pas un fichier PNG : son contenu est celui d’une page web ou "
                "d’un dessin SVG."
            ),
            "Enregistrez-le de nouveau au format PNG, ou corrigez son extension.",
        ),
        (
            "chiffres.csv",
            "commune;élèves\n".encode("cp1252"),
            (
                "« chiffres.csv » n’est pas un fichier CSV en UTF-8 : son contenu est du texte qui "
                "n’est pas en UTF-8."
            ),
            "Enregistrez-le de nouveau au format CSV en UTF-8, ou corrigez son extension.",
        ),
    ],
)
def test_another_content_than_the_extension_says(name, data, message, hint):
    found = refused(name, data)
    assert (found.code, found.message, found.hint) == ("E120", message, hint)


@cases(
    ("name", "named", "hint"),
    [
        ("dessin.svg", "« .svg » (image SVG)", CONVERT),
        ("photo.HEIC", "« .heic » (image HEIC)", PHONE),
        ("scan.tiff", "« .tiff » (image TIFF)", CONVERT),
        ("plan.dwg", "« .dwg »", PUBLISHED),
        ("nuit.md.txt", "« .txt »", f"Si c’est un contenu, renommez-le « nuit.md ». {PUBLISHED}"),
        (
            "nuit.docx",
            "« .docx »",
            (
                "Un contenu s’écrit en texte simple : copiez ce texte dans un fichier .md ; un "
                f"document à télécharger s’enregistre en PDF. {PUBLISHED}"
            ),
        ),
    ],
)
def test_an_extension_that_is_not_published(name, named, hint):
    found = refused(name, b"x")
    assert (found.code, found.hint) == ("E112", hint)
    assert found.message == f"Les fichiers {named} ne sont pas publiés."


def test_the_remedy_names_what_is_published():
    named = re.findall(r"\.\w+", unpublished(PurePosixPath("a/b.zip")).hint)
    assert sorted([*named, ".jpeg"]) == sorted([*FORMATS, ".md"])


def test_what_an_avif_hides_behind_a_small_size_is_not_published_larger():
    honest = picture("AVIF", drawing(64, 48))
    size = honest.index(b"ispe") + 8
    lying = honest[:size] + struct.pack(">II", 9, 7) + honest[size + 8 :]
    assert check_media(path("a.avif"), lying)[0] in (None, (9, 7))
    for broken in (honest.replace(b"ispe", b"rien"), honest + b"ispe" + bytes(12), honest[:-9]):
        assert [one.code for one in check_media(path("a.avif"), broken)[1]] in (["E123"], [])
    giant = honest[:size] + struct.pack(">II", 9_000, 9_000) + honest[size + 8 :]
    assert [one.code for one in check_media(path("a.avif"), giant)[1]] == ["E122"]


# ── E121: weight ─────────────────────────────────────────────────────────────────────


def test_weight():
    data = picture("JPEG")
    assert accepted("a.jpg", data + bytes(PICTURE_BYTES - len(data))) == (24, 16)
    found = refused("a.jpg", data + bytes(PICTURE_BYTES - len(data) + 1))
    assert found.code == "E121"
    document = b"%PDF-1.7" + bytes(DOCUMENT_BYTES - 8)
    assert check_media(path("a.pdf"), document) == (None, [])
    assert refused("a.pdf", document + b"\n").message == (
        "« a.pdf » pèse 20,1 Mo ; la limite est de 20 Mo."
    )


def test_weight_and_content_are_both_said():
    _, found = check_media(path("a.jpg"), PNG_HEAD + bytes(PICTURE_BYTES))
    assert [one.code for one in found] == ["E121", "E120"]


def test_a_text_is_weighed_before_it_is_read():
    text, table = PurePosixPath("content/articles/a.md"), PurePosixPath("content/retraits.yml")
    assert check_weight(text, TEXT_BYTES) is check_weight(table, TEXT_BYTES) is None
    heavy = check_weight(text, TEXT_BYTES + 1)
    assert (heavy.code, heavy.position) == ("E301", Position(text))
    assert "1001" in heavy.message.replace("\u00a0", "").replace(" ", "")
    table_heavy = check_weight(table, TEXT_BYTES + 1)
    assert table_heavy.code == "E121"


# ── E122: pixels, before anything is decoded ─────────────────────────────────────────


def jpeg_announcing(width, height):
    data = picture("JPEG")
    place = data.index(b"\xff\xc0") + 5
    return data[:place] + struct.pack(">HH", height, width) + data[place + 4 :]


def webp_announcing(width, height, kind):
    if kind == "VP8X":
        sizes = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
        body = b"VP8X" + struct.pack("<I", 10) + bytes(4) + sizes
    elif kind == "VP8L":
        bits = (width - 1) | (height - 1) << 14
        body = b"VP8L" + struct.pack("<I", 6) + b"\x2f" + struct.pack("<I", bits) + b"\0"
    else:
        frame = b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", width, height)
        body = b"VP8 " + struct.pack("<I", len(frame)) + frame
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


@cases(
    ("name", "data", "pixels"),
    [
        ("a.png", png(8000, 5001, rows=1), "40,1"),
        ("a.png", png(2**31 - 1, 2**31 - 1, rows=0), "4\u00a0611\u00a0686\u00a0014\u00a0132,5"),
        ("a.jpg", jpeg_announcing(65_535, 65_535), "4\u00a0294,9"),
        ("a.gif", gif_of_frames(1, 65_535, 65_535), "4\u00a0294,9"),
        ("a.webp", webp_announcing(16_383, 16_383, "VP8 "), "268,5"),
        ("a.webp", webp_announcing(16_384, 16_384, "VP8L"), "268,5"),
        ("a.webp", webp_announcing(2**24, 200, "VP8X"), "3\u00a0355,5"),
    ],
)
def test_too_many_pixels(name, data, pixels):
    found = refused(name, data)
    assert found.code == "E122"
    assert found.message == (
        f"« {name} » compte {pixels} millions de pixels ; la limite est de 40 millions."
    )


def test_forty_million_pixels_are_accepted():
    assert accepted("a.png", png(8000, 5000)) == (8000, 5000)


def test_a_frame_that_overflows_the_canvas_counts():
    assert refused("a.gif", gif_with_frame_at(60_000, 60_000)).code == "E122"


def gif_with_frame_at(left, top, frames=1):
    """A GIF of frames at the corner of its canvas, and one more elsewhere."""
    frame = b"\x2c" + struct.pack("<HHHH", left, top, 1, 1) + b"\0\x02\x02\x44\x01\0"
    return gif_of_frames(frames)[:-1] + frame + b";"


# ── E126: animations ─────────────────────────────────────────────────────────────────


def test_too_many_frames():
    assert accepted("a.gif", gif_of_frames(500)) == (1, 1)
    assert refused("a.gif", gif_of_frames(501)).code == "E126"


def test_too_many_pixels_in_all_frames():
    assert refused("a.gif", gif_of_frames(50, 1000, 1000)).message.startswith(
        "« a.gif » compte 50 images et 50 millions de pixels en tout ;"
    )


def test_a_png_that_announces_endless_frames():
    control = png_chunk(b"acTL", struct.pack(">II", 2**31, 0))
    assert refused("a.png", png(8, 8, extra=control)).code == "E126"


# ── E123: damaged or costly ──────────────────────────────────────────────────────────


@cases("suffix", FORMS)
@cases("part", [0.05, 0.3, 0.6, 0.9, 0.99])
def test_truncated_pictures(suffix, part):
    noise = Image.effect_noise((64, 48), 80).convert("RGB")
    data = picture(FORMS[suffix], noise)
    assert refused(f"a{suffix}", data[: max(int(len(data) * part), 12)]).code == "E123"


@cases("form", ["GIF", "PNG", "WEBP"])
def test_a_truncated_animation(form):
    data = picture(form, frames=6, duration=100)
    assert refused(f"a.{form.lower()}", data[: len(data) * 2 // 3]).code == "E123"


def test_a_wrong_checksum():
    data = bytearray(picture("PNG"))
    data[-20] ^= 0x40
    assert refused("a.png", bytes(data)).code == "E123"


def test_pixels_that_cannot_be_unpacked():
    """Whole chunks, right checksums: what is wrong is seen by decoding the picture alone."""
    head = struct.pack(">IIBBBBB", 64, 64, 8, 0, 0, 0, 0)
    chunks = png_chunk(b"IHDR", head) + png_chunk(b"IDAT", b"pixels") + png_chunk(b"IEND")
    assert refused("a.png", PNG_HEAD + chunks).code == "E123"


@cases("data", [png(0, 10), png(10, 0), jpeg_announcing(0, 10), jpeg_announcing(10, 0)])
def test_pictures_of_nothing(data):
    assert refused("a.png" if data.startswith(PNG_HEAD) else "a.jpg", data).code == "E123"


@cases("kind", [b"zTXt", b"iCCP"])
def test_a_chunk_that_swells(kind):
    swollen = png_chunk(kind, b"a\0\0" + zlib.compress(bytes(50_000_000)))
    assert refused("a.png", png(8, 8, extra=swollen)).code == "E123"


def test_a_png_cut_in_too_many_chunks():
    assert refused("a.png", png(8, 8, extra=png_chunk(b"abCd") * 200_000)).code == "E123"


def test_a_jpeg_that_paints_itself_again_and_again():
    data = picture("JPEG", progressive=True)
    scan = data[data.rindex(b"\xff\xda") : -2]
    assert accepted("a.jpg", data[:-2] + scan * 20 + data[-2:]) == (24, 16)
    assert refused("a.jpg", data[:-2] + scan * 100 + data[-2:]).code == "E123"


def test_a_gif_cut_in_crumbs():
    comment = b"!\xfe" + b"\x01a" * 2_000_000 + b"\0"
    assert refused("a.gif", gif_of_frames(1)[:-1] + comment + b";").code == "E123"


def test_how_many_pieces_a_picture_may_have():
    """At the limit it is read, with one more it is refused, whatever each piece weighs."""
    rest = 3  # IHDR, IDAT, IEND
    crumbs = png_chunk(b"abCd")
    assert read_header(png(8, 8, extra=crumbs * (10_000 - rest)), "PNG") == Header(8, 8)
    jpeg = picture("JPEG")
    start, size = jpeg[:2], read_header(jpeg, "JPEG")
    segment = b"\xff\xfe\x00\x02"
    assert read_header(start + segment * 1_900 + jpeg[2:], "JPEG") == size
    for data, name in (
        (png(8, 8, extra=crumbs * (10_001 - rest)), "PNG"),
        (start + segment * 2_000 + jpeg[2:], "JPEG"),
    ):
        with pytest.raises(DamagedPicture):
            read_header(data, name)


def test_what_stands_between_the_pieces_of_a_picture():
    jpeg, gif = picture("JPEG"), gif_of_frames(1)
    assert read_header(jpeg[:2] + b"\xff\x01\xff\xd8" + jpeg[2:], "JPEG") == Header(24, 16)
    assert accepted("a.gif", gif[:-1] + b"\0\0" + gif[-1:]) == (1, 1)
    with pytest.raises(DamagedPicture):
        read_header(gif[:-1] + b"\x01" + gif[-1:], "GIF")


def test_a_picture_that_ends_within_its_own_size():
    frame = b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 8, 8)
    for length, sound in ((10, True), (9, False)):
        body = b"WEBPVP8 " + struct.pack("<I", length) + frame[:length]
        data = b"RIFF" + struct.pack("<I", len(body)) + body
        if sound:
            assert read_header(data, "WebP") == Header(8, 8)
        else:
            with pytest.raises(DamagedPicture):
                read_header(data, "WebP")


def test_a_wrong_checksum_of_a_piece_that_no_decoder_looks_at():
    end = png_chunk(b"IEND")
    note = png_chunk(b"tEXt", b"Author\0Exemple")
    sound = png(8, 8).removesuffix(end)
    assert accepted("a.png", sound + note + end) == (8, 8)
    damaged = note[:-1] + bytes([note[-1] ^ 1])
    assert refused("a.png", sound + damaged + end).code == "E123"


def test_the_longest_side():
    assert accepted("a.png", png(65_500, 1)) == (65_500, 1)
    assert refused("a.png", png(65_501, 1)).code == "E144"
    assert accepted("a.png", png(2, 16_383)) == (2, 16_383)
    assert refused("a.png", png(2, 16_384)).code == "E144"


def test_a_jpeg_whose_second_size_hides_behind_its_end():
    """The size that is checked and the size that is decoded are the same, or it is refused."""
    small, large = picture("JPEG", drawing(8, 8)), picture("JPEG", drawing(64, 64))
    place = small.index(b"\xff\xda")
    hidden = small[:place] + b"\xff\xd9" + large[2:]
    assert refused("a.jpg", hidden).code == "E123"


def test_sides_that_a_format_can_read_but_not_write():
    data = bytearray(picture("WEBP", frames=2, duration=50))
    data[24:27] = (20_000 - 1).to_bytes(3, "little")
    assert refused("a.webp", bytes(data)).code == "E123"
    assert refused("a.gif", gif_with_frame_at(65_535, 0, frames=0)).code == "E144"


def test_frames_that_grow():
    assert accepted("a.gif", gif_with_frame_at(5, 5, frames=0)) == (6, 6)
    assert refused("a.gif", gif_with_frame_at(5, 5)).code == "E123"


@given(st.sampled_from(sorted(FORMATS)), st.binary(max_size=300), st.data())
def test_no_bytes_raise(suffix, noise, data):
    start = data.draw(st.sampled_from([b"", *SAMPLES.values()]))
    pixels, found = check_media(path(f"a{suffix}"), start + noise)
    assert pixels is None or {one.code for one in found} <= {"A167"}


@cases("name", ["JPEG", "PNG", "WebP", "GIF"])
def test_no_other_decoder_reads_a_picture(name):
    """Pillow has forty: some run a program, some read files that a picture names."""
    for form in ("TIFF", "PPM", "BMP", "PCX", "EPS", "ICO"):
        stream = BytesIO()
        Image.new("RGB", (16, 16)).save(stream, form)
        with pytest.raises(SyntaxError):
            open_picture(stream.getvalue(), name)
    pair, both = Image.new("RGB", (8, 8)), BytesIO()
    pair.save(both, "MPO", save_all=True, append_images=[pair])
    assert open_picture(both.getvalue(), "JPEG").format == "JPEG"


SAMPLES = {
    ".jpg": picture("JPEG", exif=shot_data(6)),
    ".png": picture("PNG", drawing(mode="RGBA"), frames=3, duration=50),
    ".gif": picture("GIF", frames=3, duration=50),
    ".webp": picture("WEBP", frames=3, duration=50),
}


@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_no_damage_raises(suffix, data):
    sample = bytearray(SAMPLES[suffix])
    for place in data.draw(st.lists(st.integers(0, len(sample) - 1), min_size=1, max_size=6)):
        sample[place] = data.draw(st.integers(0, 255))
    pixels, found = check_media(path(f"a{suffix}"), bytes(sample))
    codes = {one.code for one in found}
    assert (pixels is None) == bool(codes - {"A167"})
    assert codes <= {"A167", "E120", "E122", "E123", "E126", "E144"}


# ── Where it is published ────────────────────────────────────────────────────────────


@cases(
    ("source", "target"),
    [
        ("content/medias/plan.pdf", "medias/plan.pdf"),
        ("content/articles/a/photo.jpg", "medias/articles/a/photo.jpg"),
        ("contenu/lieux/été 1.jpg", "medias/lieux/été 1.jpg"),
        ("content/lieux/e\u0301te\u0301.jpg", "medias/lieux/été.jpg"),
    ],
)
def test_published_path(source, target):
    assert published_path(PurePosixPath(source)) == PurePosixPath(target)


@cases(
    "source",
    [
        "content", "content/medias", "content/../a.jpg", "content/medias/../../a.jpg",
        "/content/a.jpg", "content/medias/nul.jpg", "content/a\u202e.jpg", "content/a\x00.jpg",
    ],
)  # fmt: skip
def test_nothing_is_published_elsewhere(source):
    with pytest.raises(ValueError, match="no place to publish"):
        published_path(PurePosixPath(source))
