"""The year of a structure, beside its like and what it declares; its work."""

import pytest

from bilans import column, demonstration
from plans import Tree, entry
from portail_bureau.chiffres.structure import LIKE, structure
from relecture import files, named_by, times_of
from work import calls


def own(slug, year):
    """Events that a structure organises or hosts in a year."""
    return {
        name: one
        for name, one in files("events").items()
        if times_of(one, year) and slug in named_by(one, "organisateurs") | named_by(one, "lieu")
    }


@pytest.mark.xdist_group("tests/faits/")  # it reads the demonstration too
def test_it_is_beside_its_like_and_what_it_declares():
    bilan = structure(demonstration(), "lieux/la-coupole", 2021)
    kind = files("lieux")["la-coupole"]["type"]
    like = [slug for slug, one in files("lieux").items() if one["type"] == kind]
    assert len(like) >= LIKE
    mean = sum(len(own(slug, 2021)) for slug in like) / len(like)
    (row,) = (one for one in bilan.table("annee").lignes
              if one.label == "Rendez-vous")  # fmt: skip
    assert row.values[-1] == round(mean, 1)
    declared = {
        one["libelle"]: str(one["valeur"])
        for one in files("lieux")["la-coupole"]["chiffres"]
        if one.get("annee") == 2021
    }
    assert column(bilan, "declares") == declared


def test_work_grows_as_contents_do(tmp_path):
    def work(count):
        files = {f"lieux/l{rank}": entry("lieux", type="association") for rank in range(count)}
        for rank in range(count):
            both = {"lieu": f"l{rank}", "organisateurs": [f"l{rank // 2}"]}
            files[f"events/e{rank}"] = entry("events", debut="2021-03-09", **both)
        site = Tree(tmp_path / str(count)).site(files)
        return calls(lambda: structure(site, "lieux/l0", 2021))

    assert work(200) < 2.5 * work(100)
