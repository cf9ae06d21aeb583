"""The engine of the search, in a browser, on files made by hand."""

import pytest
from index_recherche import AUJ, Contenu
from moteur_recherche import CONTENTS, DAY, Site, ask, numbers, searching

pytestmark = pytest.mark.chromium


@pytest.fixture(scope="module")
def page(browser, theme):
    """A tab that no test changes."""
    with searching(browser, Site(CONTENTS), theme) as tab:
        yield tab


def test_words_find_what_has_them_all(page):
    assert numbers(page, "mer") == [1, 260, 257, 261, 256]
    assert numbers(page, "étoiles ciel") == [258, 259]
    assert set(numbers(page, "le ciel")) == {2, 3, 258, 259, 260, 768}
    assert numbers(page, "Amiens") == [2]
    assert numbers(page, "oeuvres") == numbers(page, "Œuvres") == [768]


def test_names_come_first_then_what_is_to_come_then_what_is_recent(page):
    assert numbers(page, "ciel")[0] == 3
    assert numbers(page, "planetarium") == [0, 258, 259]
    assert numbers(page, "une histoire de marées") == [257, 256, 1]
    assert ask(page, "planetarium")["passes"] == 1


def test_words_that_follow_one_another_come_first(page):
    assert numbers(page, "grande vague")[:2] == [260, 261]
    assert numbers(page, "« grande vague »") == numbers(page, '"grande vague" mer') == [260]
    assert numbers(page, "« vague du ciel »") == [260]
    # No content has it: those that have its words.
    loose = ask(page, "« vague école »")
    assert (loose["numeros"], loose["partiels"]) == ([261, 260], 2)
    # What is never closed is no phrase.
    assert numbers(page, "grande « vague") == numbers(page, "grande vague")


def test_a_word_is_done_without(page):
    assert numbers(page, "mer -musée") == [260, 257, 261, 256]
    assert numbers(page, "mer -vague -musée") == [257, 256]
    assert numbers(page, "Nuit - étoiles") == numbers(page, "nuit étoiles")


def test_when_nothing_has_all_the_words_most_of_them_do(page):
    found = ask(page, "planétarium calais étoiles")
    assert found["numeros"][:2] == [258, 259] and found["partiels"] == found["total"]
    assert ask(page, "dunkerque soir")["numeros"] == [259]
    assert set(numbers(page, "musée jardins")) == {1, 4}


def test_what_has_all_the_words_comes_before_what_has_most(page):
    found = ask(page, "grande vague intelligence")
    assert (found["numeros"], found["partiels"]) == ([261, 260], 1)


def test_words_that_say_when_are_days(page):
    found = ask(page, "vague ce week-end")
    assert (found["numeros"], found["compris"]) == ([260], ["ce week-end"]), (
        "it runs; others do not"
    )
    assert ask(page, "demain")["numeros"] == [260]
    nothing = ask(page, "planétarium nuit aujourd’hui")
    assert nothing["jamais"] == "aujourd’hui" and 258 in nothing["numeros"]
    assert ask(page, "cours du soir")["compris"] == []
    said = {
        "la semaine du 4 octobre": "la semaine du 4 octobre",
        "le premier dimanche du mois": "le dimanche 3 octobre",
        "fin octobre": "fin octobre",
        "musée lundi de Pâques": "le lundi 18 avril 2022",
        "week-end du 9 octobre": "le samedi 9 octobre",
    }
    answers = {query: ask(page, query) for query in said}
    first = {q: (one["compris"] or [one["jamais"]])[0] for q, one in answers.items()}
    assert {q: text.replace("\u00a0", " ") for q, text in first.items()} == said


def test_what_is_open_on_a_day_at_an_hour_is_found(browser, theme):
    event = {"sorte": "evenements", "jours": (AUJ + DAY,) * 2, "fois": ((AUJ + DAY,) * 2,)}
    place = {"sorte": "lieux", "pour": 16}
    contents = {
        0: Contenu("Musée le vendredi", **place, heures=((0, [], [4], [], "", [600, 1080], ""),)),
        1: Contenu("Musée le samedi", **place, heures=((0, [], [5], [], "", [600, 1200], ""),)),
        2: Contenu("Musée qui ne dit rien", **place),
        256: Contenu("Visite inventée du musée", **event | {"pour": 32}),
        257: Contenu("Visite du musée", **event),
        258: Contenu("Visite du soir au musée", **event | {"pour": 1024}),
    }
    asked = {
        "musée ouvert demain": [1],
        "musée ouvert": [0],
        "musée samedi à 19 h": [258, 1],
        "musée ouvert ce soir": [2],  # none is: what says no hours
        "demain": [257, 258, 256, 1],
        "demain soir": [258, 1],
    }
    with searching(browser, Site(contents), theme) as page:
        assert {query: numbers(page, query) for query in asked} == asked
        nothing = ask(page, "musée ouvert ce soir")
        assert (nothing["jamais"], nothing["inconnus"]) == ("ce soir", 1)


def test_a_word_that_is_being_typed_finds_those_that_begin_so(page):
    assert set(numbers(page, "plané", enCours=True)) == {0, 258, 259}
    assert numbers(page, "grande vag", enCours=True)[0] == 260
    assert 260 in numbers(page, "expos")  # and so does one that nothing has as it is
    # Two letters: words of the vocabulary; one: nothing yet.
    assert numbers(page, "ci", enCours=True) == numbers(page, "ciel")
    assert ask(page, "ci")["total"] == ask(page, "c", enCours=True)["total"] == 0
    # Longer than a stem that is in a body alone.
    assert numbers(page, "intelligencex", enCours=True) == [261]
    # A letter or two that begin nothing yet are not told as unknown.
    assert numbers(page, "observatoires d", enCours=True) == [2]
    assert ask(page, "musée x", enCours=True)["sans"] == []
    assert ask(page, "musée x")["sans"] == ["x"]


def test_a_misspelt_word_is_corrected_unless_one_insists(page):
    for typed, meant, found in (
        ("planetarum", "Planétarium", [0, 258, 259]),
        ("plantearium", "Planétarium", [0, 258, 259]),
        ("bovais", "Beauvais", [4]),
        ("obsarvatoire", "Observatoire", [2]),
    ):
        answer = ask(page, typed)
        assert (answer["corrige"][0][0], answer["corrige"][0][1].casefold(), answer["numeros"]) == (
            typed, meant.casefold(), found,
        )  # fmt: skip
        exact = ask(page, typed, exact=True)
        assert (exact["total"], exact["corrige"], exact["sans"]) == (0, [], [typed])
    assert ask(page, "musée planetarum", exact=True)["total"] == 0


def test_words_typed_together_or_apart(page):
    assert numbers(page, "nuitdesetoiles")[0] == 258
    assert ask(page, "nuitdesetoiles")["corrige"] == [["nuitdesetoiles", "Nuit des étoiles"]]
    split = ask(page, "planet arium")
    assert split["numeros"] == [0, 258, 259]
    assert split["corrige"] == [["planet arium", "planétarium"]]
    apart = ask(page, "planet de arium")
    assert (apart["corrige"], apart["sans"]) == ([], ["arium"])


def test_a_word_that_nothing_resembles_is_left_out(page):
    found = ask(page, "musée xylophoniste")
    assert (found["numeros"], found["sans"]) == ([1], ["xylophoniste"])
    assert ask(page, "quanétarium")["total"] == 0


def test_letters_typed_at_random_are_no_word(page):
    found = ask(page, "qubserrvattoire")  # said nearly as « observatoire », but for how it begins
    assert (found["corrige"], found["total"]) == ([], 0)


def test_few_answers_come_with_near_words(page):
    assert ask(page, "nuits")["proches"] == [], "itself is not one"
    assert ask(page, "espaces")["proches"] == []
    assert ask(page, "vieilles")["proches"] == []
    assert ask(page, "musees")["proches"] == []


def test_a_short_word_keeps_its_first_letter(page):
    assert ask(page, "soie")["corrige"] == [["soie", "Soir"]]
    assert ask(page, "loir")["corrige"] == []
    assert ask(page, "xbservatoire")["corrige"] == [["xbservatoire", "Observatoire"]]


def test_little_words_alone_say_nothing(page):
    for q in ("de la", "???", "🙂", "«»"):
        found = ask(page, q)
        assert (found["total"], found["vides"]) == (0, True), q


def test_filters_narrow_and_what_nobody_knows_does_not(page):
    either = {"departement": ["nord", "somme"], "autre": ["x"], "epci": ["inconnue"]}
    assert set(numbers(page, "ciel", filtres=either)) == {2, 258, 259}
    assert numbers(page, "ciel", filtres={"epci": ["amiens-metropole"]}) == [2]
    assert numbers(page, "ciel", filtres={"quand": ["passe"]}) == [259]


def test_filters_alone_list_everything_by_day(page):
    everything = numbers(page, "")
    assert everything == [260, 258, 768, 259, 257, 261, 256, 0, 1, 2, 3, 4]
    assert numbers(page, " ", filtres={"sorte": ["lieux"]}) == [0, 1, 2, 4]


def test_by_day(page):
    assert numbers(page, "ciel", tri="date") == [260, 258, 768, 259, 2, 3]
    assert numbers(page, "mer", tri="date") == [260, 257, 261, 256, 1]


HOSTILE = [
    "", " ", "a", "é", "1", '"', "«", "« »", "“ciel", "x" * 2000, "ciel " * 400, "- -a --", "-",
    "<img src=x onerror=alert(1)>", "</script>", "%00%ff", "\\", "\u0000", "\ud83d", "😀 👩‍🚀 mer",
    "небо", "天空", "سماء", "__proto__", "constructor toString", "l’", "'", "l'", "c.s.t.i.", "ﬁ",
    "a\u0301\u0301\u0301", "\u202e\u200d", "ciel\uffff", "\uffff", "~~~", "[]{}()*+?.^$|",
    "ciel\n\tmer", "1e308 -1 NaN", "-ciel", "-ciel -mer",
]  # fmt: skip


def test_nothing_that_is_typed_breaks_it(page):
    said = []
    page.on("pageerror", lambda error: said.append(str(error)))
    answers = page.evaluate(
        "async (all) => Promise.all(all.map(async (q) => [await essayer(q),"
        " (await chercher(q, { enCours: true, tri: 'date' })).total,"
        " (await chercher(q, { exact: true })).total]))",
        HOSTILE,
    )
    assert all(isinstance(one, int) for three in answers for one in three), answers
    assert said == []


def test_a_date_is_a_day(page):
    found = ask(page, "samedi 9 octobre")
    assert (found["numeros"], found["compris"]) == ([260], ["le samedi 9\u00a0octobre"])
    assert ask(page, "sortie samedi")["compris"][0].startswith("le samedi ")
    assert ask(page, "10 octobre")["numeros"] == [258, 260], "dated before lasting"
    assert ask(page, "que faire du 9 au 10 octobre ?")["numeros"] == [258, 260]
    assert ask(page, "sorties vacances de la Toussaint")["jamais"].startswith(
        "pendant les vacances"
    )
    assert ask(page, "31 juin")["compris"] == [], "no such day"
    assert ask(page, "10 octobre", exact=True)["compris"] == []
    assert ask(page, "« 10 octobre »")["compris"] == []


def test_ages_and_publics_are_no_words(page):
    found = ask(page, "étoiles 7 ans")
    assert found["numeros"][0] == 258
    assert found["compris"] == ["pour 7\u00a0ans"]
    assert ask(page, "10 octobre pour les enfants")["numeros"] == [258]
    assert ask(page, "des histoires d’il y a 7 ans")["compris"] == []
    assert ask(page, "tour en 80 jours")["compris"] == []


def test_a_departement_is_a_place(page):
    assert ask(page, "80")["numeros"] == [2]
    assert ask(page, "observatoire dans le Nord")["jamais"] == "dans le Nord"


def test_near_a_commune(page):
    found = ask(page, "ciel près d’Amiens")
    assert (found["numeros"], found["km"]) == ([2], [[2, 0]])
    assert found["compris"] == ["à 20\u00a0km d’Amiens"]
    assert ask(page, "ciel près de Nulle Part")["compris"] == [], "words"
    assert numbers(page, "ciel vers Amiens") == [2]
    lent = ask(page, "étoiles à emprunter Amiens")
    assert (lent["numeros"][0], lent["jamais"]) == (258, "à emprunter")
    assert ask(page, "ciel ados amiens")["compris"] == ["à 20\u00a0km d’Amiens", "pour les ados"]
    assert ask(page, "ciel dans le pays des vagues")["compris"] == ["au pays des vagues"]
    spelt = ask(page, "ciel ados beauvé")
    assert (spelt["corrige"], spelt["compris"]) == ([["beauvé", "Beauvais"]], ["pour les ados"])
    assert ask(page, "mer amiens")["compris"] == [], "two words, where it says nothing else"


def test_pages_of_the_portal_answer(page):
    found = ask(page, "abonnement lettre")
    assert [one["url"] for one in found["services"]] == ["/lettre/"]
    assert ask(page, "lettre de mer")["services"] == []
    assert ask(page, "lettre", filtres={"theme": ["mer"]})["services"] == []
