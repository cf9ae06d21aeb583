"""Sheets to print in a real browser: one page A4, nothing cut, black only, a code that is read."""

import io
import re
from datetime import datetime
from itertools import product

import pytest
import zxingcpp
from navigateur import ORIGIN, hold
from PIL import Image, ImageChops
from test_chromium import DRESS

from doses import dose
from drawn_pages import ADDRESS
from plans import Tree, entry
from portail.outputs.pages.views.shared import Lien
from remake import replace

pytest.importorskip("portail_papier")

pytestmark = pytest.mark.chromium

MM = 96 / 25.4
M140 = "M" * 140
LONG = "Un atelier pour toute la famille, des plus petits aux plus grands : " * 4
MEASURE = """() => {
  const sheet = document.querySelector('.a4'), box = sheet.getBoundingClientRect();
  const foot = sheet.lastElementChild.getBoundingClientRect();
  const edge = box.top + 297 * 96 / 25.4;
  const days = document.querySelector('.jours') ?? document.querySelector('.note');
  const code = document.querySelector('.qr path')?.getBoundingClientRect();
  return {
    cut: sheet.scrollHeight - sheet.clientHeight, wide: sheet.scrollWidth - sheet.clientWidth,
    days: days.scrollHeight - days.clientHeight, under: edge - foot.bottom,
    over: foot.top - days.getBoundingClientRect().bottom, code: code?.width ?? 0,
    width: box.width, height: box.height,
  };
}"""
WEEK = "agenda/affiche/2021-s40/"
STRUCTURE = "contribuer/guides/fiche-structure/"
WHILE = 1500
"""Milliseconds after which one has stopped typing."""
LEFT = """() => {
  const days = document.querySelector('.jours');
  for (const one of days.children) one.style.flex = 'none';
  return days.getBoundingClientRect().bottom - days.lastElementChild.getBoundingClientRect().bottom;
}"""


def checked(page, name, *, notes=False):
    """Print the sheet of a page: exactly one, on which everything stands."""
    page.emulate_media(media="print")
    page.evaluate("document.fonts.ready")
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1, name
    box = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert [round(float(side)) for side in box.groups()] == [595, 842]
    found = {"name": name, **page.evaluate(MEASURE)}
    assert (found["cut"], found["wide"]) == (0, 0), found
    assert notes or found["days"] <= 1, found
    assert found["over"] >= -1, found
    assert 6 * MM < found["under"] < 12 * MM, found
    assert (round(found["width"] / MM), round(found["height"] / MM)) == (210, 292), found
    assert not found["code"] or 26 * MM <= found["code"] <= 31 * MM, found


def test_one_page_on_which_everything_stands(opened, rendu, changed, planned):
    """Without a code and with a delay that is long too."""
    bare = {"qr": None, "adresse": ""}
    hold("/nue", rendu(*changed(f"/{WEEK}", **bare, autres=(), plutot=None)))
    hold("/nu", rendu(*changed(f"/{STRUCTURE}", **bare, courriel="")))
    hold("/longue", rendu(*changed(f"/{STRUCTURE}", delai="un mois, sauf en août")))
    sheets = [url[1:] for url, one in planned.items() if one.template == "affiche.html"]
    page = opened(1000)
    for name in (STRUCTURE, "nue", "nu", "longue", *sheets[:: dose(7, 1)]):
        page.goto(f"{ORIGIN}/{name}")
        checked(page, name, notes=name in (STRUCTURE, "nu", "longue"))


def test_a_sheet_that_cannot_hold_all_is_full(opened, rendu, tmp_path):
    """What counts lines never holds too much: rows take their own height, and little is left."""
    hours = [f"2021-10-{n % 7 + 4:02} {9 + n // 7}:00" for n in range(40)]
    many = {
        f"events/e{n}": entry("events", titre=f"Un atelier, le {n}e", debut=hour)
        for n, hour in enumerate(hours)
    }
    one = Tree(tmp_path).pages(many, siteurl="https://exemple.org")[f"/{WEEK}"]
    hold("/pleine", rendu(one.template, one.view()))
    page = opened(1000)
    page.goto(f"{ORIGIN}/pleine")
    checked(page, "pleine")
    assert page.get_by_text("autres rendez-vous").count() or page.locator(".reste").count()
    assert 0 <= page.evaluate(LEFT) < 20 * MM


def picture(page):
    """The sheet as it is printed."""
    page.emulate_media(media="print")
    page.evaluate("document.fonts.ready")
    return Image.open(io.BytesIO(page.locator(".a4").screenshot())).convert("RGB")


def test_black_on_white_and_a_code_that_leads_to_the_page(opened):
    page = opened(1000)
    pairs = [*product((WEEK, STRUCTURE), ("light", "dark"))]
    for name, scheme in pairs[:: dose(3, 1)]:
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{ORIGIN}/{name}")
        shown = picture(page)
        red, green, blue = shown.split()
        assert ImageChops.difference(red, green).getextrema() == (0, 0), name
        assert ImageChops.difference(green, blue).getextrema() == (0, 0), name
        assert shown.getpixel((2, 2)) == (255, 255, 255), name
        (code,) = zxingcpp.read_barcodes(shown)
        assert code.text.startswith(ADDRESS), name


def test_the_button_and_the_day_come_with_the_script(opened):
    page = opened(1000)
    page.add_init_script("window.print = () => { window.printed = true }")
    page.goto(f"{ORIGIN}/{WEEK}")
    assert not page.get_by_text("Imprimez cette page").is_visible()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.get_by_text("Imprimé le 27 septembre 2021").is_visible()
    page.get_by_role("button", name="Imprimer").click()
    assert page.evaluate("window.printed")
    bare = opened(1000, java_script_enabled=False)
    bare.goto(f"{ORIGIN}/{WEEK}")
    assert bare.get_by_text("Imprimez cette page").is_visible()
    assert bare.get_by_text("Programme à jour.").is_visible()
    day = bare.locator("[data-a-jour]").evaluate("one => getComputedStyle(one, '::after').content")
    assert day == '" du 27\u00a0septembre 2021"'
    assert not bare.get_by_role("button", name="Imprimer").is_visible()


def test_on_screen_the_sheet_grows_with_its_letters(opened):
    page = opened(1000)
    for name in (WEEK, STRUCTURE):
        page.goto(f"{ORIGIN}/{name}")
        before = page.evaluate(MEASURE)
        assert round(before["height"] / MM) == 297
        page.evaluate(DRESS, "* { letter-spacing: .12em !important; line-height: 1.6 }")
        after = page.evaluate(MEASURE)
        assert after["over"] >= -1
        assert name == STRUCTURE or after["height"] > before["height"]


def test_a_poster_of_last_week_says_so(opened, rendu, changed):
    living = replace(changed(f"/{WEEK}")[1].cadre, date_epinglee=None)
    hold("/vivante", rendu(*changed(f"/{WEEK}", cadre=living)))
    page = opened(1000)
    for day, over in (("2021-10-10", False), ("2021-10-11", True)):
        page.clock.set_fixed_time(datetime.fromisoformat(f"{day}T12:00:00+00:00"))
        page.goto(f"{ORIGIN}/vivante")
        assert page.get_by_text("Cette affiche est passée.").is_visible() is over


def test_places_are_found_by_what_one_types(opened):
    page = opened(1000)
    page.clock.install()
    page.goto(f"{ORIGIN}/affiches/")
    rows = page.locator(".affiches li:visible")
    assert rows.count() == 9
    page.get_by_role("searchbox").fill("st omer")
    assert rows.count() == 1
    page.clock.run_for(WHILE)
    page.get_by_text("1 affiche", exact=True).wait_for()
    page.get_by_role("searchbox").fill("Dunkerque")
    page.clock.run_for(WHILE)
    page.get_by_text("Aucune affiche à ce nom").wait_for()
    assert rows.count() == 9


BADGE = """first => {
  const badge = Object.assign(document.createElement('span'),
    { className: 'ex', textContent: '◇' });
  first.querySelector('.ico').after(badge);
  return badge.getBoundingClientRect().height / parseFloat(getComputedStyle(badge).lineHeight);
}"""
"""How many lines the mark of an invented name takes, before that of a poster."""


def test_a_place_and_its_posters_hold_their_lines(opened, rendu, changed):
    (title, rows), *others = changed("/affiches/")[1].groupes
    wide = replace(rows[0], lieu=Lien(M140, "/a/"))
    hold("/longs", rendu(*changed("/affiches/", groupes=((title, (*rows, wide)), *others))))
    page = opened(320)
    page.goto(f"{ORIGIN}/longs")
    rows = page.locator(".affiches li")
    both = (
        rows.filter(has_text="Nord")
        .locator("span > a")
        .evaluate_all("all => all.map((one) => one.getBoundingClientRect().top)")
    )
    assert len(both) == 2
    assert len(set(both)) == 1, "what is between them would be alone on a line"
    long = rows.filter(has_text=M140).first
    assert long.locator(":scope > a").evaluate(BADGE) < 2


def extreme():
    """An event that says everything at length, with and without spaces."""
    words = [f"{LONG[:50]} {n}" for n in range(20)]
    group = {
        "niveaux": [f"{n}{50 * chr(87)}" for n in range(20)], "disciplines": words,
        "effectif_max": 10000,
        "duree": "1 h 30", "tarif": LONG[:140], "transport": LONG[:200], "pass_culture": True,
    }  # fmt: skip
    fields = {
        "groupes": group, "resume": LONG, "lieu": "l", "mots_cles": words,
        "organisateurs": [f"{LONG[:90]} {n}" for n in range(5)], "publics": ["lycee"],
        "seances": [{"debut": f"2021-10-{day:02} 14:00", "fin": f"2021-10-{day:02} 16:00",
                     "etat": "annule" if day % 2 else "programme"} for day in range(1, 30)],
        "inscription": {"regime": "obligatoire", "url": f"https://example.org/{'x' * 120}",
                        "courriel": f"{'y' * 50}@example.org", "telephone": "03 20 00 00 00"},
        "accessibilite": {"precisions": LONG, "equipements": ["bim", "lsf"]},
        "en_ligne": f"https://example.org/{'z' * 120}",
    }  # fmt: skip
    street = {"rue": LONG[:200], "commune": "Amiens", "code_postal": "80000"}
    lieu = entry("lieux", titre=LONG[:140], acces=LONG, commune=None, adresse=street)
    return {
        "lieux/l": lieu,
        **{f"events/long-{n}": entry("events", titre=LONG[:140], **fields) for n in range(4)},
        "events/insecable": entry("events", titre="M" * 140, **{**fields, "resume": "W" * 300}),
    }


@pytest.fixture
def pages(opened, rendu, tmp_path):
    """A tab that serves every sheet of a tree of long events, and their names."""
    found = Tree(tmp_path).pages(extreme(), siteurl="https://exemple.org")
    drawn = {
        url.strip("/").replace("/", "_"): rendu(one.template, one.view())
        for url, one in found.items()
        if one.template == "affiche.html"
    }
    for name, text in drawn.items():
        hold(f"/{name}", text)
    return opened(1000), sorted(drawn)


def test_what_is_long_stands_on_one_page_too(pages):
    page, names = pages
    assert len(names) == 9, "three of the region, of its département, of its EPCI"
    for name in names[:: dose(3, 1)]:
        page.goto(f"{ORIGIN}/{name}")
        checked(page, name)
