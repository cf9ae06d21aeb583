"""The spelling advice reads prose only, at the right place, and accepts the project's words."""

import orthographe
from doses import cases
from orthographe import TWICE, lines, main

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
def test_words_of_values_and_bodies_are_read_at_their_place(word, place):
    line, column = place
    assert dict(lines(DOCUMENT))[line].index(word) == column - 1


@cases("word", ["astronomie-espace", "la-coupole", "foto", "cod", "xxyyz", "zzz", "CSTI", "zzzzy"])
def test_codes_slugs_and_addresses_are_not_words(word):
    assert word not in "".join(text for _, text in lines(DOCUMENT))


@cases(
    ("text", "twice"),
    [
        ("Le le soir", ["Le"]),
        ("un mot mot de trop", ["mot"]),
        ("cap ou pas cap ? pas, pas", []),
        ("nous nous voyons", []),
        ("| Communes | communes |", []),
    ],
)
def test_a_word_written_twice(text, twice):
    assert TWICE.findall(text) == twice


def test_findings_never_fail_and_a_missing_dictionary_does(tmp_path, monkeypatch, capsys):
    document = tmp_path / "a.md"
    document.write_text("L’bibiothèque du Vimeu-Xyz ouverte ouverte.\n", encoding="utf-8")

    def answers(text, *options):
        if "-l" in options:
            return "L’bibiothèque\nVimeu-Xyz\n"
        assert text == "^Vimeu\n^Xyz\n^bibiothèque\n"
        return "(#)\n*\n\n# Xyz 1\n\n& bibiothèque 2 1: bibliothèque, biothèque\n\n"

    monkeypatch.setattr(orthographe, "hunspell", answers)
    assert main([str(document)]) == 0
    assert capsys.readouterr().out == (
        f"{document}:1:3 bibiothèque → bibliothèque, biothèque ?\n"
        f"{document}:1:24 Xyz\n"
        f"{document}:1:28 « ouverte » est écrit deux fois de suite\n"
        "2 mot(s) inconnu(s), 1 doublon(s), 1 fichier(s) lu(s).\n"
    )
    monkeypatch.undo()
    monkeypatch.setattr(orthographe, "COMMAND", ("hunspell-qui-n-existe-pas",))
    assert main([str(document)]) == 2
    assert "apt-get install hunspell" in capsys.readouterr().err
