"""What is left at the address of a content that was taken back."""

from datetime import date

from plans import entry
from portail.outputs.base import TextFile

REGISTER = """\
retraits:
  - {ref: events/fusees, le: 2021-09-20, motif: annulé par son organisateur}
  - {ref: annonces/stage, le: 2021-09-20}
  - {ref: articles/nuit, le: 2021-09-20}
  - {ref: events/doublon, le: 2021-09-20, vers: events/bal}
  - {ref: events/plus-tard, le: 2021-12-01}
  - {ref: newsletters/2021-s39, le: 2021-09-20}
  - {ref: lieux/ancien, le: 2021-09-20}
"""
FILES = {
    "retraits.yml": REGISTER,
    "events/bal": entry("events"),
    "lieux/musee": entry("lieux", anciennes_urls=["/lieux/ancien/"]),
}


def test_what_a_letter_led_to_says_that_it_was_withdrawn(tree):
    pages = tree.pages(FILES)
    view = pages["/evenements/fusees/"].view()
    assert (view.titre, view.jour) == ("Ce rendez-vous a été retiré", "20\u00a0septembre 2021")
    assert view.motif == "annulé par son organisateur"
    assert view.noindex
    assert [one.url for one in view.issues][:2] == ["/agenda/week-end/", "/"]
    assert pages["/annonces/stage/"].view().titre == "Cette annonce a été retirée"
    assert pages["/articles/nuit/"].view().titre == "Cet article a été retiré"


def test_only_what_is_withdrawn_and_led_nowhere(tree):
    pages = tree.pages(FILES)
    made = {url for url in pages if pages[url].template == "retire.html"}
    assert made == {"/evenements/fusees/", "/annonces/stage/", "/articles/nuit/"}
    assert all(pages[url].sitemap is None for url in made)
    later = tree.pages(FILES, day=date(2021, 12, 2))
    assert later["/evenements/plus-tard/"].template == "retire.html"


def test_no_feed_list_or_index_names_it(tree):
    plan = tree.run(FILES, siteurl="https://exemple.org").plan
    texts = {one.url: "".join(one.produce()) for one in plan if isinstance(one, TextFile)}
    assert len(texts) > 10
    assert {url for url, text in texts.items() if "fusees" in text} == {"/api/v1/changements.json"}
