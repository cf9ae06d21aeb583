"""Where questions are seen: the home page, the desk, the letter, engines."""

from plans import TODAY, entry
from portail.agenda.weeks import Week
from portail.features.channels.lettre.issues import draft_of
from portail.features.channels.lettre.settings import letter_of
from portail.features.channels.lettre.table import select

LABO = {"lieux/labo": entry("lieux", titre="Laboratoire")}


def question(rank, **fields):
    asked = {"categorie": "question", "titre": f"Pourquoi {rank} ?", "publie_le": "2021-06-20"}
    return entry("annonces", **asked, **fields)


ASKED = {f"annonces/q{rank}": question(rank) for rank in range(4)}
ANSWER = entry(
    "articles",
    titre="Parce que",
    resume="Une réponse.",
    genre="question",
    auteurs=["labo"],
    question="q0",
)


def test_the_home_page_shows_three_that_wait(tree):
    assert tree.view("/", LABO).appels == (), "nobody asked"
    view = tree.view("/", {**ASKED, "articles/reponse": ANSWER})
    (bloc,) = view.appels
    assert [card.ref for card in bloc.cartes] == ["annonces/q1", "annonces/q2", "annonces/q3"]
    assert (bloc.url, bloc.lien) == ("/questions/", "Toutes les questions")


def test_the_desk_says_who_asks(tree):
    files = {"annonces/q0": question(0, organisme="Collège Jean Moulin")}
    view = tree.view("/redaction/", files, preview=True)
    section = next(one for one in view.sections if one.ancre == "Questions")
    (row,) = section.tables[0].lignes
    assert row.nom.texte == "Pourquoi 0 ?"
    assert [cell[0].texte for cell in row.cellules] == ["Collège Jean Moulin", "20\u00a0juin 2021"]


def test_the_letter_asks_who_can_answer(tree):
    site = tree.site({**LABO, **ASKED, "articles/reponse": ANSWER})
    edition = letter_of(site.config).editions[0]
    week = Week.of(TODAY)
    chosen = select(site, week, edition)
    assert chosen.asked == ("annonces/q1", "annonces/q2", "annonces/q3")
    assert "Trois demandes attendent une réponse" in draft_of(site, week, edition).letter.lettre


def machine(tree, url, files):
    (node,) = tree.view(url, files, siteurl="https://a.example").machine.donnees
    return dict(node)


def test_a_question_that_waits_is_one_for_engines(tree):
    node = machine(tree, "/annonces/q1/", {**LABO, **ASKED})
    assert node["@type"] == "Question"
    assert node["answerCount"] == 0
    assert node["name"] == "Pourquoi 1 ?"


def test_an_answered_one_is_a_page_of_question_and_answer(tree):
    files = {**LABO, **ASKED, "articles/reponse": ANSWER}
    node = machine(tree, "/annonces/q0/", files)
    assert node["@type"] == "QAPage"
    asked = node["mainEntity"]
    assert (asked["@type"], asked["answerCount"]) == ("Question", 1)
    (answer,) = asked["acceptedAnswer"]
    assert answer["text"] == "Une réponse."
    assert answer["url"] == "https://a.example/articles/reponse/"
    assert answer["author"][0]["name"] == "Laboratoire"
    article = machine(tree, "/articles/reponse/", {})
    assert article["@type"] == "NewsArticle"
    assert article["mentions"]["@id"] == asked["@id"]
