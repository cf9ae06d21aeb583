"""The editor's word of a letter: its week, its wishes, and what becomes of it once it is sent."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doses import each, rows_of
from lettres import THURSDAY
from plans import contents, entry, said
from portail.agenda.weeks import Week
from portail.diagnostics import ConfigError
from portail_lettre.checks import check_promises
from portail_lettre.command import write_frozen

WEEK = Week(2021, 39)
TOLD = rows_of("portail_lettre/tests/mots.yml")
LATER = date(2021, 10, 6)
FROZEN = "newsletters/2021-s39.envoi.html"


@each(TOLD["noms"])
def test_a_word_has_the_name_of_its_week(tree, nom, proche):
    (line,) = said(tree.run({f"newsletters/{nom}": entry("newsletters")}, day=THURSDAY).report)
    assert line.endswith(
        f" E508 « {nom} » n’est pas une semaine : le mot d’une lettre porte le nom de la sienne. "
        f"→ Renommez le fichier, par exemple en « {proche}.md »."
    )


@each(TOLD["remarques"])
def test_what_is_told_of_a_word(tree, contenus, jour, dit):
    day = date.fromisoformat(jour or "2021-09-30")
    lines = said(tree.run(contents(contenus), day=day).report)
    for line, start in zip(lines, dit, strict=True):
        assert line.partition(".md:")[2].startswith(start)


@given(st.text(max_size=20))
def test_any_text_may_be_guessed_from(text):
    week = Week.guess(text)
    assert week is None or Week.parse(week.slug) == week


@pytest.mark.parametrize(("title", "kept"), [("Deux choses", True), ("Deux autres choses", False)])
def test_a_letter_has_what_its_editors_promise(letters, title, kept):
    files = {f"events/{hour}": entry("events", debut=f"2021-09-30 {hour}:00") for hour in (19, 20)}
    files["events/matin"] = entry("events", titre="Matin", debut="2021-09-30 05:00")
    pins = {"epingles": ["events/20", "events/matin"]}
    files["newsletters/2021-s39"] = entry("newsletters", titre=title, resume=None, **pins)
    said = ["« Matin » : épinglé, mais passé ou annulé à l’heure de l’envoi."]
    said += [] if kept else [f"« {title} » : l’édition Hauts-de-France en a 2."]
    found = [one.message for one in check_promises(letters.site(files), "content")]
    assert found == [f"Ce mot promet {one}" for one in said]


def freeze(tree):
    """The letter of the word that the tree holds is sent."""
    write_frozen(tree.site(siteurl="https://portail.example.org"), WEEK, tree.root / "content")


def test_a_word_changed_after_its_letter_was_sent_is_told_of(tree):
    tree.site({"newsletters/2021-s39": entry("newsletters"), "articles/a": entry("articles")})
    freeze(tree)
    assert said(tree.run(day=LATER).report) == []
    changed = {"newsletters/2021-s39": entry("newsletters", "Un autre.")}
    assert said(tree.run(changed, day=date(2021, 9, 26)).report) == []  # not sent yet
    (line,) = said(tree.run(day=LATER).report)
    assert line.startswith("newsletters/2021-s39.md:1:1 C518 La lettre 2021-s39 est partie le 27")


def test_a_word_that_cannot_be_sent_is_not_frozen(tree):
    word = entry("newsletters", "À zoe@exemple.org, à ali@exemple.org, à lea@exemple.org aussi.")
    tree.site({"newsletters/2021-s39": word, "articles/a": entry("articles")})
    with pytest.raises(ConfigError, match="contient des adresses de courriel"):
        freeze(tree)
    assert not (tree.root / "content" / FROZEN).exists()


def test_what_a_sent_word_names_may_be_gone(tree):
    word = entry(
        "newsletters",
        "Lire [la nuit de la chouette](articles/a) et ![Le phare de nuit](x.jpg).",
        exclus=["articles/a"],
    )
    article = {"articles/a": entry("articles")}
    tree.site({**article, "newsletters/2021-s39": entry("newsletters")})
    freeze(tree)
    (tree.root / "content/articles/a.md").unlink()
    after = tree.run({"newsletters/2021-s39": word}, day=LATER)
    assert {one.code for one in after.report} == {"C518"} and after.site is not None
    (tree.root / "content" / FROZEN).unlink()
    before = tree.run(day=LATER).report
    assert {one.code for one in before} >= {"E401", "E415"}
