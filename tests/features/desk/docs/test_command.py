"""``portail docs``: documents that follow the models, and the command that keeps them so."""

import json
import posixpath
import re
import shutil
from datetime import date
from functools import cache

import pytest
from jsonschema import Draft202012Validator

from checkout import ROOT
from plans import result_of
from portail import cli
from portail.codes import all_codes
from portail.config import SiteConfig
from portail.day import Day
from portail.features.desk.docs import command
from portail.features.desk.docs.command import MADE, documents, guides
from portail.features.services.schemas.examples import examples
from portail.features.services.schemas.kind_schema import kind_schema, typed_example
from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail.resources import data_dir, docs_dir, over
from portail.terminal.readable import one_line
from tables import lists

EXAMPLES = examples()
VOCABULARIES = lists()
EVERY_KIND = pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)


@cache
def known():
    """The documents, made when a test looks at them."""
    return documents(VOCABULARIES)


@cache
def schema_of(kind):
    """The canonical schema of a kind, that of forms."""
    return kind_schema(kind, VOCABULARIES)


def test_the_documents_of_the_repository_are_up_to_date():
    assert cli.main(["docs", "--check", "--dossier", str(ROOT / "docs")]) == 0


def test_written_then_compared(tmp_path, capsys):
    folder = tmp_path / "docs"
    call = ["docs", "--dossier", str(folder)]
    assert cli.main(call) == 0
    written = known().keys() | guides(folder).keys()
    assert f"{len(written)} documents changent." in capsys.readouterr().out
    assert cli.main([*call, "--check"]) == 0
    (folder / "champs" / "schemas" / "disparu.schema.json").write_text("{}")
    assert cli.main(call) == 0
    assert cli.main([*call, "--check"]) == 0
    assert not (folder / "champs" / "schemas" / "disparu.schema.json").exists()
    shutil.rmtree(folder / MADE)
    assert cli.main([*call, "--check"]) == 0, "what is made is not committed"
    assert f"docs/{MADE}/" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


def test_an_instance_has_its_own_lists_and_place_and_the_guides_of_the_version_installed(
    tmp_path, monkeypatch
):
    (tmp_path / "data").mkdir()
    genres = (data_dir() / "genres.yml").read_text("utf-8").rstrip()
    own = f"{genres}\n  - {{code: conte, label: conte}}\n"
    (tmp_path / "data/genres.yml").write_text(own, "utf-8")
    (tmp_path / "pelicanconf.py").write_text('PORTAIL_REGION = "Normandie"\n')
    monkeypatch.chdir(tmp_path)
    assert cli.main(["docs"]) == 0
    page = (tmp_path / "docs" / MADE / "articles.md").read_text("utf-8")
    assert "| `conte` | conte |" in page
    events = (tmp_path / "docs" / MADE / "events.md").read_text("utf-8")
    assert events != known()[f"{MADE}/events.md"], "places of Normandie are its examples"
    guide = tmp_path / "docs/redaction/fichier.md"
    assert guide.read_bytes() == (ROOT / "docs/redaction/fichier.md").read_bytes()
    dead = [
        f"{page.relative_to(tmp_path)}: {target}"
        for page in (tmp_path / "docs").rglob("*.md")
        if page.parent.name != "exemples"
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text("utf-8"))
        if "/" in target and target.startswith("..") and not (page.parent / target).exists()
    ]
    assert dead == []
    guide.write_text("Celui d’avant.", "utf-8")
    assert cli.main(["docs"]) == 0
    assert guide.read_bytes() == (ROOT / "docs/redaction/fichier.md").read_bytes()


def test_guides_of_packages_lie_among_the_others_and_go_with_them(tmp_path, monkeypatch):
    room = "redaction"
    page = b"# Aux abeilles\n\nVoir [le retrait](../../../../docs/redaction/retraits.md#x).\n"
    (tmp_path / "ruche/docs" / room).mkdir(parents=True)
    (tmp_path / "ruche/docs" / room / "abeilles.md").write_bytes(page)
    base = docs_dir()
    monkeypatch.setattr(command, "brought", lambda name: over(base, tmp_path / "ruche" / name))
    found = guides(tmp_path / "docs")
    assert found[f"{room}/abeilles.md"].endswith(b"[le retrait](../redaction/retraits.md#x).\n")
    index = found[f"{room}/README.md"].decode()
    assert "(retraits.md)" in index and "lettre.md" not in index and "plugins" not in index


def test_the_examples_are_a_portal_that_says_to_be_one(tmp_path):
    for kind in Kind:
        file = tmp_path / "content" / kind.value / f"{EXAMPLES[kind].nom}.md"
        file.parent.mkdir(parents=True)
        file.write_text(known()[f"champs/exemples/{kind.value}.md"], "utf-8")
    day = Day(date(2027, 9, 27), pinned=True)
    report = result_of(tmp_path / "content", SiteConfig(region="Hauts-de-France"), day).report
    # None of them can be published as it is without being told.
    assert {item.code for item in report} == {"A154"}, [one_line(item) for item in report]
    assert {item.position.path.parent.name for item in report} == {kind.value for kind in Kind} - {
        "pages"
    }


@EVERY_KIND
def test_a_field_page_tells_every_field_and_only_codes_that_exist(kind):
    page = known()[f"champs/{kind.value}.md"]
    top = page.partition("## Groupes de champs")[0]
    told = re.findall(r"^\| `([a-z_]+)` \| \*\*", top, re.MULTILINE)
    assert sorted(told) == sorted(set(MODELS[kind].model_fields) - {"slug", "source"})
    assert {"titre"} <= set(told)
    for code in re.findall(r"\[([EAC]\d{3})\]", page):
        assert code in all_codes()
    for row in page.splitlines():
        if row.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", row)) in (3, 6), row
    anchors = {f"liste-{name}" for name in re.findall(r"^### Liste (\S+)$", page, re.MULTILINE)}
    assert set(re.findall(r"\(#(liste-[a-z-]+)\)", page)) == anchors


def schemas_in(schema):
    """``schema`` and all those inside it."""
    inside = [*schema.get("properties", {}).values(), *schema.get("anyOf", ())]
    inside += [schema.get("items"), schema.get("additionalProperties")]
    return [schema, *(s for one in inside if isinstance(one, dict) for s in schemas_in(one))]


def helped(schema):
    """The keys of a schema and of all those inside it, with their help and their lists."""
    for name, field in schema.get("properties", {}).items():
        yield name, field["title"], field["description"]
        yield from helped(field)
    listed = schema.get("items") or schema.get("anyOf", [{}])[0].get("items")
    if listed:
        yield from helped(listed)
    elif "properties" not in schema:
        yield from schema.get("enum") or schema.get("anyOf", [{}])[0].get("enum", ())


@EVERY_KIND
def test_a_schema_is_valid_and_so_are_its_examples(kind):
    schema = schema_of(kind)
    Draft202012Validator.check_schema(schema)
    example = typed_example(dict(EXAMPLES[kind].champs), schema)
    assert not list(Draft202012Validator(schema).iter_errors(example))
    for one in schemas_in(schema):
        for example in one.get("examples", ()):
            assert not list(Draft202012Validator(one).iter_errors(example)), (example, one)
        for error in one.get("x-erreurs", {}).values():
            assert error["code"] in all_codes()
            assert error["message"]
        if "properties" in one:
            for name, field in one["properties"].items():
                assert field["title"], name
                assert field["description"], name
                assert field.get("x-erreurs"), name
    written = json.loads(known()[f"champs/schemas/{kind.value}.schema.json"])
    Draft202012Validator.check_schema(written)
    assert [*helped(written)] == [*helped(schema)]
    assert Draft202012Validator(written).is_valid(
        {name: object() for name in written["properties"]}
    )
    assert written["$id"] == f"{kind.value}.schema.json"


def test_constraints_say_what_the_check_says():
    image = schema_of(Kind.ARTICLE)["properties"]["image"]["properties"]["alt"]
    assert image["x-erreurs"]["required"]["code"] == "E224"
    title = schema_of(Kind.ARTICLE)["properties"]["titre"]["x-erreurs"]
    assert title["required"]["message"] == "Le champ « titre » manque."
    assert title["maxLength"] == {
        "code": "E205",
        "message": "« titre » compte {longueur} signes ; la limite est de 140.",
        "remede": "Raccourcissez-le : les détails vont dans le texte, sous l’en-tête.",
    }


def test_the_index_lists_every_code():
    index = known()["champs/codes.md"]
    assert re.findall(r"^- \[(\w+)\]\(codes/(\w+)\.md\)", index, re.MULTILINE) == sorted(
        [(code, code) for code in all_codes()],
        key=lambda row: (row[0][1], "EAC".index(row[0][0]), row),
    )


def test_links_of_the_documents_lead_somewhere():
    for name, text in known().items():
        if not name.startswith(("champs/exemples/", "champs/codes/")):
            for target in re.findall(r"\]\(([^)#:]+)\)", text):
                there = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
                assert there in known(), target
