"""What stored records depend on besides their file."""

import shutil
from pathlib import Path

import pytest

from portail import pipeline
from portail.pipeline import domain_salt


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "themes.yml").write_text("valeurs: []")
    (folder / "communes.csv").write_text("code\n")
    return folder


def test_the_same_for_the_same_bytes_wherever_they_are(data, tmp_path):
    copy = tmp_path / "ailleurs"
    shutil.copytree(data, copy)
    assert domain_salt(data) == domain_salt(copy)
    assert len(domain_salt(data)) == 32


def test_it_changes_with_a_table(data):
    seen = {domain_salt(data)}
    (data / "themes.yml").write_text("valeurs: [ ]")
    seen.add(domain_salt(data))
    (data / "communes.csv").rename(data / "communes2.csv")
    seen.add(domain_salt(data))
    (data / "communes2.csv").unlink()
    seen.add(domain_salt(data))
    assert len(seen) == 4


def test_a_byte_from_one_table_to_the_next_is_a_change(data):
    (data / "a.csv").write_text("xy")
    (data / "b.csv").write_text("z")
    before = domain_salt(data)
    (data / "a.csv").write_text("x")
    (data / "b.csv").write_text("yz")
    assert domain_salt(data) != before


def test_it_changes_with_the_region(data):
    assert len({domain_salt(data, region) for region in ("", "Bretagne", "Corse")}) == 3


def test_it_changes_with_our_code(data, tmp_path, monkeypatch):
    package = tmp_path / "portail"
    shutil.copytree(Path(pipeline.__file__).parent, package, ignore=shutil.ignore_patterns("*.pyc"))
    monkeypatch.setattr(pipeline, "CODE", (package,))
    before = domain_salt(data)
    (package / "site" / "draft.py").write_text("# autre\n")
    assert domain_salt(data) != before
    monkeypatch.setattr(pipeline, "RENDERER_VERSION", "autre")
    assert domain_salt(data) != before
