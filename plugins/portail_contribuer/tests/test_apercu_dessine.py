"""How a proposal will appear: its lines beside those of a build, its page in a dialog."""

import json
import re
from functools import cache

import pytest
from lxml import html as parser
from playwright.sync_api import expect

from doses import all_hold, dose
from portail.text.typography import typeset
from projects import form_sources

pytestmark = pytest.mark.chromium
SCREEN = {"width": 1100, "height": 800}
DAY = "2021-09-27"
FORMS = {"events": "evenement", "annonces": "annonce"}
_SHOW = """async ([name, entete, faits]) => {
  const { apercu } = JSON.parse(document.getElementById('Formulaire').dataset.modules);
  const module = await import(apercu), place = document.createElement('div');
  await module[name](place, entete, faits);
  return place.innerHTML;
}"""
_PAGE = """async ([entete, corps, faits]) => {
  const { apercu } = JSON.parse(document.getElementById('Formulaire').dataset.modules);
  await (await import(apercu)).page(entete, corps, faits);
}"""
_EACH = """async ([names, told]) => {
  const { apercu } = JSON.parse(document.getElementById('Formulaire').dataset.modules);
  const module = await import(apercu), found = [];
  const drawn = async (name, [entete, corps, faits]) => {
    if (name === 'page') {
      await module.page(entete, corps, faits);
      const dialog = document.querySelector('dialog'), { outerHTML } = dialog;
      dialog.close();
      while (dialog.isConnected) await new Promise((then) => setTimeout(then));
      return outerHTML;
    }
    const place = document.createElement('div');
    await module[name](place, entete, faits);
    return place.innerHTML;
  };
  for (const one of told) {
    found.push([]);
    for (const name of names) found.at(-1).push(await drawn(name, one));
  }
  return found;
}"""
"""What is drawn of each content: its page, or its lines."""
_BECOMES = """([dossier, schema]) => {
  const form = document.getElementById('Formulaire');
  form.dataset.dossier = dossier;
  form.dataset.adresses = JSON.stringify({ ...JSON.parse(form.dataset.adresses), schema });
}"""
EVENT = {
    "titre": "Le retour d’*Astacus*",
    "resume": "Une <b>soirée</b> au bord de l’eau.",
    "publie_le": DAY,
    "themes": ["vivant-sante"],
    "format": ["atelier"],
    "seances": [
        {"debut": "2021-10-03 15:00", "fin": "2021-10-03 17:00"},
        {"debut": "2021-10-10 15:00", "fin": "2021-10-10 17:00"},
    ],
    "adresse": {"nom": "Salle fictive", "rue": "1 place de la Fiction", "commune": "Arras (62)"},
    "publics": ["familles", "primaire"],
    "age": {"min": "8"},
    "tarif": {"prix": "5,50", "conditions": "gratuit le dimanche"},
    "inscription": {"regime": "obligatoire", "telephone": "03 53 01 00 00"},
    "accessibilite": {"moteur": "oui", "auditif": "partiel"},
}
FACTS = {"jour": DAY, "titres": {}, "lieu": None, "image": None}

# What a form cannot know: what others gather below an event, the times of a rule, the article of a
# territory; what another feature adds to a line (relaxed sessions, a shared coach, a wish); an
# announcement that is over, or has its answer.
UNKNOWN = {
    "events": {
        "club-astronomie-du-premier-samedi",
        "festival-fictif-du-film", "grand-comptage-fictif-des-chouettes",
        "parcours-fictif-des-inventions",
        "parcours-fictif-des-rivieres", "village-des-sciences-fictif",
    },
}  # fmt: skip


FORM = "/contribuer/evenement/"


@pytest.fixture(scope="module")
def showcase(built):
    """The published showcase."""
    return built("vitrine")


def _plain(text):
    return re.sub(r"[\s\u00a0]+", " ", typeset(" ".join(text.split()))).strip()


@cache
def _lines(site):
    """What the lines of a built site say, by the page to which they lead."""
    found = {}
    for file in site.rglob("index.html"):
        text = file.read_text("utf-8")
        if 'class="ligne' not in text:
            continue
        for line in parser.fromstring(text).xpath("//article[contains(@class, 'ligne ')]"):
            if "creneau" not in line.get("class"):
                said = _plain(line.text_content())
                found.setdefault(line.xpath("string(.//h3//a/@href)"), set()).add(said)
    return found


def _facts(site, entete):
    """What a form knows of the contents that are named."""
    rows = json.loads((site / "contribuer/reperes/lieux.json").read_text("utf-8"))["lignes"]
    lieux = {row[0]: row for row in rows}
    lieu = lieux.get(entete.get("lieu", ""))
    names = {slug: row[1] for slug, row in lieux.items()}
    told = {"slug": lieu[0], "titre": lieu[1], "precision": lieu[2]} if lieu else None
    return {"jour": DAY, "titres": names, "lieu": told, "image": None}


def test_a_line_of_the_letter_says_what_the_letter_says(page, showcase):
    page.goto(FORM)
    issue = parser.parse(str(showcase / "newsletter/2021-s39/index.html"))
    same, sources = 0, form_sources(showcase, "events")
    for line in issue.xpath("//ol/li[h3]"):
        url = line.xpath("string(.//a/@href)")
        if (
            not url.startswith("/evenements/")
            or "club-astronomie" in url
            or "Inscription" in (line.text_content())
            or line.xpath("p[@class='txt']")  # what leads is told at length
            or "Partout dans" in line.text_content()  # the form has names, without their article
        ):
            continue
        slug = url.strip("/").split("/")[-1]
        entete = sources[slug]["entete"]
        drawn = page.evaluate(_SHOW, ["lignes", entete, _facts(showcase, entete)])
        figure = parser.fragment_fromstring(drawn, create_parent="div").xpath("//figure")[1]
        assert figure.xpath("string(figcaption)") == "Dans la lettre du jeudi 30\u00a0septembre"
        said = _plain(" ".join(figure.xpath(".//li")[0].itertext()))
        assert said == _plain(" ".join(line.itertext()))
        same += 1
    assert same >= 2


KINDS = FORMS | {
    "articles": "article",
    "ressources": "ressource",
    "lieux": "lieu",
    "dossiers": "dossier",
}
SAME = {"Tarif", "Public", "Accessibilité", "Contact"}
"""Rows of the box that say the same in a form: what is not told, and what a build adds, aside."""


def _said(page):
    """What a page says: its title, the line above it, its summary, some rows of its box."""
    told = {
        "titre": _plain(page.xpath("string(.//h1)")),
        "sur": _plain(page.xpath("string(.//p[@class='sur'])")),
        "chapo": _plain(page.xpath("string(.//p[@class='chapo'])")),
    }
    for row in page.xpath(".//aside[@class='infos']//div[@class='fait']"):
        name = row.xpath("string(dt)")
        if name in SAME:
            values = [*row.xpath(".//dd/text()"), *row.xpath(".//dd//*/text()")]
            told[name] = " ".join(sorted(_plain(" ".join(values)).split()))
    return told


def lines_say_what_those_of_a_build_say(showcase, folder, drawn):
    built, same, other = _lines(showcase), [], set()
    where = {"events": "evenements"}.get(folder, folder)
    for slug, line in drawn.items():
        expected = built.get(f"/{where}/{slug}/")
        if not expected:
            continue
        said = _plain(parser.fromstring(line).text_content())
        # The page of whoever proposes it does not name them again, at the end of the line.
        if any(said.startswith(one) for one in expected):
            same.append(slug)
        else:
            other.add(slug)
    assert other == UNKNOWN.get(folder, set())
    assert len(same) >= 12


def pages_say_what_those_of_a_build_say(showcase, folder, drawn):
    where, other = {"events": "evenements"}.get(folder, folder), {}
    for slug, text in drawn.items():
        built = parser.parse(str(showcase / where / slug / "index.html")).getroot()
        shown, expected = _said(parser.fromstring(text)), _said(built.xpath("//article")[0])
        kept = {*shown, *expected} if folder == "events" else {"titre", "sur"}
        other |= {
            (slug, key): (shown.get(key), expected.get(key))
            for key in kept
            if shown.get(key) != expected.get(key)
        }
    assert drawn and other == {}


def test_it_says_what_a_build_says(page, showcase):
    def drawn(sources, *names):
        told = [[e := one["entete"], one["corps"], _facts(showcase, e)] for one in sources.values()]
        return dict(zip(sources, page.evaluate(_EACH, [names, told]), strict=True))

    def judge(folder):
        page.goto(FORM)
        page.evaluate(_BECOMES, [folder, f"/contribuer/{KINDS[folder]}/schema.json"])
        sources = form_sources(showcase, folder)
        some = drawn(dict([*sources.items()][:: dose(5, 1)]), "lignes", "page")
        assert all(lines for lines, _ in some.values())
        pages = {slug: text for slug, (_, text) in some.items()}
        pages_say_what_those_of_a_build_say(showcase, folder, pages)
        if folder in FORMS:
            lines = {slug: line for slug, (line,) in drawn(sources, "ligne").items()}
            lines_say_what_those_of_a_build_say(showcase, folder, lines)

    all_hold(judge, KINDS)


def what_moves_on_line_is_there_alone(page):
    moved = EVENT | {"etat": "deplace-en-ligne"}
    for link, said in (("", "En ligne, lien à venir"), ("https://direct.example.org/", "En ligne")):
        drawn = page.evaluate(_SHOW, ["lignes", moved | {"en_ligne": link}, FACTS])
        told = _plain(parser.fromstring(drawn).text_content())
        assert len(re.findall(f" · {said} (?:·|Dans)", told)) == 2, told
        assert not re.search("Arras|Salle fictive|Sur place", told)


def data_are_text_and_what_is_too_late_for_the_letter_is_told(page):
    entete = {**EVENT, "seances": [{"debut": "2021-09-28 15:00"}]}
    drawn = page.evaluate(_SHOW, ["lignes", entete, FACTS])
    assert "ce rendez-vous aura déjà eu lieu" in drawn
    assert "jeudi 30&nbsp;septembre" in drawn
    # Data are text.
    hostile = "<img src=x onerror=window.touche=1>"
    entete = {**EVENT, "titre": hostile, "adresse": {"nom": hostile, "commune": hostile}}
    drawn = page.evaluate(_SHOW, ["lignes", entete, {**FACTS, "titres": {"x": hostile}}])
    assert parser.fromstring(drawn).xpath("//img") == []
    page.evaluate(_PAGE, [entete, hostile, FACTS])
    assert page.locator("dialog img").count() == 0
    assert page.evaluate("window.touche") is None
    page.keyboard.press("Escape")


def test_the_page_opens_in_a_dialog_that_escape_closes(page):
    page.goto(FORM)
    opener = page.get_by_role("button", name="Vérifier et relire")
    opener.focus()
    page.evaluate(_PAGE, [EVENT, "## Déroulé\n\nUn **texte**.", FACTS])
    dialog = page.get_by_role("dialog", name="Comme elle paraîtra")
    expect(dialog.get_by_role("button", name="Fermer")).to_be_focused()
    expect(dialog.get_by_role("heading", level=1)).to_have_text("Le retour d’Astacus")
    expect(dialog.locator("h1 em")).to_have_text("Astacus")
    expect(dialog.locator(".chapo")).to_have_text("Une <b>soirée</b> au bord de l’eau.")
    expect(dialog.get_by_role("heading", level=2, name="Déroulé")).to_be_visible()
    box = dialog.get_by_role("complementary").inner_text()
    for said in (
        "Dimanche 3 octobre 2021, de 15 h à 17 h", "Salle fictive", "Arras (62)", "5,50 €",
        "Gratuit le dimanche", "Familles, école primaire", "Dès 8 ans", "Moteur : accessible",
        "Inscription obligatoire", "03 53 01 00 00",
    ):  # fmt: skip
        assert said in box.replace("\u00a0", " "), said
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    expect(opener).to_be_focused()
    what_moves_on_line_is_there_alone(page)
    data_are_text_and_what_is_too_late_for_the_letter_is_told(page)
    a_picture_is_drawn_with_its_words(page)
    the_page_fits_its_screen_and_prints(page)


def a_picture_is_drawn_with_its_words(page):
    entete = EVENT | {"image": {"alt": "Une écrevisse", "credit": "Musée fictif"}}
    page.evaluate(
        """async ([entete, faits]) => {
        const { apercu } = JSON.parse(document.getElementById('Formulaire').dataset.modules);
        const toile = new OffscreenCanvas(40, 20), trait = toile.getContext('2d');
        trait.fillStyle = '#f00';
        trait.fillRect(0, 0, 40, 20);
        const image = { blob: await toile.convertToBlob(), nom: 'rouge.png' };
        await (await import(apercu)).page(entete, '', { ...faits, image });
        }""",
        [entete, FACTS],
    )
    picture = page.get_by_role("dialog").get_by_role("img", name="Une écrevisse")
    assert picture.evaluate("(one) => [one.width, one.height]") == [40, 20]
    red = picture.evaluate("(one) => [...one.getContext('2d').getImageData(5, 5, 1, 1).data]")
    assert red == [255, 0, 0, 255]
    expect(page.get_by_role("dialog").locator("figcaption")).to_have_text("© Musée fictif")
    page.keyboard.press("Escape")


def the_page_fits_its_screen_and_prints(page):
    page.evaluate(_PAGE, [EVENT | {"titre": "M" * 140}, "Un mot\n\n| a | b |\n|---|---|", FACTS])
    fits = "(d => d.scrollWidth <= d.clientWidth)(document.querySelector('dialog'))"
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate(fits), width
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.locator(".apercu-tete")).to_be_hidden()
    page.emulate_media(media="screen")
