"""The configuration of the visual editor, read by the schema that its program ships."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from plans import Tree, entry
from portail.contributions import ContributionConfig
from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail.outputs.admin.collections import EDITED
from portail.outputs.admin.fields import LEFT_OUT
from portail.outputs.admin.output import AdminOutput, AdminView
from portail.outputs.base import TemplatePage, TextFile
from portail.outputs.headers import editor_policy, headers_file
from portail.schemas.fields import fields_of

GITHUB = "https://github.com/exemple/portail"
DEPOTS = (GITHUB, "https://framagit.org/groupe/sous/portail.git", "https://codeberg.org/a/b/")


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def planned(tree: Tree, files: dict[str, str], **settings: Any) -> list[Any]:
    return [*AdminOutput().plan(tree.site(files, **settings))]


def config_of(tree: Tree, files: dict[str, str] | None = None, **settings: Any) -> dict[str, Any]:
    """The configuration of the editor, as it is published."""
    page, text = planned(tree, files or {"pages/charte": entry("pages")}, **settings)
    assert (type(page), type(text)) == (TemplatePage, TextFile)
    assert (page.url, text.url, page.sitemap) == ("/admin/", "/admin/config.yml", None)
    told: dict[str, Any] = yaml.safe_load("".join(text.produce()))
    return told


def collection(told: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = (one for one in told["collections"] if one["name"] == name)
    return dict(found)


def fields_by_name(held: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in held["fields"]}


@pytest.mark.parametrize("depot", DEPOTS)
def test_the_configuration_is_as_the_program_wants(tree: Tree, racine: Path, depot: str) -> None:
    schema = json.loads((racine / "tests/data/sveltia-cms.schema.json").read_text("utf-8"))
    told = config_of(tree, depot=depot, siteurl="https://portail.example.org/base")
    errors = [error.message[:200] for error in Draft7Validator(schema).iter_errors(told)]
    assert errors == []
    # The schema lets unknown words through in places: it must be able to refuse.
    told["collections"][0]["fields"][0]["widget"] = "string"
    told["collections"][0]["folder"] = 3
    assert [*Draft7Validator(schema).iter_errors(told)]


@pytest.mark.parametrize("depot", ["", "https://forge.example.org/a/b", "https://github.com/seul"])
def test_an_unknown_forge_has_no_editor(tree: Tree, depot: str) -> None:
    assert planned(tree, {"pages/charte": entry("pages")}, depot=depot) == []


def test_how_each_forge_is_reached(tree: Tree) -> None:
    github, gitlab, forgejo = (config_of(tree, depot=one) for one in DEPOTS)
    assert github["backend"]["repo"] == "exemple/portail"
    assert github["backend"]["open_authoring"] is True
    assert github["backend"]["auth_scope"] == "public_repo"
    assert github["backend"]["auth_methods"] == ["token"]
    assert gitlab["backend"]["repo"] == "groupe/sous/portail"
    assert gitlab["backend"]["api_root"] == "https://framagit.org/api/v4"
    assert forgejo["backend"]["api_root"] == "https://codeberg.org/api/v1"
    assert github["publish_mode"] == gitlab["publish_mode"] == "editorial_workflow"
    assert "publish_mode" not in forgejo


def test_a_relay_takes_the_place_of_the_token(tree: Tree) -> None:
    relay = ContributionConfig(relais="https://relais.example.org/github/auth")
    files = {"pages/charte": entry("pages")}
    page, text = planned(tree, files, depot=GITHUB, contributions=relay)
    backend = yaml.safe_load("".join(text.produce()))["backend"]
    assert backend["base_url"] == "https://relais.example.org"
    assert backend["auth_endpoint"] == "github/auth"
    assert "auth_methods" not in backend
    view = page.view()
    assert isinstance(view, AdminView)
    assert view.relais == "relais.example.org"
    assert " https://relais.example.org; " in editor_policy(view.hotes)


def test_every_field_of_a_kind_is_there(tree: Tree) -> None:
    told = config_of(tree, depot=GITHUB)
    for kind in EDITED:
        names = [one["name"] for one in collection(told, kind.value)["fields"]]
        wanted = {name for name, _ in fields_of(MODELS[kind])} - LEFT_OUT
        assert sorted(names) == sorted({*wanted, "body"}), kind
    assert {Kind.NEWSLETTER, Kind.TEMPS_FORT} == set(Kind) - set(EDITED)


def test_what_a_field_asks(tree: Tree) -> None:
    told = config_of(tree, depot=GITHUB)
    event = fields_by_name(collection(told, "events"))
    assert (event["titre"]["required"], event["titre"]["maxlength"]) == (True, 140)
    assert event["publie_le"]["default"] == "{{now}}" and event["publie_le"]["type"] == "date"
    assert event["format"]["options"][0].keys() == {"label", "value"}
    assert (event["format"]["multiple"], event["format"]["min"], event["format"]["max"]) == (
        True, 1, 2,
    )  # fmt: skip
    assert event["lieu"]["collection"] == "lieux" and not event["lieu"]["required"]
    assert event["organisateurs"]["widget"] == "list"
    assert event["evenement_parent"]["widget"] == "string"
    assert event["seances"]["fields"][0]["required"] is True
    assert event["body"]["modes"][0] == "raw"
    for name in ("debut", "fin"):
        pattern, said = event[name]["pattern"]
        assert event[name]["widget"] == "string" and "journée entière" in said, pattern
    assert "*" not in event["titre"]["hint"].replace("\\*", "")


def test_contents_in_folders_have_a_collection(tree: Tree, tmp_path: Path) -> None:
    files = {"articles/a": entry("articles"), "articles/b/index": entry("articles")}
    told = config_of(tree, files, depot=GITHUB)
    assert collection(told, "articles-en-dossier")["path"] == "{{slug}}/index"
    alone = Tree(tmp_path / "autre")
    told = config_of(alone, {"articles/a": entry("articles")}, depot=GITHUB)
    assert "articles-en-dossier" not in {one["name"] for one in told["collections"]}


def test_headers_say_what_the_page_says() -> None:
    lines = "".join(
        headers_file("", ["admin/index.html", "index.html"], [], (), (), ("https://a.b",))
    )
    rule = lines.split("/admin/*\n")[1].split("\n/")[0]
    assert f"Content-Security-Policy: {editor_policy(('https://a.b',))}; frame-ancestors" in rule
    assert "'unsafe-inline'" not in lines.split("\n/\n")[1].split("\n/")[0]
    with pytest.raises(ValueError, match="origin"):
        editor_policy(["https://a.b; script-src *"])


def test_the_program_is_the_one_that_was_read(racine: Path) -> None:
    listed = (racine / "outils/sveltia.sha256").read_text("utf-8").splitlines()
    names = set()
    for line in listed:
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((racine / name).read_bytes()).hexdigest() == digest, name
        names.add(name)
    folder = racine / "theme/static/admin"
    there = {path.relative_to(racine).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert there <= names


def test_icons_that_are_named_are_kept(racine: Path) -> None:
    source = (racine / "outils/sveltia.py").read_text("utf-8")
    assert all(f'"{icon}"' in source for icon in EDITED.values())
