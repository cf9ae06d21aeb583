"""The grid of opening hours in the form of a place writes a sentence, which Python reads back."""

from random import Random

import pytest
from contributions import write
from playwright.sync_api import expect
from vrais_formulaires import ACCORD, deplier, formulaire, verifier

from doses import rows_of
from horaires import written
from portail.features.services.horaires.field import osm_hours
from portail.features.services.horaires.french import is_spoken
from portail.features.services.horaires.notation import Misread, read_opening_hours
from portail.model.kinds import Kind
from portail_contribuer.contribuer.files import grid_of

pytestmark = pytest.mark.chromium
FIELD = "#C-horaires_ouverture"
SAID = """async (grilles) => {
  const { dire, faute } = await import('/theme/js/contribuer-grille.js');
  const fautes = ({ jours }) => Object.values(jours).filter((une) => une.length && faute(une));
  return grilles.map((une) => [dire(une), fautes(une).length]);
}"""
CODES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "SH", "PH")
NOTES = ("", "", "sur rendez-vous", "dernière entrée à 17 h", "groupes : le matin")


def grid(chance):
    """As someone fills it: a few hours, that several days have."""
    known = [[]]
    for _ in range(chance.randint(1, 3)):
        marks = sorted(chance.sample(range(96), chance.choice((2, 2, 4))))
        hours = [f"{mark // 4:02}:{mark % 4 * 15:02}" for mark in marks]
        if chance.random() < 0.2:
            hours[-1] = chance.choice(("", "00:00", "00:15")) if hours[0] > "00:15" else hours[-1]
        known.append(hours if hours[-1] or len(hours) == 2 else [*hours[:-1], "23:59"])
    chosen = [code for code in CODES if chance.random() < chance.choice((0.3, 0.9))]
    return {"jours": {code: chance.choice(known) for code in chosen}, "note": chance.choice(NOTES)}


def test_what_the_grid_writes_python_reads_back(page):
    grids = [one for seed in range(600) if (one := grid(Random(seed))) and any(one.values())]
    for seed in range(300):
        try:
            hours = read_opening_hours("; ".join(one.text for one in written(Random(seed))))
        except Misread:
            continue
        if (one := grid_of(hours)) is not None:
            grids.append(one)
    for one, (said, faults) in zip(grids, page.evaluate(SAID, grids), strict=True):
        assert not faults, one
        assert is_spoken(said), said
        assert grid_of(read_opening_hours(osm_hours(said))) == one, said


FAULTS = rows_of("portail_contribuer/tests/contribuer/horaires.yml")
"""Two openings of a day, and what is wrong with them."""


def test_hours_that_cannot_be_are_told(page):
    said = page.evaluate(
        """async (all) => { const { faute } = await import('/theme/js/contribuer-grille.js');
           return all.map((une) => faute(une)); }""",
        [hours for hours, _ in FAULTS],
    )
    assert said == [fault for _, fault in FAULTS]
    for hours in (hours for hours, fault in FAULTS if not fault):  # and Python takes them
        pairs = [one for one in zip(hours[::2], hours[1::2], strict=True) if one[0]]
        text = ",".join(f"{start}-{end}" if end else f"{start}+" for start, end in pairs)
        read_opening_hours(f"Mo {text}")


def hour(page, day, part):
    return page.locator(f"{FIELD}-{day}-{part}")


def sentence(page):
    return page.locator(FIELD).input_value()


def complete(page):
    known = {"titre": "Un musée", "resume": "Deux phrases.", "type": "musee"}
    write(page, known | {"adresse-commune": "Lens"}, ACCORD)


def a_faulty_day_is_told_where_it_is(page):
    hour(page, "Tu", "a").fill("12:30")
    wrong = "Mardi : il manque l’heure d’ouverture."
    expect(page.locator("[data-grille] [data-dit]")).to_have_text(wrong)
    assert sentence(page) == ""
    assert verifier(page) is None
    expect(page.locator("#Sommaire")).to_contain_text(wrong)
    hour(page, "Tu", "de").fill("10:00")
    assert sentence(page) == "Mardi : de 10 h à 12 h 30"


WEEK = "Du mardi au vendredi : de 10 h à 12 h 30 et de 14 h à 18 h ; Samedi : de 14 h à 18 h ; "
SAID_SO = f"{WEEK}Jours fériés : fermé"


def it_is_filled_day_by_day(page):
    expect(hour(page, "Tu", "encore")).to_be_hidden()
    page.get_by_role("button", name="Mardi : puis d’autres heures").click()
    expect(hour(page, "Tu", "encore")).to_be_focused()
    hour(page, "Tu", "encore").fill("14:00")
    hour(page, "Tu", "jusqua").fill("18:00")
    for day in ("Mercredi", "Jeudi", "Vendredi"):
        page.get_by_role("button", name=f"Idem que la veille : {day}").click()
    hour(page, "Sa", "de").fill("14:00")
    assert sentence(page).endswith("; Samedi : à partir de 14 h")
    hour(page, "Sa", "a").fill("18:00")
    page.get_by_label("Jours fériés : fermé").check()
    assert sentence(page) == SAID_SO
    expect(hour(page, "PH", "de")).to_be_disabled()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("[data-note]").fill('sur "rendez-vous" (appelez)')
    assert sentence(page).count("(sur rendez-vous appelez)") == 2
    page.locator("[data-note]").fill("")
    found = verifier(page)
    assert found["entete"]["horaires_ouverture"] == SAID_SO
    assert not page.locator("#Conseils").is_visible()
    osm = "Tu-Fr 10:00-12:30,14:00-18:00; Sa 14:00-18:00; PH off"
    assert osm_hours(found["entete"]["horaires_ouverture"]) == osm


def a_sentence_written_by_hand_stays(page):
    page.locator(FIELD).fill("d’avril à septembre, du mardi au dimanche 10h-18h")
    page.get_by_label("Lundi : fermé").check()
    assert sentence(page).startswith("d’avril")
    found = verifier(page)
    assert found["entete"]["horaires_ouverture"].startswith("d’avril")
    expect(page.locator("#Conseils")).to_contain_text("Les horaires sont écrits à la main")
    page.get_by_role("button", name="Remplacer la phrase par la grille").click()
    told = f"Lundi : fermé ; {WEEK}"
    assert sentence(page) == f"{told}Jours fériés : fermé"
    expect(page.locator(FIELD)).to_be_focused()
    page.reload()
    page.locator("form.prete").wait_for()
    assert sentence(page) == f"{told}Jours fériés : fermé"
    expect(page.get_by_label("Lundi : fermé")).to_be_checked()
    hour(page, "Su", "de").fill("10:00")
    goes_on = f"{told}Dimanche : à partir de 10 h ; Jours fériés : fermé"
    assert sentence(page) == goes_on, "a draft goes on"


@pytest.mark.parametrize("width", [390, pytest.param(1280, marks=pytest.mark.long)])
def test_the_hours_of_a_place(tab, width):
    tab.set_viewport_size({"width": width, "height": 844})
    page = formulaire(tab, Kind.LIEU)
    deplier(page, "venir")
    complete(page)
    a_faulty_day_is_told_where_it_is(page)
    it_is_filled_day_by_day(page)
    assert page.evaluate("said") == []
    a_sentence_written_by_hand_stays(page)


def published(horaires, phrase):
    entete = {"titre": "Un musée", "resume": "Deux phrases.", "type": "musee", "commune": "Lens",
              "horaires_ouverture": phrase}  # fmt: skip
    told = {"chemin": "content/lieux/musee.md", "entete": entete, "corps": ""}
    return {"musee": told | ({"horaires": horaires} if horaires else {})}


def test_published_hours_fill_the_grid(tab):
    phrase = "Du mardi au dimanche : de 10 h à 18 h ; Jours fériés : fermé"
    horaires = grid_of(read_opening_hours("Tu-Su 10:00-18:00; PH off"))
    files = published(horaires, phrase)
    page = formulaire(tab, Kind.LIEU, "?modifier=musee&quoi=horaires", files)
    expect(hour(page, "Mo", "de")).to_be_focused()
    assert sentence(page) == phrase
    expect(hour(page, "Tu", "de")).to_have_value("10:00")
    expect(page.get_by_label("Jours fériés : fermé")).to_be_checked()
    expect(page.locator("[data-grille]")).to_have_attribute("open", "")
    page.get_by_label("Mardi : fermé").check()
    told = "Mardi : fermé ; Du mercredi au dimanche : de 10 h à 18 h ; Jours fériés : fermé"
    assert sentence(page) == told
    found = verifier(page)
    assert found["entete"]["horaires_ouverture"] == told


def test_hours_that_no_grid_holds_stay_as_they_are(tab):
    phrase = "D’avril à septembre, du mardi au dimanche : de 10 h à 18 h"
    page = formulaire(tab, Kind.LIEU, "?modifier=musee&quoi=horaires", published(None, phrase))
    assert sentence(page) == phrase
    assert page.locator("[data-grille]").get_attribute("open") is None
    expect(page.locator(FIELD)).to_be_focused()
    page.get_by_role("button", name="Vérifier et relire").click()
    expect(page.get_by_text("Rien n’a changé")).to_be_visible()
    page.locator("#Question [value=autre]").click()
    page.locator("#C-resume").fill("Une phrase.")
    page.locator("[data-hors=accord] input").check()
    found = verifier(page)
    assert found["entete"]["horaires_ouverture"] == phrase
    assert not page.locator("#Conseils").is_visible(), "it reads back: Python said it"
