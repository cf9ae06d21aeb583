"""What a browser reads to add the search of the site to its own."""

from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest

from portail.outputs.pages.views.shared import PageView
from remake import replace

NAMESPACE = "{http://a9.com/-/spec/opensearch/1.1/}"
SITE = "https://exemple.org/portail"


@pytest.fixture
def described(rendu_publie, changed):
    """A function that reads the description of a site, some of its frame changed."""

    def describe(**frame):
        cadre = replace(changed("/")[1].cadre, **frame)
        view = PageView(
            cadre=cadre, titre="Sciences & <arts", description="Lieux & dates.",
            url="/recherche/opensearch.xml",
        )  # fmt: skip
        return ElementTree.fromstring(rendu_publie("opensearch.xml", view).encode())

    return describe


def test_the_description_follows_the_specification(described):
    root = described(nom="Sciences & <arts>", courriel="redaction@exemple.org")
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


def test_long_names_are_cut(described):
    assert len(described(nom="Mot " * 30).findtext(f"{NAMESPACE}LongName")) <= 48


def test_the_home_page_and_the_search_lead_to_it_and_others_do_not(trees, read, changed):
    linked = {url for url, page in trees.items() if page.xpath("//link[@rel='search']")}
    assert linked == {"/", "/recherche/"}
    assert not read(changed("/")).xpath("//link[@rel='search']"), "it has no address yet"
