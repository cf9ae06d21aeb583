"""Pieces of pages for a file that is opened alone."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from doses import cases, rows_of
from portail_relecture.apercu.pieces import Place, blocks_of, sheets_of, shown

PLACE = Place(
    "p1", 2,
    lambda address: f"https://exemple.org{address}" if address == "/connu/" else "",
    lambda address: "data:image/png;base64,AA==" if address == "/medias/a.png" else "",
)  # fmt: skip

PAGE = """<!DOCTYPE html><html><head><title>T</title>
<link rel="stylesheet" href="/base/theme/css/portail.css?v=1">
<link rel="stylesheet" href="/base/theme/css/fiche.css?v=2"></head>
<body><header>Site</header><main id="contenu"><div class="in">
<nav class="fil"><a href="/">Accueil</a></nav>
<article aria-labelledby="T"><h1 id="T">Titre</h1><p hidden>Passé</p>
<dl><div class="fait"><dt>Où</dt>
<dd>Ici</dd></div></dl>
<p>Un <b>mot</b>.</p></article></div></main><footer>Pied</footer></body></html>"""


def test_what_a_page_shows():
    text = shown(PAGE, PLACE)
    assert "Accueil" not in text
    assert "Passé" not in text
    assert "Pied" not in text
    title = html.fragment_fromstring(text, create_parent=True).find(".//h3")
    assert (title.text, title.get("id"), title.get("class")) == ("Titre", "p1-T", "h1")
    assert blocks_of(PAGE) == ["Titre", "Où : Ici", "Un mot."]
    assert sheets_of(PAGE) == ("css/portail.css", "css/fiche.css")


@cases(("written", "expected"), rows_of("portail_relecture/tests/apercu/pieces.yml"))
def test_what_is_kept_of_an_element(written, expected):
    assert expected in shown(written, PLACE)


@given(st.lists(st.sampled_from([
    "<p>", "</p>", "<svg>", "</svg>", "<style>", "</style>", "<script>", "</script>", "<math>",
    "<title>", "<img src=x onerror=x()>", "<a href='javascript:x()'>", "<!--", "-->", "<mtext>",
    "<iframe srcdoc=x>", "<template>", "<noscript>", "<table>", "<xmp>", "<foreignObject>", "texte",
    '"', "'", "<details ontoggle=x()>", "<base href=//x>", "<body onload=x()>", "<textarea>",
]), max_size=12))  # fmt: skip
def test_nothing_that_runs_is_left(parts):
    text = shown("".join(parts), PLACE)
    tree = html.fragment_fromstring(text or "x", create_parent=True)
    for one in tree.iter():
        assert one.tag not in {"script", "style", "iframe", "base", "form", "template", "object"}
        assert not [name for name in one.attrib if name.startswith("on") or name == "srcdoc"]
        assert not str(one.get("href", "")).startswith("javascript")
