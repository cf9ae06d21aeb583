"""The libraries of others are what the script makes, whole and light, with their licences."""

import gzip
import hashlib
import re

import pytest

import tiers
from portail_pelican.assets import script
from tiers import LIBRARIES, SUMS


def test_each_committed_file_is_the_scripts(racine):
    wanted = {path for one in LIBRARIES for path in (one.module, one.licences)}
    assert {path.name for path in wanted} == {*SUMS}
    for path in wanted:
        found = hashlib.sha256((racine / path).read_bytes()).hexdigest()
        assert found == SUMS[path.name], path


def test_there_are_no_others(racine):
    assert sorted(path.name for path in (racine / tiers.MODULES).iterdir()) == sorted(
        one.module.name for one in LIBRARIES
    )
    found = (racine / tiers.LICENCES).glob("tiers-*")
    assert sorted(path.name for path in found) == sorted(one.licences.name for one in LIBRARIES)


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda one: one.packages[0].name)
def test_a_module_is_whole_and_published_as_it_is(library, racine):
    source = (racine / library.module).read_text(encoding="utf-8")
    assert script(source) == source
    assert len(gzip.compress(source.encode(), 9)) <= tiers.BUDGET
    assert source.startswith("/*! ") and library.licence in source.splitlines()[0]
    # It asks for nothing else, and makes no code from a text, which the policy refuses.
    assert not re.search(r"\bimport\b[^;]{0,200}\bfrom\b|\bimport\(|\beval\(|new Function", source)
    assert "export{" in source or "export default" in source


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda one: one.packages[0].name)
def test_its_licences_are_there_and_listed(library, racine):
    text = (racine / library.licences).read_text(encoding="utf-8")
    for package in library.packages:
        assert f"{package.name} {package.version}\n" in text
    listed = (racine / "composants/README.md").read_text(encoding="utf-8")
    assert f"({library.licences.name})" in listed
