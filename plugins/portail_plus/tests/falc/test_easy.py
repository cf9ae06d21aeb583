"""Texts in easy French: on the page, in their list and feed, by the filter and the search."""

import pytest

from doses import cases, rows_of
from plans import contents, entry, said
from portail.facts.channels import added
from portail.feature import IN_SEARCH
from portail.features.channels.flux.feeds import feeds_of
from portail.model.kinds import Kind
from portail.text.excerpts import sentences
from portail_plus.falc.page import list_links, page_links

PAGE = "/facile-a-lire/"
EASY = "On regarde le ciel. C’est gratuit."
FILES = contents(rows_of("portail_plus/tests/falc/easy.yml"))


def test_the_page_lists_what_is_not_over_kind_by_kind(tree):
    view = tree.view(PAGE, FILES)
    assert {bloc.titre: [card.ref for card in bloc.cartes] for bloc in view.blocs} == {
        "Articles": ["articles/ciel"],
        "Agenda": ["events/nuit"],
        "Annuaire": ["lieux/gare"],
    }
    assert view.nombre == "3 pages"


def test_lists_of_what_it_holds_lead_to_it(tree):
    site = tree.site(FILES)
    assert [link.url for link in page_links(site)] == [PAGE]
    assert [link.url for link in list_links(site, Kind.ARTICLE)] == [PAGE]
    assert list_links(site, Kind.RESSOURCE) == ()


def test_a_feed_tells_of_what_appears(tree):
    site = tree.site(FILES, siteurl="https://a.example")
    (feed,) = feeds_of(site).of(PAGE)
    assert {*feed.refs} == {"articles/ciel", "events/nuit", "events/hier", "lieux/gare"}
    assert [flux.url for flux in tree.view(PAGE, siteurl="https://a.example").flux] == [
        "/facile-a-lire/flux.xml"
    ]


def test_the_agenda_is_narrowed_to_it_and_the_search_finds_it(tree):
    site = tree.site(FILES)
    pair = ("facile-a-lire", "oui")
    assert site.ahead.of(pair).refs == {"events/nuit"}
    facts = [*added(site, IN_SEARCH, site.items["articles/ciel"])]
    assert [fact.label for fact in facts] == ["En facile à lire"]


def test_the_short_name_of_the_field_is_understood(tree):
    result = tree.run({"articles/ciel": entry("articles", falc=EASY)})
    assert result.site.items["articles/ciel"].entry.resume_falc == EASY
    (line,) = [line for line in said(result.report) if "C205" in line]
    assert "resume_falc" in line


@pytest.mark.parametrize(("words", "told"), [(20, 0), (21, 1)])
def test_a_long_sentence_is_told_once(tree, words, told):
    text = f"C’est court. {' '.join(['mot'] * words).capitalize()}."
    files = {"articles/ciel": entry("articles", resume_falc=text)}
    lines = [line for line in said(tree.run(files, plans=False).report) if "C545" in line]
    assert len(lines) == told


@cases(
    ("text", "parts"),
    [
        ("Une phrase. Une autre.", ["Une phrase.", "Une autre."]),
        ("Le Dr. Petit vient à 14 h. Il parle.", ["Le Dr. Petit vient à 14 h.", "Il parle."]),
        ("Le *Bubo bubo. Un hibou* vit ici.", ["Le *Bubo bubo. Un hibou* vit ici."]),
        ("Sans point", ["Sans point"]),
        ("", []),
    ],
)
def test_a_text_is_cut_in_sentences_and_nothing_is_lost(text, parts):
    assert sentences(text) == parts
