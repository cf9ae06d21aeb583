"""What editors have to look at, on small trees."""

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doses import rows_of
from plans import TODAY, contents, entry
from portail.features import FEATURES
from portail.features.pages.liens.records import Constat, followed, liens_text
from portail.model.kinds import Kind, ranked
from portail.model.registry import MODELS
from portail.site.kind_tables import WANTED
from portail.site.lookalikes import near_pairs, twins
from portail.site.rules.references import near
from portail_bureau.redaction.page import (
    dead_links,
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


def test_addresses_as_the_last_check_left_them(tree):
    day = date(2021, 9, 20)
    dead = followed(followed(None, day, Constat.MUET), TODAY, Constat.MUET)
    records = {
        "https://mort.example/": dead,
        "https://bon.example/": followed(None, day, Constat.BON),
        "https://va.example/": followed(None, day, Constat.DEPLACE, vers="https://ici.example/"),
        "https://oublie.example/": dead,
    }
    files = {
        "lieux/a": entry("lieux", site="https://va.example/"),
        "articles/b": entry("articles", "<https://mort.example/>, <https://neuf.example/>."),
        "articles/c": entry("articles", "<https://mort.example/>, <https://bon.example/>."),
    }
    site = preview(tree, files)
    assert (site.part("liens"), dead_links(site).tables) == (None, ())
    file = tree.root / ".cache" / "liens.json"
    file.parent.mkdir()
    file.write_text(liens_text(records), "utf-8")
    assert tree.site(files).part("liens") is None, "published sites do not read it"
    site = preview(tree, files)
    section = dead_links(site)
    found = cells(section, "À reprendre")
    assert [(slug, state.partition(".")[0]) for slug, _, state, _ in found] == [
        ("b", "Lien mort"), ("c", "Lien mort"), ("a", "Déplacée"),
    ]  # fmt: skip
    assert section.notes[0].startswith("Adresses jamais vérifiées : 1.")
