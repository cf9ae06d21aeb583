"""The plain text of a mail."""

import re

import pytest

from lettres import CALME, EN_COURS, ENSEIGNE, HOSTILE, NUMERO
from portail.features.channels.lettre.fragment import published
from portail.features.channels.lettre.mails import mail_view
from portail.features.channels.lettre.text import mail_text

ADDRESS = re.compile(r" *(?:https?://\S+|[\w.]+@[\w.]+)")


def text_of(issue, masthead=ENSEIGNE):
    return "".join(mail_text(mail_view(published(issue), masthead)))


@pytest.mark.parametrize("issue", [NUMERO, CALME, HOSTILE], ids=["numero", "calme", "hostile"])
def test_lines_are_short_or_hold_one_address(issue):
    text = text_of(issue)
    lines = text.split("\n")
    assert text.splitlines() == lines[:-1], "a sign of the issue breaks a line"
    for line in lines:
        assert len(line) <= 78 or ADDRESS.fullmatch(line), line
        assert "://" not in line or ADDRESS.fullmatch(line), line
        assert line == line.rstrip(" ") or line == "-- "
    assert lines.count("-- ") == 1


def test_every_word_of_an_issue_is_told():
    flat = " ".join(text_of(NUMERO).replace("\u00a0", " ").split())
    for line in NUMERO.lignes:
        assert line.titre.replace("*", "") in flat
        assert f"{ENSEIGNE.siteurl}{line.url}" in flat
        for words in (line.details, line.etiquette, line.texte):
            assert words in flat
    for section in NUMERO.sections:
        assert section.titre in flat
        for group in section.groupes:
            assert group.titre in flat and group.vide in flat
    for one in NUMERO.errata:
        assert one.mot in flat and one.texte in flat
    assert all(name in flat for name in NUMERO.contributeurs)


def test_what_goes_on_is_one_sentence():
    flat = " ".join(text_of(EN_COURS).replace("\u00a0", " ").split())
    assert "Toujours en cours : Un mois, jusqu’au 8 octobre ; Un an." in flat
    assert all(f"{ENSEIGNE.siteurl}{line.url}" in flat for line in EN_COURS.lignes)


def test_one_leaves_by_one_address():
    assert text_of(NUMERO).count("/newsletter/desabonnement/") == 1


def test_an_edition_names_itself():
    somme = NUMERO.model_copy(update={"edition": "somme", "nom": "Somme"})
    text = text_of(somme)
    assert "semaine\u00a039 · édition Somme\n" in text
    assert "/newsletter/2021-s39/somme/\n" in text
    assert "édition" not in text_of(NUMERO).split("\n")[2]


def test_without_editors_there_is_no_dead_way_to_write():
    text = text_of(NUMERO, ENSEIGNE.model_copy(update={"courriel": ""}))
    assert "Écrivez" not in text and "Ont contribué" in text


def test_changes_are_counted_in_words():
    for count, title in (
        (1, "un changement\n"),
        (6, "six changements\n"),
        (12, "12\u00a0changements\n"),
    ):
        issue = NUMERO.model_copy(update={"errata": NUMERO.errata[:1] * count})
        assert f"\nErratum\u00a0: {title}" in text_of(issue)
