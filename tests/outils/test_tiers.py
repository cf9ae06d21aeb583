"""The libraries of others are whole and light, with their licences, of the versions of the lock."""

import gzip
import re

import pytest

import npm
from drawn_pages import theme_files
from portail_pelican.assets import script
from tiers import LIBRARIES

BUDGET = 45_000
"""Largest size of one module sent with gzip, in bytes."""
each = pytest.mark.parametrize("library", LIBRARIES, ids=lambda one: one.name)


def test_there_are_no_others(racine):
    files = theme_files("static/js/tiers/*").values()
    assert sorted(files) == sorted(one.module for one in LIBRARIES)
    assert sorted((racine / "composants").glob("tiers-*")) == sorted(
        one.licences for one in LIBRARIES
    )


@each
def test_it_is_made_of_what_the_lock_has(library):
    assert {name: npm.pinned(name).version for name in library.packages} == library.packages
    main, version = next(iter(library.packages.items()))
    assert library.name == f"{main}-{version}.js", "npm run tiers"


@each
def test_a_module_is_whole_and_published_as_it_is(library, racine):
    source = library.module.read_text("utf-8")
    assert script(source) == source
    assert len(gzip.compress(source.encode(), 9)) <= BUDGET
    entry = (racine / "outils/tiers" / library.name).read_text("utf-8")
    assert source.partition("\n")[0] == entry.partition("\n")[0]
    # It asks for nothing else, and makes no code from a text, which the policy refuses.
    assert not re.search(r"\bimport\b[^;]{0,200}\bfrom\b|\bimport\(|\beval\(|new Function", source)
    assert "export{" in source or "export default" in source
    assert "data:image/gif" not in source


@each
def test_its_licences_are_there_and_listed(library, racine):
    text = library.licences.read_text("utf-8")
    for name, version in library.packages.items():
        assert f"{name} {version}\n" in text
    listed = (racine / "composants/README.md").read_text("utf-8")
    assert f"({library.licences.name})" in listed
