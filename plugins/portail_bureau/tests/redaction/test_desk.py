"""What editors have to look at, on small trees."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doses import rows_of
from plans import contents, entry
from portail.features import FEATURES
from portail.model.kinds import Kind, ranked
from portail.model.registry import MODELS
from portail.site.kind_tables import WANTED
from portail.site.lookalikes import near_pairs, twins
from portail.site.rules.references import near
from portail_bureau.redaction.page import (
    ends,
    label_of,
    lacks,
    stale_sheets,
)


def preview(tree, files):
    return tree.site(files, preview=True)


def cells(section, name):
    """The rows of the table of that name: the slug of each, its cells."""
    return [
        [row.nom.url.split("/")[-2], *(cell[0].texte for cell in row.cellules)]
        for table in section.tables
        if table.nom == name
        for row in table.lignes
    ]


CASES = rows_of("portail_bureau/tests/redaction/bureau.yml")
SECTIONS = {"fiches": stale_sheets, "manques": lacks, "echeances": ends}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_editors_look_at(tree, case):
    section = SECTIONS[case["section"]](preview(tree, contents(case["contenus"])))
    assert cells(section, case["table"]) == case["lignes"]


def test_wanted_fields_exist_and_are_named():
    kinds = ranked(lambda info: info.wanted)
    assert len(kinds) == 6
    for kind in kinds:
        for wanted in WANTED.of(FEATURES, kind) or ():
            assert set(wanted.champs) <= MODELS[kind].model_fields.keys()
            assert wanted.pourquoi and label_of(kind, wanted)
    ways_to_reach = (WANTED.of(FEATURES, Kind.LIEU) or ())[1]
    assert label_of(Kind.LIEU, ways_to_reach) == "courriel, téléphone ou site"


WORDS = st.frozensets(st.sampled_from("atelier fusee eau musee visite jardin 1 2 nuit".split()))


@given(st.dictionaries(st.integers(0, 30), WORDS, max_size=14))
def test_no_near_title_escapes(titles):
    found = {frozenset(pair) for pair in near_pairs(titles)}
    assert found == {
        frozenset(pair)
        for pair in combinations(titles, 2)
        if near(titles[pair[0]], titles[pair[1]])
    }


def test_ten_thousand_contents_of_one_name_are_not_compared(monkeypatch):
    calls = []

    def counting(one, other):
        calls.append(1)
        return near(one, other)

    monkeypatch.setattr("portail.site.lookalikes.near", counting)
    crowd = {n: frozenset({"mediatheque", "municipale"}) for n in range(10_000)}
    assert [*near_pairs(crowd)] == []
    mixed = {
        n: frozenset({"visite", "musee", f"nom{n // 2}", f"lieu{n // 3}"}) for n in range(10_000)
    }
    assert [*near_pairs(mixed)] != []
    assert len(calls) < 200_000


def test_near_titles_in_one_commune_are_doubles(tree):
    site = preview(tree, {
        "lieux/a1": entry("lieux", titre="Muséum d’histoire naturelle"),
        "lieux/a2": entry("lieux", titre="Le muséum d’histoire naturelle"),
        "lieux/a3": entry("lieux", titre="Muséum d’histoire naturelle", commune="Lille"),
        "lieux/b": entry("lieux", titre="Médiathèque d’Amiens"),
        "articles/a": entry("articles", titre="Une pluie d’étoiles filantes"),
        "articles/b": entry("articles", titre="La pluie d’étoiles filantes"),
        "articles/c": entry("articles", titre="La pluie d’étoiles filantes", langue="en"),
        "annonces/p": entry("annonces", titre="Stage de médiation", echeance="2021-09-25"),
        "annonces/q": entry("annonces", titre="Stage de médiation"),
    })  # fmt: skip
    assert [(one.ref, other.ref) for one, other in twins(site)] == [
        ("lieux/a1", "lieux/a2"), ("articles/a", "articles/b"),
    ]  # fmt: skip
