"""The list of parts: what its schema asks, whole, of today; no part without a known licence."""

import hashlib
import json
import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata

import pytest
import yaml
from jsonschema import Draft7Validator
from referencing import Registry, Resource

import npm
import sbom
from checkout import ROOT
from tiers import LIBRARIES

SCHEMAS = ROOT / "tests/data/cyclonedx"


def schema(name):
    """A schema of CycloneDX, as its authors publish it."""
    return json.loads((SCHEMAS / f"{name}.SNAPSHOT.schema.json").read_bytes())


@pytest.fixture(scope="module")
def told():
    """The file of the repository."""
    return json.loads(sbom.TARGET.read_bytes())


def locked(*names):
    """Names and versions of requirement files."""
    texts = "".join((ROOT / name).read_text(encoding="utf-8") for name in names)
    return dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", texts, re.MULTILINE))


def licences(part):
    """The SPDX expression of a part."""
    (one,) = part["licenses"]
    return str(one.get("expression") or one["license"]["id"])


def test_it_is_that_of_today():
    assert sbom.main(["--check"]) == 0, "make sbom"


def test_it_follows_the_schema_of_cyclonedx(told):
    whole = schema("bom-1.6")
    folder = whole["$id"].rpartition("/")[0]
    known = Registry().with_resources(
        (f"{folder}/{name}.SNAPSHOT.schema.json", Resource.from_contents(schema(name)))
        for name in ("spdx", "jsf-0.82")
    )
    judge = Draft7Validator(whole, registry=known)
    assert [*judge.iter_errors(told)] == []
    wrong = {**told, "components": [{**told["components"][0], "scope": "maybe"}]}
    assert [*judge.iter_errors(wrong)]


def test_it_has_every_package_that_is_installed(told):
    python = [one for one in told["components"] if one["bom-ref"].startswith("pypi/")]
    found = {one["name"]: one["version"] for one in python}
    everything = ("requirements-build.txt", "requirements.txt", "requirements-dev.txt")
    assert found == locked(*everything)
    required = {one["name"] for one in python if one["scope"] == "required"}
    assert required == {*locked("requirements.txt")} - {"babel", "resvg-py"}, (
        "extras of the demonstration"
    )


def test_parts_have_one_name_each_and_know_each_other(told):
    names = [one["bom-ref"] for one in told["components"]]
    assert len(names) == len({*names})
    rows = told["dependencies"]
    assert {need for row in rows for need in row["dependsOn"]} <= {*names}
    assert {row["ref"] for row in rows} <= {*names, "portail"}


def test_files_of_others_are_those_of_the_repository(told):
    files = {one["name"]: one for one in told["components"] if "purl" not in one}
    for name, one in files.items():
        found = hashlib.sha256((ROOT / name).read_bytes()).hexdigest()
        assert [row["content"] for row in one["hashes"]] == [found], name
    assert files.keys() >= {"data/communes.csv", "data/vacances.yml"}
    assert files.keys() >= {library.module.relative_to(ROOT).as_posix() for library in LIBRARIES}
    assert {licences(one) for name, one in files.items() if name.endswith(".woff2")} == {"OFL-1.1"}


def test_licences_are_what_packages_say_of_themselves():
    spdx = {*schema("spdx")["enum"]}
    for part, expression in sbom.licences().items():
        names = {*re.split(r" AND | OR ", expression)}
        assert {one for one in names if not one.startswith("LicenseRef-")} <= spdx, part
        kind, _, name = part.partition("/")
        if kind == "pypi":
            try:
                said = metadata(name).get("License-Expression")
            except PackageNotFoundError:  # of another system
                continue
            assert not said or said == expression, part


def test_a_library_of_the_theme_has_the_licences_of_its_packages():
    known = sbom.licences()
    for library in LIBRARIES:
        packages = {known[f"npm/{one}"] for one in library.packages}
        assert packages == {*library.licence.split(" AND ")}
        assert {
            *sbom.annotated(library.module.relative_to(ROOT).as_posix())[0].split(" AND ")
        } == packages


def test_what_the_theme_takes_from_npm_is_listed_apart_from_tools():
    libraries = {package for library in LIBRARIES for package in library.packages}
    listed = {one.name for one in npm.listed("dependencies")}
    listed -= {"@sveltia/cms", "yaml"}  # of a package, beside it
    assert {one for one in listed if not one.startswith("@fontsource")} == libraries
    assert npm.pinned("@esbuild/linux-x64") in npm.listed("devDependencies")


def test_tables_have_the_licence_that_they_say():
    names = {"CC0-1.0": "CC0-1.0", "Licence Ouverte 2.0": "etalab-2.0"}
    for path in sorted((ROOT / "data").glob("*.yml")):
        said = yaml.safe_load(path.read_text(encoding="utf-8")).get("licence")
        if said:
            assert sbom.annotated(f"data/{path.name}")[0] == names[said], path.name


@pytest.mark.parametrize(
    ("part", "licence", "word"),
    [
        ("pypi/lxml", "", "unknown"),
        ("pypi/lxml", "GPL-2.0-only", "GPL-2.0-only"),
        ("pypi/lxml", "MIT AND SSPL-1.0", "SSPL-1.0"),
        ("pypi/left-pad", "MIT", "left-pad"),
    ],
)
def test_a_part_that_is_gone_or_without_a_licence_that_suits_stops_it(
    monkeypatch,
    capsys,
    part,
    licence,
    word,
):
    known = sbom.licences() | {part: licence}
    monkeypatch.setattr(sbom, "licences", lambda: known)
    assert sbom.main(["--check"]) == 2
    told = capsys.readouterr().err
    assert part.partition("/")[2] in told and word in told


def test_each_licence_has_its_text_by_its_name_and_nothing_else_does(racine):
    """What REUSE checks; the distribution names each of what it carries."""
    rows = tomllib.loads((racine / "REUSE.toml").read_text("utf-8"))["annotations"]
    named = {name for row in rows for name in row["SPDX-License-Identifier"].split(" AND ")}
    assert {one.name for one in (racine / "LICENSES").iterdir()} == {f"{it}.txt" for it in named}
    project = tomllib.loads((racine / "pyproject.toml").read_text("utf-8"))["project"]
    tests_alone = {"Apache-2.0", "CC-BY-SA-3.0"}
    assert named - tests_alone <= {*project["license"].split(" AND ")}
