"""Façades: what a line may say, what is drawn of it."""

import gzip
import re
from importlib.util import find_spec
from io import BytesIO

import pytest
from PIL import Image

from doses import cases, rows_of
from plans import Tree, entry
from portail.diagnostics import ConfigError
from portail.features import configured
from portail.features.services.facades import setting
from portail.features.services.facades.drawing import drawn, sign
from portail.features.services.facades.notation import Misread, read_facade
from portail.features.services.facades.share import painted
from portail.resources import theme_dir
from tables import lists

LISTS = lists()
WORDS = LISTS["facades"]


def bodies(line):
    return read_facade(line, LISTS)


def facade(line, **options):
    options = {"cover": "tuile", "ramp": False} | options
    if line.startswith("signe-"):
        return sign(WORDS[line], ramp=options["ramp"])
    return drawn(bodies(line), WORDS, **options)


def layers(drawing):
    return dict(re.findall(r'<path class="([^"]+)" d="([^"]+)"/>', drawing.traces))


@cases(("line", "place", "reason", "meant"), rows_of("features/services/facades/facades.yml"))
def test_what_cannot_be_drawn_is_shown_where_it_is(line, place, reason, meant):
    with pytest.raises(Misread) as error:
        bodies(line)
    found = error.value
    assert (found.raison, found.propose) == (reason, meant)
    if reason not in ("manque", "trop"):
        assert found.signe == place and line.startswith(found.trouve, place)


def test_words_come_in_any_order_and_by_other_names():
    assert bodies("arc brique mansart 7x2") == bodies("brique 7×2 mansardé arcades")
    assert bodies("brique 3x2") == bodies("brique 3x2 pans croisees".replace("croisees", "croisée"))


ALONE = [
    term.code if term.extra["sorte"] in ("corps", "signe") else
    {"matiere": f"{term.code} 4x2", "toit": f"brique 4x2 {term.code}",
     "fenetres": f"brique 4x2 {term.code}", "couverture": f"brique 4x2 pans {term.code}"}[
        term.extra["sorte"]]
    for term in WORDS.values()
]  # fmt: skip


@cases("line", ALONE)
def test_each_word_is_drawn_within_its_frame(line):
    found = facade(line, ramp=True)
    assert found.largeur > 0 and 0 < found.hauteur < 160
    for name, outline in layers(found).items():
        assert name and set(outline) <= set("MLQCZmlhvqtaz0123456789.- "), (name, outline)
    standing = " ".join(shape for name, shape in layers(found).items() if name != "tete")
    moved = re.findall(r"[MLQC ](-?[\d.]+) (-?[\d.]+)", standing)
    assert all(-50 <= float(x) <= found.largeur + 50 for x, _ in moved)
    assert all(-170 <= float(y) <= 8 for _, y in moved)


def test_types_have_their_sign_which_nobody_writes():
    for term in LISTS["types-lieux"].values():
        assert term.extra.get("signe", "signe-lieu") in WORDS
    with pytest.raises(Misread):
        bodies("signe-livre")


def test_a_ramp_takes_the_place_of_steps():
    assert "rampe" not in layers(facade("brique 3x2"))
    assert "rampe" in layers(facade("brique 3x2", ramp=True))
    assert "rampe" in layers(facade("dome 5", ramp=True))


def test_a_roof_is_of_its_region_unless_it_says_otherwise():
    assert "toit tole" in layers(facade("brique 3x2 pans", cover="tole"))
    assert "toit ardoise" in layers(facade("brique 3x2 pans ardoise", cover="tole"))


def test_there_is_one_door_where_there_are_windows():
    found = layers(facade("brique 6x1 plat aveugle + brique 3x1 plat croisee + brique 3x1"))
    (door,) = re.findall(r"M([\d.]+) 0", found["porte"])
    assert 110 < float(door) < 169


def test_it_is_light_and_always_the_same():
    line = "tourelle + brique 3x3 moineaux arc + brique 3x3 creneaux arc + tourelle"
    assert facade(line) == facade(line)
    assert len(gzip.compress(facade(line, ramp=True).traces.encode())) <= 1_229


def test_networks_are_shown_a_place_drawn_in_the_colours_of_its_sheet():
    sheet = (theme_dir() / "static/css/facade.css").read_bytes()
    data = painted(facade("beton 4x2 plat aveugle"), (sheet,))
    assert len(data) < 20_000
    with Image.open(BytesIO(data)) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
        shown = picture.convert("RGB")
        spots = (20, 20), (20, 620), (438, 340)  # the sky, the ground, its wall
        seen = [shown.getpixel(spot) for spot in spots]
    wanted = [b"\xdc\xe7\xf2", b"\xd9\xd0\xbe", b"\xc6\xc1\xb6"]
    for one, other in zip(seen, wanted, strict=True):
        assert max(abs(a - b) for a, b in zip(one, other, strict=True)) < 9


PAGES = ("/lieux/a/", "/lieux/b/", "/evenements/e/")


def test_a_place_is_shared_as_it_is_drawn_when_drawings_are_painted(tree):
    files = {
        "lieux/a": entry("lieux", nom_court="La Maison"),
        "lieux/b": entry("lieux", facade="non"),
        "events/e": entry("events", lieu="a"),
    }
    pages = tree.pages(files, siteurl="https://exemple.org", image_du_soir=True)
    shown = {url: pages[url].view().machine.image for url in PAGES}
    assert shown["/lieux/a/"].url == shown["/evenements/e/"].url == "/lieux/a/facade.png"
    assert shown["/lieux/a/"].alt == "Dessin : La Maison"
    assert shown["/lieux/b/"].url.startswith("/theme/partage/")
    plan = {
        str(one.path) for one in tree.run(siteurl="https://exemple.org", image_du_soir=True).plan
    }
    assert {one for one in plan if one.endswith("facade.png")} == {"lieux/a/facade.png"}
    plain = Tree(tree.root).pages(siteurl="https://exemple.org")
    assert plain["/lieux/a/"].view().machine.image.url.startswith("/theme/partage/")


def test_the_setting_asks_for_resvg(monkeypatch):
    assert configured({"PORTAIL_IMAGE_DU_SOIR": True}).added["image_du_soir"] is True
    assert configured({}).added["image_du_soir"] is False
    monkeypatch.setattr(
        setting, "find_spec", lambda name: None if name == "resvg_py" else find_spec(name)
    )
    with pytest.raises(ConfigError, match="PORTAIL_IMAGE_DU_SOIR demande resvg : tapez « pip"):
        configured({"PORTAIL_IMAGE_DU_SOIR": True})
    with pytest.raises(ConfigError, match="PORTAIL_IMAGE_DU_SOIR"):
        configured({"PORTAIL_IMAGE_DU_SOIR": "oui"})
