"""What a browser reads to add the search of the site to its own."""

from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

from lxml import html
from vues import accueil, cadre, liste

from portail.outputs.pages.views.shared import PageView

NAMESPACE = "{http://a9.com/-/spec/opensearch/1.1/}"
SITE = "https://exemple.org/portail"


def test_the_description_follows_the_specification(rendu_publie):
    frame = cadre(nom="Sciences & <arts>", courriel="redaction@exemple.org")
    view = PageView(
        cadre=frame, titre="Sciences & <arts", description="Lieux & dates.",
        url="/recherche/opensearch.xml",
    )  # fmt: skip
    root = ElementTree.fromstring(rendu_publie("opensearch.xml", view).encode())
    assert root.tag == f"{NAMESPACE}OpenSearchDescription"

    def text(name):
        (found,) = root.findall(NAMESPACE + name)
        return found.text

    assert text("ShortName") == "Sciences & <arts"
    assert text("LongName") == "Sciences & <arts> en Hauts-de-France"
    assert len(text("Description")) <= 1024
    assert text("Contact") == "redaction@exemple.org"
    assert (text("Language"), text("InputEncoding")) == ("fr-FR", "UTF-8")
    search, own = root.findall(f"{NAMESPACE}Url")
    assert search.attrib == {
        "type": "text/html", "template": f"{SITE}/recherche/?q={{searchTerms}}",
    }  # fmt: skip
    asked = urlsplit(search.attrib["template"].replace("{searchTerms}", "c%C5%93ur"))
    assert parse_qs(asked.query) == {"q": ["cœur"]}
    assert own.attrib["rel"] == "self"
    assert own.attrib["template"] == f"{SITE}/recherche/opensearch.xml"
    for image in root.findall(f"{NAMESPACE}Image"):
        assert image.text.startswith(f"{SITE}/theme/icons/favicon.")


def test_long_names_are_cut(rendu_publie):
    view = PageView(cadre=cadre(nom="Mot " * 30), titre="Mot", description="", url="/x.xml")
    root = ElementTree.fromstring(rendu_publie("opensearch.xml", view).encode())
    assert len(root.findtext(f"{NAMESPACE}LongName")) <= 48


def test_the_home_page_leads_to_it_and_lists_do_not(rendu_publie, rendu):
    def linked(draw, case):
        return html.document_fromstring(draw(*case)).xpath("//link[@rel='search']/@href")

    assert linked(rendu_publie, accueil()) == ["/portail/recherche/opensearch.xml"]
    assert linked(rendu_publie, liste()) == linked(rendu, accueil()) == []
