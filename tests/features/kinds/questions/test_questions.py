"""A question waits, an article of a structure answers it: each leads to the other."""

import pytest

from plans import entry, said
from portail.features.kinds.questions.answers import BOARD
from portail.model.kinds import Kind
from portail.outputs.base import reader_of


def question(**fields):
    return entry("annonces", **{"categorie": "question", "titre": "Dorment-ils ?", **fields})


def reponse(**fields):
    known = {"genre": "question", "auteurs": ["labo"], "question": "vers", "titre": "Oui et non"}
    return entry("articles", **{**known, **fields})


LABO = {"lieux/labo": entry("lieux", titre="Laboratoire")}
FILES = {**LABO, "annonces/vers": question(), "annonces/ciel": question(titre="Pourquoi bleu ?")}


def test_an_article_closes_a_question_once_it_is_out(tree):
    site = tree.site({**FILES, "articles/sommeil": reponse(publie_le="2021-10-20")})
    assert not site.items["annonces/vers"].is_over
    site = tree.site({"articles/sommeil": reponse()})
    assert site.items["annonces/vers"].is_answered
    assert site.items["annonces/vers"].is_over
    assert not site.items["annonces/ciel"].is_over


def test_both_pages_lead_to_each_other(tree):
    view = tree.view("/annonces/vers/", {**FILES, "articles/sommeil": reponse()})
    assert view.message.titre == "C’est répondu"
    assert [(one.texte, one.url, one.note) for one in view.message.liens] == [
        ("Oui et non", "/articles/sommeil/", "Laboratoire")
    ]
    view = tree.view("/articles/sommeil/", {})
    told = {one.libelle: one.valeurs for one in view.faits}
    assert [(one.texte, one.url) for one in told["Répond à"]] == [
        ("Dorment-ils ?", "/annonces/vers/")
    ]


def test_pages_see_that_a_question_long_over_is_answered(tree):
    """Its file is the same, and its day was past already."""
    files = {**FILES, "annonces/vers": question(publie_le="2021-05-01", echeance="2021-06-01")}
    before = reader_of(tree.site(files))
    assert before.raw.items["annonces/vers"].is_over
    after = reader_of(tree.site({**files, "articles/sommeil": reponse()}))
    changed = {ref for ref in files if before.digest(f"tete {ref}") != after.digest(f"tete {ref}")}
    assert changed == {"annonces/vers"}


def test_the_page_says_what_waits_then_what_is_answered(tree):
    view = tree.view("/questions/", {**FILES, "articles/sommeil": reponse()})
    assert [(one.titre, [card.ref for card in one.cartes]) for one in view.blocs] == [
        ("Elles attendent une réponse", ["annonces/ciel"]),
        ("Déjà répondu", ["annonces/vers"]),
    ]
    assert view.blocs[1].notes == ("Réponse : Oui et non",)
    assert view.nombre == "1 question ouverte"


def test_links_are_there_when_something_was_asked(tree):
    assert BOARD.links(tree.site(LABO)) == ()
    site = tree.site(FILES)
    for kind in (Kind.ANNONCE, Kind.ARTICLE):
        assert [one.url for one in BOARD.list_links(site, kind)] == ["/questions/"]
    assert not BOARD.list_links(site, Kind.EVENT)


@pytest.mark.parametrize(
    ("asked", "answer", "reason"),
    [
        (entry("annonces"), {}, "L’annonce nommée n’est pas de catégorie « question »"),
        (question(), {"genre": "entretien"}, "Une réponse est un article de genre"),
        (question(), {"auteurs": ["Camille Durand"]}, "Aucune structure de l’annuaire"),
    ],
)
def test_what_cannot_close_a_question(tree, asked, answer, reason):
    files = {**FILES, "annonces/vers": asked, "articles/sommeil": reponse(**answer)}
    result = tree.run(files, plans=False)
    (told,) = [one for one in said(result.report) if " E417 " in one]
    assert reason in told


def test_a_question_that_does_not_say_its_category_is_the_only_fault(tree):
    files = {**FILES, "annonces/vers": question(categorie=None), "articles/sommeil": reponse()}
    result = tree.run(files, plans=False)
    assert [one.split()[0].partition(":")[0] for one in said(result.report)] == ["annonces/vers.md"]


def test_an_unknown_question_is_refused_with_the_nearest(tree):
    result = tree.run({**FILES, "articles/sommeil": reponse(question="ver")}, plans=False)
    assert [one.split()[1] for one in said(result.report)] == ["E412"]
