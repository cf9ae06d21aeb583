"""Communes by what people write, in a browser: the answers of the tables, from small files."""

import gzip
import json
import random
from types import SimpleNamespace

import pytest
from navigateur import ORIGIN

from doses import dose, rows_of
from portail.geo.names import Unknown
from portail.geo.territories import Ambiguous, Geography
from portail.resources import data_dir
from portail_contribuer.contribuer.files import plan_communes

ASK = """async ([fichiers, textes]) => {
  const mots = await import('/theme/js/contribuer-proches.js');
  const { communes } = await import('/theme/js/contribuer-communes.js');
  const lire = async (nom) => JSON.parse(fichiers[nom]);
  const trouver = communes(lire, mots);
  return Promise.all(textes.map(trouver));
}"""
TYPED = rows_of("portail_contribuer/tests/contribuer/communes.yml")


def written(region):
    """The files of a region, by name."""
    geography = Geography.load(data_dir(), region)
    tree = plan_communes(SimpleNamespace(geography=geography))
    made = dict(tree.produce())
    return geography, {name.removesuffix(".deflate"): data.decode() for name, data in made.items()}


def texts(geography):
    """What is typed, then names, numbers and other names of the tables, right or nearly."""
    yield from TYPED
    chance, names = random.Random(9), geography.names
    for row in chance.sample([*names.communes], dose(30, 400)):
        code, nom, posts, departement = row[:4]
        yield from (nom, nom.upper().replace("-", " "), f"{nom} ({departement})", code)
        yield from (posts.split()[0], f"{nom} ({posts.split()[-1]})", f"{nom} ({code})")
    for row in chance.sample([*names.communes], dose(4, 15)):
        yield f"{row[1]}s"
    for nom, code, _ in chance.sample([*names.alias], dose(6, 60)):
        yield from (nom, f"{nom} ({code[:2]})", nom.lower())


def answer(geography, text):
    found = geography.commune(text)
    if isinstance(found, Ambiguous):
        return {"candidats": [[one.code, one.nom, one.departement] for one in found.candidates]}
    return (
        {"proches": None} if isinstance(found, Unknown) else {"code": found.code, "nom": found.nom}
    )


@pytest.mark.chromium
@pytest.mark.parametrize("region", ["Hauts-de-France", pytest.param("", marks=pytest.mark.long)])
def test_the_same_communes_are_found(kept, region, monkeypatch):
    # What Python would propose is not compared: each looks for it among all the communes.
    monkeypatch.setattr("portail.geo.names.ranked", lambda *_, **__: [])
    geography, files = written(region)
    asked = [*dict.fromkeys(texts(geography))]
    assert len(asked) > dose(250, 2000)
    kept.goto(f"{ORIGIN}/")
    found = kept.evaluate(ASK, [files, asked])
    unknown = {
        text: one["proches"] for text, one in zip(asked, found, strict=True) if "proches" in one
    }
    other = [
        (text, expected, got)
        for text, got in zip(asked, found, strict=True)
        if (expected := answer(geography, text))
        != (got | ({"proches": None} if "proches" in got else {}))
    ]
    assert other[:10] == [], len(other)
    assert all(len(near) <= 3 for near in unknown.values())
    if region:
        assert unknown["Wizernnes"][0] == "Wizernes"
    for near in unknown.values():
        assert all(not isinstance(geography.commune(one), Unknown) for one in near), near


def test_files_are_few_and_hold_every_commune():
    geography, files = written("Hauts-de-France")
    heaviest = max(len(gzip.compress(text.encode(), mtime=0)) for text in files.values())
    assert (len(files) <= 30, heaviest < 46_000) == (True, True), (len(files), heaviest)
    index = json.loads(files.pop("index"))
    assert {f"noms-{rank}" for rank, _ in enumerate(index["noms"])} <= files.keys()
    assert index["ici"] == ["02", "59", "60", "62", "80"]
    codes = {
        line.split(",")[1]
        for name, text in files.items()
        if name.startswith("noms-")
        for line in json.loads(text)["lignes"]
    }
    assert codes == {row[0] for row in geography.names.communes}
