"""The letter names what it tells in easy French too, and leads to these texts."""

from pathlib import PurePosixPath

import pytest

from doses import rows_of
from lettres import EN_COURS, ENSEIGNE, NUMERO, below, envoi, mailed
from plans import contents, entry, said
from portail.agenda.weeks import Week
from portail_lettre.fragment import easy, sentence
from portail_lettre.issue import Line
from portail_lettre.issues import draft_of, freeze
from portail_lettre.pages import shown
from portail_lettre.sent import check_envoi, frozen_text
from portail_lettre.settings import letter_of as settings_of

WEEK = Week(2021, 39)
FILES = contents(rows_of("portail_plus/tests/falc/letter.yml"))
ADDRESSES = {"/articles/ciel/#Falc", "/evenements/nuit/#Falc"}


SETTINGS = {"siteurl": ENSEIGNE.siteurl, "courriel": "redaction@example.org"}


def issue_of(tree):
    site = tree.site(FILES, **SETTINGS)
    return draft_of(site, WEEK, settings_of(site.config).editions[0]).letter


def test_the_plain_text_names_them_first_then_in_their_place(tree):
    text = mailed(issue_of(tree))
    text = " ".join(text.replace("\u00a0", " ").split())
    head, _, rest = text.partition("À faire cette semaine")
    assert "En facile à lire : La nuit ; Le ciel." in head
    for address in ADDRESSES:
        told = f"{ENSEIGNE.siteurl}{address.replace('#', '?lettre=2021-s39#')}"
        assert head.count(told) == rest.count(f"lire {told}") == 1


def test_the_fragment_that_channels_tell_says_it_too(tree):
    issue = issue_of(tree)
    links = below(issue, "//a[contains(@href, '#Falc')]/@href")
    assert {link: links.count(link) for link in links} == dict.fromkeys(ADDRESSES, 2)
    assert {*issue.refs} >= {"articles/ciel", "articles/autre"}


@pytest.mark.parametrize("issue", [NUMERO, EN_COURS], ids=["numero", "en-cours"])
def test_a_letter_without_any_says_nothing_and_is_written_as_before(issue):
    text = mailed(issue)
    assert "facile" not in text
    assert "facile" not in frozen_text(envoi(issue))


def test_what_goes_on_has_it_in_its_sentence():
    line = Line("temps-forts/mois", "/mois/", "Un mois", facile="/mois/#Falc")
    assert sentence("Toujours en cours", [line]).count("/mois/#Falc") == 1
    assert easy([line, line]).count("/mois/#Falc") == 1


def test_a_sent_letter_keeps_it_and_a_page_leads_to_what_is_still_there(tree):
    site = tree.site(FILES, **SETTINGS)
    text = frozen_text(freeze(site, WEEK))
    path = PurePosixPath("content/newsletters/2021-s39.envoi.html")
    frozen, faults = check_envoi(text.encode(), path)
    assert frozen == freeze(site, WEEK) and not faults
    letter = frozen.editions["region"]
    pages = {"/articles/ciel/", "/evenements/nuit/", "/articles/autre/"}
    assert "acile" not in shown(letter, pages)
    kept = shown(letter, pages | {"/articles/ciel/#Falc"})
    assert kept.count("#Falc") == 2 and "<strong>En facile à lire\u00a0:</strong>" in kept


def test_the_page_of_a_sent_letter_leads_to_no_text_that_was_taken_away(tree):
    site = tree.site(FILES, **SETTINGS)
    sent = frozen_text(freeze(site, WEEK))
    files = {
        "newsletters/2021-s39.envoi.html": sent,
        "articles/ciel": entry("articles", titre="Le ciel"),
    }
    view = tree.view("/newsletter/2021-s39/", files, **SETTINGS)
    assert view.lettre.count("/evenements/nuit/#Falc") == 2 and "/ciel/#Falc" not in view.lettre


@pytest.mark.parametrize("address", ["//a.example/", "javascript:alert(1)"])
def test_an_address_elsewhere_is_refused(tree, address):
    site = tree.site(FILES, **SETTINGS)
    sent = frozen_text(freeze(site, WEEK)).replace("/articles/ciel/#Falc", address)
    report = said(tree.run({"newsletters/2021-s39.envoi.html": sent}, plans=False).report)
    assert [line.split()[1] for line in report if "E1" in line] == ["E130"]
