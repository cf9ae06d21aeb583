"""The configuration of an editor of repositories follows the model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from plans import Tree, entry
from portail.features.services.schemas.kind_schema import kind_schema
from portail.model.kinds import FORMS
from portail.outputs.base import TextFile


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def told(tree: Tree, **settings: Any) -> dict[str, Any]:
    """What the file says."""
    result = tree.run({"lieux/musee": entry("lieux")}, cms=True, **settings)
    assert result.plan is not None
    (file,) = [one for one in result.plan if one.path == "cms/config.yml"]
    assert isinstance(file, TextFile)
    found: dict[str, Any] = json.loads("".join(file.produce()))
    return found


def test_it_is_there_when_it_is_asked_for(tree: Tree) -> None:
    result = tree.run({"lieux/musee": entry("lieux")})
    assert result.plan is not None
    assert not [one for one in result.plan if one.path.startswith("cms/")]
    assert [one["name"] for one in told(tree)["collections"]] == [kind.value for kind in FORMS]


def test_fields_and_choices_are_those_of_the_model(tree: Tree) -> None:
    collections = {one["name"]: one for one in told(tree)["collections"]}
    site = tree.site()
    left: set[str] = set()
    for kind in FORMS:
        schema = kind_schema(kind, site.vocabularies, site.geography.place)
        fields = {one["name"]: one for one in collections[kind.value]["fields"]}
        assert fields.pop("body")["widget"] == "markdown"
        assert fields.keys() <= schema["properties"].keys()
        left |= schema["properties"].keys() - fields.keys()
        for name, field in fields.items():
            own = schema["properties"][name]
            assert field["required"] is (name in schema["required"]), name
            leaf = own["items"] if own.get("type") == "array" else own
            if "enum" in leaf:
                assert [one["value"] for one in field["options"]] == [*leaf["enum"]]
            assert field.get("multiple", False) is ("enum" in leaf and own is not leaf)
        assert not {*schema["required"]} - fields.keys()
    assert left <= {"ids_externes", "reseaux_sociaux", "editions", "elements", "membres"}, left


@pytest.mark.parametrize(
    ("depot", "backend"),
    [
        ("", {"name": "test-repo"}),
        ("https://github.com/a/b", {"name": "github", "repo": "a/b", "branch": "main"}),
        (
            "https://codeberg.org/a/b",
            {"name": "gitea", "repo": "a/b", "branch": "main", "base_url": "https://codeberg.org"},
        ),
    ],
)
def test_the_repository_is_that_of_the_settings(
    tree: Tree, depot: str, backend: dict[str, str]
) -> None:
    assert told(tree, depot=depot)["backend"] == backend


def test_a_kind_that_the_portal_has_not_has_no_collection(tree: Tree) -> None:
    names = [one["name"] for one in told(tree, sans=frozenset({"annonces"}))["collections"]]
    assert "annonces" not in names and "events" in names
