"""The layer of an identity is drawn once, and again when something that it is made of changes."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image

from portail.config import SiteConfig
from portail.files import files_below
from portail_identite import layer
from portail_identite.settings import Logo

COLOURS = "#0A5C7A"


@dataclass
class Instance:
    """The folders and settings of an instance; ``drawn`` counts the layers that were made."""

    theme: Path
    data: Path
    root: Path
    colours: str = COLOURS
    drawn: list[int] = field(default_factory=list)

    def files(self, cache):
        """The files of the layer, by name."""
        logo = Logo("logo.png", icone="logo.png")
        added = {"couleur": self.colours, "logo": logo}
        config = SiteConfig(region="Hauts-de-France", added=added)
        layer.dressed(self.theme, self.data, config, self.root, cache)
        static = cache / "identite/static"
        return {str(path.relative_to(static)): path.read_bytes() for path in files_below(static)}


@pytest.fixture
def instance(tmp_path, racine, monkeypatch):
    one = Instance(tmp_path / "theme", tmp_path / "data", tmp_path / "portail")
    shutil.copytree(racine / "data", one.data)
    shutil.copytree(racine / "theme/static", one.theme / "static")
    for path in (one.theme / "static/partage").glob("*.png"):
        Image.new("P", (120, 63)).save(path)
    one.root.mkdir()
    Image.new("RGB", (512, 512), (200, 30, 40)).save(one.root / "logo.png")
    make = layer._files

    def counted(*given):
        one.drawn.append(1)
        return make(*given)

    monkeypatch.setattr(layer, "_files", counted)
    return one


def test_what_nothing_changes_is_drawn_once(instance, tmp_path):
    first = instance.files(tmp_path / "cache")
    assert {"css/tokens.css", "icons/icone-192.png", "partage/portail.png"} <= first.keys()
    assert instance.files(tmp_path / "cache") == first
    assert len(instance.drawn) == 1


def colour(instance, cache):
    instance.colours = "#7A0A5C"


def logo(instance, cache):
    Image.new("RGB", (512, 512), (20, 130, 40)).save(instance.root / "logo.png")


def shared(instance, cache):
    path = instance.theme / "static/partage/portail.png"
    Image.new("P", (240, 126)).save(path)


def sheet(instance, cache):
    path = instance.theme / "static/css/tokens.css"
    path.write_text(path.read_text("utf-8").replace("#FBF9F3", "#FAFAFA"), "utf-8")


def theme(instance, cache):
    (path,) = instance.data.rglob("themes.yml")
    text = path.read_text("utf-8")
    path.write_text(f"{text}  - {{code: mer, label: Mer, pluriel: Mer, teinte: opale}}\n", "utf-8")


def spoilt(instance, cache):
    (cache / "identite/static/icons/icone-192.png").write_bytes(b"")


def gone(instance, cache):
    (cache / "identite/static/css/tokens.css").unlink()


@pytest.mark.parametrize("change", [colour, logo, shared, sheet, theme, spoilt, gone])
def test_a_change_is_drawn(instance, tmp_path, change):
    before = instance.files(tmp_path / "cache")
    change(instance, tmp_path / "cache")
    after = instance.files(tmp_path / "cache")
    assert len(instance.drawn) == 2
    assert after == instance.files(tmp_path / "neuf")
    assert (after == before) is (change in (spoilt, gone))
