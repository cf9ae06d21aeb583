"""The reader that listens: what it says of a page, and each thing that must not be heard."""

import pytest

from audit_voix import findings
from voix import listen

pytestmark = pytest.mark.chromium

RIGHT = """<main><h1>Agenda</h1>
<nav aria-label="Pages"><ul><li><a href="/2">Page 2</a><li><a href="/3">Page 3</a></ul></nav>
<h2><a href="http://a/nuit">La nuit</a></h2>
<p>Samedi 2&nbsp;octobre <span aria-hidden="true">·</span> Lens</p>
<form><label for="c">Commune</label><input id="c" required aria-describedby="a">
<p id="a">La vôtre.</p>
<details><summary>Plus</summary></details></form>
<table><caption>Heures</caption><tr><th scope="row">Lundi<td>fermé</table></main>"""
HEARD = """\
principal
titre niveau 1, Agenda
navigation, Pages
liste, 2 éléments
lien, Page 2
lien, Page 3
titre niveau 2, La nuit
Samedi 2 octobre
Lens
champ d’édition, Commune, obligatoire, La vôtre.
La vôtre.
bouton, Plus, réduit
tableau, Heures
en-tête de ligne, Lundi
cellule, fermé"""
WRONG = {
    "<nav></nav><nav></nav>": "landmark said 2 times",
    '<section aria-labelledby="t"><h2 id="t">Lettre</h2></section>': "landmark and its heading",
    "<h1>Deux</h1>": "headings of level 1",
    "<h3>Trop bas</h3>": "heading of level 3",
    "<h2>Même</h2><p>un</p><h2>Même</h2>": "heading said twice",
    "<button></button>": "without a name: button",
    "<label>Titre obligatoire <input required></label>": "« obligatoire » said twice",
    '<button aria-label="Zoom" title="Zoom">+</button>': "described by its own name",
    '<a href="/s">Suivante ›</a>': "a sign is heard",
    "<p><span>Lens</span><b> › </b><i>Arras</i></p>": "a sign is heard alone",
    "<p>Une soirée</p><p>Une soirée.</p>": "said twice in a row",
    '<img alt="Une Lune éclairée à droite" src="x"><i>.</i><p>Une Lune éclairée à droite</p>':
        "a picture and its caption",
    "<ul><li><b>sam.</b> <i>2</i> <u>oct.</u><p>Samedi 2 octobre</p></li></ul>": "a day said twice",
    '<p><a href="/a">En savoir plus</a></p>': "does not say where it leads",
    '<p><a href="http://a">Nord</a></p><p><a href="http://b">Nord</a></p>': "one name, 2 places",
    "<table><caption>Heures</caption><tr><td>un<td>deux</table>": "a table without headers",
    "<p>Le 1 octobre</p>": "« 1er » without « er »",
    "<p>Prix : 5€</p>": "a price without its space",
}  # fmt: skip


@pytest.fixture(scope="module")
def page(browser):
    """A tab for all."""
    tab = browser.new_page()
    yield tab
    tab.close()


def test_a_page_is_heard_in_its_order_with_its_roles(page):
    page.set_content(RIGHT)
    voice = listen(page)
    assert voice.words == HEARD.splitlines()
    assert findings(voice) == []


@pytest.mark.parametrize("wrong", WRONG)
def test_what_must_not_be_heard_is_found(page, wrong):
    page.set_content(f"<main><h1>Titre</h1><p>Chapô</p>{wrong}</main>")
    assert any(
        line.startswith(WRONG[wrong]) or WRONG[wrong] in line for line in findings(listen(page))
    )
