"""The files that keep what neighbours last said, and what editors are told of them."""

from datetime import date, timedelta
from pathlib import PurePosixPath

import pytest

from portail.cli.contents import MemoryStore
from portail.config import SiteConfig
from portail.feature import Around
from portail.features import configured, used
from portail.features.pages.voisins.copies import (
    EVENT,
    FEATURE,
    LIEUX,
    OLD_DAYS,
    Copy,
    Part,
    copy_text,
    read_copy,
    shaped,
)
from portail.features.pages.voisins.judge import load_neighbours, warnings_of
from portail.features.pages.voisins.settings import Voisin
from portail.geo.territories import Geography
from portail.model.vocabulary import Vocabularies
from portail.resources import data_dir
from voisins import event, feature

DAY = date(2022, 9, 26)
API = "https://voisin.example/sciences/api/v1/"
CONFIG = SiteConfig(
    region="Hauts-de-France",
    added={"voisins": (Voisin("Écho-Voisin", API, "Normandie"),), "voisins_dossier": "."},
)
GEOGRAPHY = Geography.load(data_dir(), "Hauts-de-France")
VOCABULARIES = Vocabularies.load(data_dir())


def copy(*rows, jour=DAY, api=API):
    parts = {
        "evenements.json": Part([["2022-10", "evenements/2022-10.json", "ab", 1]], '"a"'),
        "evenements/2022-10.json": Part(rows, sha256="ab"),
        LIEUX: Part([feature()], modifie="hier"),
    }
    return Copy(api, jour, parts)


def shown(folder, day=DAY):
    around = Around(folder, data_dir(), CONFIG, GEOGRAPHY, VOCABULARIES, day, (), MemoryStore())
    (neighbours, _) = load_neighbours(around)
    (neighbour,) = neighbours
    return neighbour


def codes(*neighbours):
    found = [*warnings_of(neighbours, PurePosixPath(".cache/voisins"))]
    assert {str(one.position.path) for one in found} <= {".cache/voisins/echo-voisin.json"}
    return [one.code for one in found]


def test_a_copy_is_read_as_it_was_written(tmp_path):
    file = tmp_path / "echo-voisin.json"
    file.write_bytes(copy_text(copy(event())))
    read = read_copy(file, API)
    assert copy_text(read) == file.read_bytes()
    assert (read.events, read.lieux) == ([event()], [feature()])
    file.write_bytes(copy_text(copy(event(titre="Nuit \ud800"))))
    assert read_copy(file, API).events[0]["titre"] == "Nuit ?", "half a sign"
    assert read_copy(file, "https://autre.example/api/v1/") is None
    assert read_copy(tmp_path / "autre.json", API) is None


def test_a_neighbour_is_what_its_copy_says(tmp_path):
    (tmp_path / "echo-voisin.json").write_bytes(copy_text(copy(event(), {}, event("b", titre=""))))
    one = shown(tmp_path)
    assert (one.slug, one.nom, one.region) == ("echo-voisin", "Écho-Voisin", "Normandie")
    assert (one.url, one.fetched, one.old, one.trouble) == (
        "https://voisin.example/sciences/", DAY, False, "",
    )  # fmt: skip
    assert [far.id for far in one.events] == ["tag:voisin.example,2021:evenements/nuit"]
    assert [far.type for far in one.lieux] == ["musee"]
    assert sum(row.count for row in one.dropped) == 2
    assert codes(one) == []
    assert shown(tmp_path) == one and repr(shown(tmp_path)) == repr(one)


def test_an_old_copy_is_shown_and_dated(tmp_path):
    data = copy_text(copy(event(), jour=DAY - timedelta(days=OLD_DAYS + 1)))
    (tmp_path / "echo-voisin.json").write_bytes(data)
    one = shown(tmp_path)
    assert one.old and len(one.events) == 1
    assert codes(one) == ["A152"]
    assert not shown(tmp_path, DAY - timedelta(days=1)).old


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: data[:-40], lambda data: b"", lambda data: b"[]", lambda data: b"[" * 100_000,
        lambda data: data.replace(b"Athene", b"Autre "), lambda data: b"\xff" + data,
        lambda data: data.replace(b'"version": 1', b'"version": 2'),
        lambda data: data.replace(b"2022-09-26", b"2022-09-27"),
        lambda data: data.replace(b'"etag"', b'"autre"'),
    ],
)  # fmt: skip
def test_a_damaged_copy_is_as_none_and_told(tmp_path, harm):
    file = tmp_path / "echo-voisin.json"
    file.write_bytes(harm(copy_text(copy(event()))))
    one = shown(tmp_path)
    assert (one.fetched, one.events, one.lieux) == (None, (), ())
    assert one.trouble and codes(one) == ["A151"]
    file.unlink()
    assert codes(shown(tmp_path)) == ["A150"], "no copy"
    file.mkdir()
    assert codes(shown(tmp_path)) == ["A151"], "a folder in its place"


def test_without_the_setting_nothing_is_asked():
    assert "voisins" not in [feature.name for feature in used(configured({}))]
    assert "voisins" not in [feature.name for feature in used(configured({"PORTAIL_VOISINS": []}))]


def test_only_what_is_shown_is_kept():
    record = shaped({**event(), "texte": "…", "inconnu": [1] * 1000}, EVENT)
    assert record.keys() == event().keys() - {"ref", "nature", "resume"}
    assert record["calcule"] == event()["calcule"]
    place = feature()
    assert shaped({**place, "type": "Feature"}, FEATURE)["properties"] == place["properties"]
    assert shaped([1], EVENT) == [1]
