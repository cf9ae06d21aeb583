"""Words of the same meaning, and the file where editors list them."""

import pytest

from doses import cases
from portail.diagnostics import DataError
from portail.model.vocabulary import Vocabularies
from portail.resources import data_dir
from portail.text.analysis import tokens
from portail.text.suggest import Synonyms

SOME = Synonyms(
    [
        ["CSTI", "culture scientifique, technique et industrielle"],
        ["expo", "exposition"],
        ["ESR", "enseignement supérieur et recherche"],
    ]
)


def positions(text):
    listed = {}
    for one in tokens(text):
        listed.setdefault(one.stem, []).append(one.position)
    return listed


def added(text):
    return SOME.joined(positions(text))


def test_a_word_brings_the_other_at_its_place():
    assert added("Les expositions et l’expo") == {
        "expo": (1,),
        positions("exposition").popitem()[0]: (3,),
    }


def test_an_acronym_brings_its_words_in_a_row():
    """So that the phrase is found between quotes: « et » has its place too."""
    whole = positions("la culture scientifique, technique et industrielle")
    assert added("La C.S.T.I.") == {stem: tuple(at) for stem, at in sorted(whole.items())}


@cases(
    ("text", "starts"),
    [
        ("enseignement supérieur et de la recherche", (0,)),
        ("l’enseignement supérieur, la recherche, l’enseignement supérieur et recherche", (0, 4)),
        ("enseignement supérieur agricole et recherche", ()),
        ("recherche et enseignement supérieur", ()),
        ("enseignement supérieur", ()),
    ],
)
def test_a_phrase_is_said_in_a_row(text, starts):
    """Only words that say nothing may stand between."""
    assert added(text).get("esr", ()) == starts


def test_groups_that_share_a_member_are_one():
    joined = Synonyms([["expo", "exposition"], ["BD", "bande dessinée"], ["Expos", "vernissage"]])
    assert [len(group) for group in joined.groups()] == [2, 3]
    assert joined == Synonyms([["BD", "bandes dessinées"], ["expo", "expositions", "vernissage"]])


def test_a_wider_word_answers_one_way():
    seas = Vocabularies.load(data_dir()).synonymes
    assert {"eau", "mer"} <= seas.joined({"ocean": [0]}).keys()
    assert seas.joined({"eau": [0], "mer": [1]}) == {}
    assert Synonyms(wider={"mer": ["océan"]}) != Synonyms()


def test_an_instance_adds_its_own(tmp_path):
    (tmp_path / "synonymes.yml").write_text("synonymes:\n  - [expo, accrochage]\n", "utf-8")
    both = Vocabularies.load(data_dir(), tmp_path).synonymes
    assert {"exposit", "accrochag"} <= both.joined({"expo": [0]}).keys()
    assert len(both.groups()) == len(Vocabularies.load(data_dir()).synonymes.groups()) >= 40
    assert "synonymes" not in Vocabularies.load(data_dir())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("synonymes:\n  - expo = exposition\n", "each line is a list of words"),
        ("synonymes:\n  - [expo, Expos]\n", "expo = Expos: nothing to join"),
        ("synonymes:\n  - [le, la]\n", "has no word that counts"),
        ("synonymes:\n  - [expo, exposition]\n  - [expos, salon]\n", "stand in two groups"),
        ("synonymes: [", "while parsing"),
        ("groupes: []\n", "synonymes"),
        ("synonymes:\n", "not iterable"),
        ("synonymes: []\ncomprend: [mer]\n", "items"),
        ("synonymes: []\ncomprend: {mer: [le]}\n", "has no word that counts"),
    ],
)
def test_a_wrong_file_is_named(tmp_path, text, why):
    (tmp_path / "synonymes.yml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=rf"synonymes\.yml: not a list of synonyms \(.*{why}"):
        Vocabularies.load(tmp_path)
