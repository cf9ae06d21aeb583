"""The editor's word of a letter: its week, its wishes, and what becomes of it once it is sent."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doses import each, rows_of
from lettres import THURSDAY
from plans import entry, said
from portail.agenda.weeks import Week
from portail.diagnostics import ConfigError
from portail.features.channels.lettre.checks import check_promises
from portail.features.channels.lettre.command import write_frozen

WEEK = Week(2021, 39)
TOLD = rows_of("features/channels/lettre/mots.yml")
LATER = date(2021, 10, 6)
FROZEN = "newsletters/2021-s39.envoi.html"


def found(tree, name, day=THURSDAY, **fields):
    text = entry("newsletters", **fields)
    lines = said(tree.run({f"newsletters/{name}": text}, day=day).report)
    (tree.root / f"content/newsletters/{name}.md").unlink()
    return [" ".join(line.split(" ")[1:]) for line in lines]


@each(TOLD["noms"])
def test_a_word_has_the_name_of_its_week(tree, nom, proche):
    (line,) = found(tree, nom)
    assert line == (
        f"E508 « {nom} » n’est pas une semaine : le mot d’une lettre porte le nom de la sienne. "
        f"→ Renommez le fichier, par exemple en « {proche}.md »."
    )


@given(st.text(max_size=20))
def test_any_text_may_be_guessed_from(text):
    week = Week.guess(text)
    assert week is None or Week.parse(week.slug) == week


def test_a_year_has_as_many_weeks_as_it_has(tree):
    assert found(tree, "2020-s53", date(2020, 12, 30)) == []
    assert found(tree, "2021-s52") == []  # written ahead


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


OFF = {"titre": "La grande nuit des chouettes", "debut": "2021-10-02 20:00"}


@each(TOLD["invitations"])
@pytest.mark.parametrize("state", ["annule", "reporte"])
def test_a_word_that_invites_to_what_is_called_off(tree, state, champs, texte, place):
    letter = entry("newsletters", texte, **{"resume": None} | champs)
    event = OFF | {"etat": state} | ({"ancien_debut": "2021-10-02"} if state == "reporte" else {})
    files = {"events/nuit": entry("events", **event), "newsletters/2021-s39": letter}
    (line,) = said(tree.run(files, day=THURSDAY).report)
    assert line.startswith(f"newsletters/2021-s39.md:{place} C520 Ce mot parle de « La grande nuit")
    kept = tree.run({"events/nuit": entry("events", **OFF)}, day=THURSDAY)
    assert said(kept.report) == []  # it takes place


def test_only_words_still_to_be_sent_of_what_is_to_come(tree):
    text = entry("newsletters", "La [nuit](events/nuit).", resume=None)
    past = entry("events", titre="Nuit", debut="2021-09-25", etat="annule")
    partly = entry("events", titre="Nuit", seances=[
        {"debut": "2021-10-02", "etat": "annule"}, {"debut": "2021-10-03"}])  # fmt: skip
    off = entry("events", titre="Nuit", debut="2021-10-02", etat="annule")
    told = entry("newsletters", "Annulée, la [nuit](events/nuit).", resume=None)
    files = {"events/nuit": off, "newsletters/2021-s39": told}
    assert said(tree.run(files, day=THURSDAY).report) == []
    for event in (past, partly):
        files = {"events/nuit": event, "newsletters/2021-s39": text}
        assert said(tree.run(files, day=THURSDAY).report) == []


def test_a_content_is_not_both_first_and_left_out(tree):
    tree.site({"articles/a": entry("articles"), "articles/b": entry("articles")})
    both = ["articles/a", "articles/b"]
    lines = found(tree, "2021-s39", epingles=both, exclus=both, ordre=both)
    assert lines == [
        f"E248 « articles/{one} » est à la fois dans « epingles » et dans « exclus ». → "
        "Retirez-le de l’une des deux listes."
        for one in "ab"
    ]
    assert found(tree, "2021-s39", epingles=both[:1], exclus=both[1:], ordre=both) == []


def test_a_word_of_a_week_that_was_not_sent_is_told_of_once_it_is_over(tree):
    sunday = WEEK.last
    assert found(tree, "2021-s39", sunday) == []
    (line,) = found(tree, "2021-s39", sunday + timedelta(days=1))
    assert line.startswith("C517 La semaine 2021-s39 est passée")
    assert "« 2021-s40.md »" in line
    assert [one[:4] for one in found(tree, "2021-s39", LATER, statut="brouillon")] == ["C208"]


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
