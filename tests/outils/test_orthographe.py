"""The spelling advice reads prose only, at the right place, and accepts the project's words."""

import orthographe
from doses import cases
from orthographe import lines, main, misspelt, words

DOCUMENT = """---
titre: L’archélogie du Calaisis
themes: [astronomie-espace]
organisateurs: [la-coupole, Les Petits Débrouillards]
image: {fichier: foto.jpg, alt: Une digeu}
references:
  - titre: >
      Première ligne
      seconde linge
---

Un `cod` et [un lein](lieux/xxyyz "un titer"), voir https://exemple.org/zzz.

*[CSTI]: Culture scientifique
```
zzzzy
```
Le le soir[^note].

[^note]: Une precision.
"""


def read(source):
    """Each word of a document, with the line and column of its first use."""
    found = {}
    for line, text in lines(source):
        for column, word, _ in words(text):
            found.setdefault(word, (line, column))
    return found


def spell(known):
    """A dictionary that knows these words and proposes nothing."""
    return lambda asked: {word: () for word in asked if word not in known.split()}


@cases(
    ("word", "place"),
    [
        ("archélogie", (2, 10)),
        ("Débrouillards", (4, 40)),
        ("digeu", (5, 37)),
        ("linge", (9, 15)),
        ("lein", (12, 17)),
        ("titer", (12, 39)),
        ("Culture", (14, 10)),
        ("precision", (20, 14)),
    ],
)
def test_words_of_values_and_bodies_at_their_place(word, place):
    assert read(DOCUMENT)[word] == place


@cases("word", ["astronomie-espace", "la-coupole", "foto", "cod", "xxyyz", "zzz", "CSTI", "zzzzy"])
def test_codes_slugs_and_addresses_are_not_words(word):
    assert word not in read(DOCUMENT)


def test_without_a_front_matter_that_can_be_read_the_body_is_left():
    assert [*lines("Un mot\n\nDeux")] == [(1, "Un mot"), (2, ""), (3, "Deux")]
    assert [*lines("---\ntitre: [\n---\nUn mot")] == [(4, "Un mot")]


@cases(
    ("text", "twice"),
    [
        ("Le le soir", ["le"]),
        ("un mot mot de trop", ["mot"]),
        ("l’année 1940 de De Gaulle", []),
        ("de septembre 2020 à septembre 2021", []),
        ("cap ou pas cap ? pas, pas", []),
        ("nous nous voyons", []),
        ("| Communes | communes |", []),
    ],
)
def test_a_word_written_twice(text, twice):
    assert [word for _, word, double in words(text) if double] == twice


def test_elisions_ordinals_and_roman_numbers():
    found = [
        word for _, word, _ in words("Jusqu’au XIXe siècle, l’eau d’aujourd’hui, la 4e, à 8 h")
    ]
    assert found == ["au", "siècle", "eau", "aujourd’hui", "la"]


def test_a_compound_is_known_by_its_parts():
    known = spell("Saint Omer")
    assert misspelt(["Saint-Omer", "Saint-Omre"], known, frozenset()) == {"Saint-Omre": ()}


def test_the_projects_words_are_known():
    asked = []

    def listen(found):
        asked.extend(found)
        return dict.fromkeys(asked, ())

    assert misspelt(["Proscitec", "Vimeu"], listen, frozenset({"Proscitec"})) == {"Vimeu": ()}
    assert asked == ["Vimeu"]


def test_findings_never_fail_and_a_missing_dictionary_does(tmp_path, monkeypatch, capsys):
    document = tmp_path / "a.md"
    document.write_text("Une bibiothèque ouverte ouverte.\n", encoding="utf-8")

    def proposes(asked):
        return {word: ("bibliothèque",) for word in asked if word == "bibiothèque"}

    monkeypatch.setattr(orthographe, "hunspell", proposes)
    assert main([str(document)]) == 0
    assert capsys.readouterr().out == (
        f"{document}:1:5 bibiothèque → bibliothèque ?\n"
        f"{document}:1:25 « ouverte » est écrit deux fois de suite\n"
        "1 mot(s) inconnu(s), 1 doublon(s), 1 fichier(s) lu(s).\n"
    )
    assert main(["--liste", str(document)]) == 0
    assert capsys.readouterr().out == "bibiothèque\n"

    monkeypatch.undo()
    monkeypatch.setattr(orthographe, "COMMAND", ("hunspell-qui-n-existe-pas",))
    assert main([str(document)]) == 2
    assert "apt-get install hunspell" in capsys.readouterr().err
