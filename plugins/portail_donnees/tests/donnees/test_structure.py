"""What a structure takes from the portal to its own site."""

import csv
import io
import json

import pytest

from doses import rows_of
from open_data import records, written
from plans import contents, write
from portail.cli import main

CONTENTS = contents(rows_of("portail_donnees/tests/donnees/portails.yml")["structure"])
OWN = {"lieux/musee", "events/nuit", "events/jour", "articles/bilan", "annonces/stage"}


def test_a_structure_that_many_contents_name_has_a_file(tree):
    files = written(tree.site(CONTENTS))
    assert [url for url in files if url.endswith("/tout.json")] == ["/lieux/musee/tout.json"]
    document = json.loads(files["/lieux/musee/tout.json"])
    own = {one["ref"]: one for one in document["donnees"]}
    assert own.keys() == OWN and document["total"] == len(OWN)
    assert document["donnees"][0]["ref"] == "lieux/musee"
    api = {
        one["ref"]: one
        for name in ("lieux", "evenements", "articles", "annonces")
        for one in records(files.__getitem__, f"{name}.json")
    }
    assert document["index"].endswith("/api/v1/index.json")
    for ref, one in own.items():
        address = one.pop("fichier")
        there = json.loads(files[f"/api/{address.partition('/api/')[2]}"])["donnees"]
        assert [record for record in there if record["ref"] == ref] == [api[ref]]
        days = one.pop("calcule", {})
        assert ("premier_jour" in days) is ref.startswith("events/")
        assert api[ref].items() >= one.items() and api[ref]["calcule"].items() >= days.items()


@pytest.fixture
def portal(tmp_path, monkeypatch):
    write(tmp_path, CONTENTS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_command_gives_each_format(portal, capsys):
    for form in ("json", "csv"):
        there = ["lieux/musee", "--vers", "out", "--format", form, "--date", "2021-09-27"]
        assert main(["exporter", *there]) == 0
    assert f"{len(OWN) - 1} contenus" in capsys.readouterr().out
    document = json.loads((portal / "out/musee.json").read_bytes())
    assert {one["ref"] for one in document["donnees"] if "texte" in one} == OWN
    text = (portal / "out/musee.csv").read_text(encoding="utf-8-sig")
    rows = [*csv.DictReader(io.StringIO(text), delimiter=";")]
    assert {row["titre"] for row in rows} == {"La nuit", "Le jour"}


def test_a_structure_that_is_not_there_is_told(portal, capsys):
    assert main(["exporter", "lieux/muse", "--date", "2021-09-27"]) == 2
    assert "musee" in capsys.readouterr().err


def test_a_lone_structure_has_its_record(portal, capsys):
    assert main(["exporter", "club", "--date", "2021-09-27"]) == 0
    refs = [one["ref"] for one in json.loads(capsys.readouterr().out)["donnees"]]
    assert refs == ["lieux/club", "ressources/malle"]
