"""Pictures prepared in the browser: light, upright, without place nor date; others are told why."""

import base64
import io
import struct
import zipfile
import zlib
from itertools import product
from pathlib import PurePosixPath

import pytest
from navigateur import ORIGIN
from PIL import Image

from pictures import PNG_HEAD, decoded, drawing, picture, png_chunk, shot_data, stored
from portail.source.medias import check_media

pytestmark = pytest.mark.chromium

NB = "\xa0"
PREPARE = """async (adresse) => {
  const { preparer } = await import(adresse);
  const faite = await preparer(document.getElementById('Essai').files[0]);
  if (faite.erreur) return faite;
  const octets = new Uint8Array(await faite.blob.arrayBuffer());
  const { nom, largeur, hauteur, dit, blob } = faite;
  let texte = '';
  for (const octet of octets) texte += String.fromCharCode(octet);
  return { nom, largeur, hauteur, dit, type: blob.type, octets: btoa(texte) };
}"""


@pytest.fixture(scope="module")
def prepare(browser, drawn_proxy, tmp_path_factory):
    """A function that prepares a file, in a tab where it is chosen as anyone chooses it."""
    context = browser.new_context(proxy={"server": drawn_proxy})
    folder = tmp_path_factory.mktemp("images")
    page = context.new_page()
    page.goto(f"{ORIGIN}/")
    page.evaluate(
        "() => { const champ = document.createElement('input'); champ.type = 'file';"
        " champ.id = 'Essai'; document.body.append(champ); }"
    )

    def run(name, data):
        (folder / name).write_bytes(data)
        page.set_input_files("#Essai", folder / name)
        found = page.evaluate(PREPARE, "/theme/js/contribuer-image.js")
        if "octets" in found:
            found["octets"] = base64.b64decode(found["octets"])
        return found

    yield run
    context.close()


def sound(found):
    """The picture, once « portail check » takes it."""
    assert "erreur" not in found, found
    pixels, refused = check_media(PurePosixPath("content/events/x") / found["nom"], found["octets"])
    assert refused == []
    assert pixels == (found["largeur"], found["hauteur"])
    return decoded(found["octets"])


def test_a_photograph_of_thirty_megabytes(prepare):
    noise, whole = Image.effect_noise((1400, 1300), 90), Image.new("L", (5600, 5200))
    for x, y in product(range(4), repeat=2):
        whole.paste(noise, (1400 * x, 1300 * y))
    data = picture("JPEG", whole.convert("RGB"), quality=97)
    assert len(data) > 25_000_000
    found = prepare("Ma photo d’été (1).JPG", data)
    image = sound(found)
    assert image.size == (2000, 1857)
    assert len(found["octets"]) < 5_000_000
    assert found["nom"] == "ma-photo-d-ete-1.jpg"
    assert f"5{NB}600 × 5{NB}200. Sera allégée à " in found["dit"]
    assert f"réduite à 2{NB}000 × 1{NB}857" in found["dit"]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_is_upright_and_says_neither_where_nor_when(prepare, orientation):
    shot = stored(drawing(240, 160), orientation)
    data = picture("JPEG", shot, exif=shot_data(orientation), quality=95)
    assert b"Camille" in data
    found = prepare("photo.jpg", data)
    image = sound(found)
    assert image.size == (240, 160)
    assert b"Exif" not in found["octets"]
    assert b"Camille" not in found["octets"]
    assert not image.getexif()
    assert found["dit"].endswith("position et date de prise de vue retirées.")
    red, green, _ = image.convert("RGB").getpixel((5, 5))
    assert red > green, orientation


def test_what_is_said_of_a_small_one(prepare):
    found = prepare("con.png", picture("PNG", drawing(1600, 1000)))
    sound(found)
    assert found["nom"] == "image.jpg"
    assert f"1{NB}600 × 1{NB}000. " in found["dit"]
    assert "position" not in found["dit"]


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_what_shows_through_still_does(prepare, form):
    found = prepare("logo.dat", picture(form, drawing(60, 40, "RGBA")))
    image = sound(found)
    assert found["nom"] == "logo.webp"
    assert image.convert("RGBA").getpixel((59, 39))[3] == 0


@pytest.mark.parametrize("form", ["GIF", "BMP", "AVIF"])
def test_what_the_browser_reads_becomes_what_the_portal_takes(prepare, form):
    found = prepare("image.xyz", picture(form, drawing(60, 40)))
    assert sound(found).size == (60, 40)
    assert ("première vue" in found["dit"]) == (form == "GIF")


def office(name):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "<xml/>")
    return stream.getvalue()


def huge():
    """A PNG of a few bytes that announces what no memory holds."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    data = png_chunk(b"IHDR", head) + png_chunk(b"IDAT", zlib.compress(b"\0" * 100))
    return PNG_HEAD + data + png_chunk(b"IEND", b"")


FTYP = b"\0\0\0\x18ftyp"
OTHERS = {
    "vide.jpg": (b"", "vide", "autre"),
    "iphone.jpg": (FTYP + b"heic\0\0\0\0mif1heic" + b"\0" * 400, "HEIC", "iPhone"),
    "scan.jpg": (picture("TIFF"), "TIFF", "JPG"),
    "dessin.png": (b"<svg xmlns='http://www.w3.org/2000/svg'></svg>", "SVG", "PNG"),
    "xml.png": (b"\xef\xbb\xbf<?xml version='1.0'?><svg/>", "SVG", "PNG"),
    "affiche.jpg": (b"%PDF-1.7\n%\xe2\xe3", "PDF", "capture"),
    "texte.docx": (office("word/document.xml"), "Word", "clic droit"),
    "vieux.jpg": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Word", "clic droit"),
    "lot.jpg": (office("photo.jpg"), "compressé", "Ouvrez"),
    "film.jpg": (FTYP + b"isom" + b"\0" * 400, "vidéo", "capture"),
    "son.jpg": (b"ID3\x04" + b"\0" * 400, "son", "JPG"),
    "notes.jpg": ("Bonjour, voici l’été.".encode(), "texte", "Texte"),
    "rien.jpg": (b"\x01\x02\x03\x04" * 100, "n’est pas une image", "JPG"),
    "coupe.jpg": (picture("JPEG", drawing(400, 300))[:200], "abîmé", "de nouveau"),
    "faux.jpg": (b"\xff\xd8\xff\xe0" + b"\x07" * 900, "abîmé", "de nouveau"),
    "bombe.png": (huge(), f"60{NB}000 × 60{NB}000", "Réduisez"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_others_are_told_what_to_do(prepare, name):
    data, erreur, remede = OTHERS[name]
    found = prepare(name, data)
    assert found.keys() == {"erreur", "remede"}
    assert erreur in found["erreur"]
    assert remede in found["remede"]


def test_too_many_pixels(prepare):
    found = prepare("carte.jpg", picture("JPEG", Image.new("RGB", (8001, 5000))))
    assert f"8{NB}001 × 5{NB}000, soit 41{NB}millions de pixels" in found["erreur"]
