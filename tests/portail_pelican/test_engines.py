"""The showcase in Firefox and in WebKit (in the long run, the demonstration): what a reader does on
its main pages answers, and no error is said.

One window of each, opened once; ``firefox.py`` and ``webkit.py`` of ``tests/helpers/`` press
and type as a person does.
"""

import sys

import pytest

import webkit
from doses import LONG
from firefox import ENTER, TAB, firefox, program
from pages import LOCAL_ADDRESS
from serving import served

pytestmark = [pytest.mark.site, pytest.mark.firefox, pytest.mark.xdist_group("moteurs")]

FOCUSED = "document.activeElement.closest(arguments[0])"
LINK = "2KicfdWTre9g5ytYkDiOnPiKx"
"""What every version of the site makes of three contents: it is read for ever."""
SHOWN = "document.querySelectorAll('#Resultats .carte-titre').length"


ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="WebKitGTK has no other system")


@pytest.fixture(scope="module", params=["firefox", pytest.param("webkit", marks=ON_LINUX)])
def window(request, built, tmp_path_factory):
    """A window, and the address of the site."""
    profile = tmp_path_factory.mktemp(request.param)
    site = built("demonstration" if LONG else "vitrine")
    if request.param == "webkit":
        with (
            served(site, LOCAL_ADDRESS, first=webkit.LISTENING) as host,
            webkit.webkit(webkit.program(), profile) as started,
        ):
            yield started, host
    else:
        with served(site, LOCAL_ADDRESS) as host, firefox(program(), profile) as started:
            yield started, host


@pytest.fixture
def page(window):
    """The window; what its console says is the test's."""
    browser, host = window
    browser.host = host
    yield browser
    said = browser.errors(host)
    assert said == [], said


def test_home(page):
    """Its menu opens, its styles and fonts are there, the choice of display is kept."""
    page.open(f"{page.host}/")
    assert page.text("h1")
    assert page.until("document.fonts.check('16px \"Bricolage Grotesque\"')")
    page.click(".affichage label:nth-of-type(3)")
    page.until("document.documentElement.dataset.theme === 'sombre'")
    page.open(f"{page.host}/agenda/")
    page.until("document.documentElement.dataset.theme === 'sombre'")
    page.run("localStorage.clear()")


def test_agenda_is_filtered(page):
    page.open(f"{page.host}/agenda/")
    before = page.until(SHOWN)
    page.run("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
    page.click("label:has([name=theme][value=numerique])")
    page.until("location.search === '?theme=numerique'")
    page.until(f"{SHOWN} < arguments[0]", before)
    assert page.run(f"return {SHOWN}")
    page.type("#Commune", "Arras")
    page.element("[role=listbox] [role=option]")
    page.type("#Commune", f"\ue015{ENTER}")
    page.until("location.hash.startsWith('#pres=Arras')")


@pytest.mark.long
@pytest.mark.parametrize("window", ["firefox"], indirect=True)
def test_what_is_heard_of_the_agenda_and_of_its_filter(page):
    """Gecko's own accessibility tree, as Orca and NVDA read it: what acts has a name, a count is
    in a status, the points between facts are not there."""
    page.open(f"{page.host}/agenda/?theme=agriculture-alimentation")
    page.until("/[0-9]/.test(document.querySelector('[role=status]').textContent)")
    told = page.run("return document.querySelector('[role=status]').textContent").split()
    heard = page.heard(" ".join(told[:2]))
    names = [name for _, name in heard]
    assert "Agenda" in [name for role, name in heard if role == "heading"]
    acting = {"link", "pushbutton", "checkbutton", "radiobutton", "entry", "editcombobox"}
    assert [role for role, name in heard if role in acting and not name] == []
    assert "statusbar" in [role for role, _ in heard]
    leaves = [name for role, name in heard if role == "text leaf"]
    main = " ".join(leaves[leaves.index("Résultats") :])
    assert " · " not in main.replace("Exemple · ", "")
    assert len(names) > 200


@pytest.mark.long
def test_search_leads_to_its_best_answer(page):
    page.open(f"{page.host}/recherche/#Recherche")
    page.until(FOCUSED, "#Recherche")
    page.type("#Recherche", f"la coupole{ENTER}")
    page.until(FOCUSED, "#Resultats h2")
    page.type(":focus", TAB)
    page.until(FOCUSED, "article.premier h3 a")
    page.type(":focus", ENTER)
    page.until("location.pathname === '/lieux/la-coupole/'")


def test_what_is_starred_is_in_the_selection(page):
    """A list that was filtered has its stars too; a link is the same in every engine."""
    page.open(f"{page.host}/agenda/?gratuit=oui")
    page.until("location.search && document.querySelector('#Resultats .entree .etoile')")
    page.click("#Resultats .entree .etoile")
    page.open(f"{page.host}/ma-selection/")
    page.until("document.querySelectorAll('#Resultats [aria-pressed=true]').length === 1")
    page.until("document.querySelector('#Resultats .meta')?.textContent")
    names = ["evenements/la-nuit-de-la-chouette", "ressources/malle-a-fils", "annonces/un-labo-2"]
    made = page.run(
        "const [names] = arguments, { lien } = document.getElementById('Selection').dataset;"
        "return import(lien).then(({ lier }) => lier(names));",
        names,
    )
    assert made == LINK
    page.click("#Oublier")
    page.until("!document.getElementById('Rien').hidden && !localStorage.selection")


# Of an event to come: one that has a picture, one that has the drawing of its theme.
ANNOUNCED = (
    ("combien-pese-un-nuage", "le-musee-sandelin-rouvre")
    if LONG
    else ("atelier-fusees-exemple", "journee-entiere")
)
COLOURS = """const { data } = document.querySelector('canvas').getContext('2d')
  .getImageData(0, 0, 1080, 300);
return new Set(new Uint32Array(data.buffer)).size;"""


@pytest.mark.parametrize("name", ANNOUNCED)
def test_an_event_is_made_known(page, name):
    """Its text, the picture that its page shows, the way back."""
    page.open(f"{page.host}/evenements/{name}/")
    page.click("[aria-haspopup=dialog]")
    page.until("document.querySelector('dialog[open] textarea')?.value.endsWith('/')")
    page.click(".connaitre-gestes + .connaitre-gestes button")
    page.until("document.querySelector('.connaitre canvas')?.height === 1080")
    page.until("document.querySelector('.connaitre-image')")
    page.until(f"(() => {{ {COLOURS} }})() > 20")
    page.type("dialog textarea", "\ue00c")
    page.until("!document.querySelector('dialog[open]')")
    page.until(FOCUSED, "[aria-haspopup=dialog]")


def test_a_form_says_what_to_mend(page):
    page.open(f"{page.host}/contribuer/evenement/")
    page.element("form.prete")
    page.type("#C-titre", "Une nuit sous le ciel")
    page.click("form [type=submit]")
    page.until(FOCUSED, "#Sommaire")
    assert "Donnez un résumé" in page.text("#Sommaire")
    page.type("#C-resume", f"Une phrase.{TAB}")
    page.until("!document.getElementById('Sommaire').textContent.includes('Donnez un résumé')")


@pytest.mark.long
def test_a_map_moves(page):
    page.open(f"{page.host}/carte/lieux/")
    page.click(".geo-bouger")
    page.element(".vive-carte .leaflet-pane")
    page.until("document.querySelectorAll('.vive-pt').length > 3")


@pytest.mark.long
def test_an_edition_is_chosen(page):
    page.open(f"{page.host}/newsletter/")
    page.click("main a[href='/newsletter/pas-de-calais/']")
    page.until("document.querySelector('h1').textContent.includes('Pas-de-Calais')")
