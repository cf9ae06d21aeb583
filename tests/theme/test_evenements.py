"""Events, programmes and projects: what their pages say, how they print, what a thumb can hit."""

import re

import pytest
from navigateur import ORIGIN
from vues import fiche

from portail.outputs.pages.views.shared import Etiquette, Fait, Lien, Message


def text_of(element):
    return " ".join(element.text_content().split())


def test_what_was_announced_is_struck_and_what_replaces_it_is_strong(tree):
    page = tree("reprogramme")
    band = page.find_class("message")[0]
    assert band.xpath("string(.//del)") == "D’abord annoncé\xa0: samedi"
    assert band.xpath("string(.//strong)") == "dimanche"
    heard = text_of(band.xpath(".//p[del]")[0])
    assert heard == "D’abord annoncé : samedi ; maintenant : dimanche", "a stroke is not heard"


def test_what_is_over_leads_elsewhere(tree):
    page = tree("event-passe")
    band = page.find_class("message")[0]
    assert text_of(band.find_class("suites")[0][0]) == "Bufo Demain"
    context = text_of(page.find_class("contexte")[0])
    assert context == "Dans le cadre de : Village (étape 2) et Fête"


def test_a_fold_is_named_by_what_is_known(read):
    facts = (
        Fait("Dedans, dehors", (Lien("Dehors"),)),
        Fait("Pas encore renseigné", (Lien("Accès", signe="manque"),)),
    )
    summary = read(fiche("events", replis=facts)).xpath("//*[@class='infos']/details/summary")[0]
    assert text_of(summary) == "Dedans ou dehors"


def test_what_is_moved_on_line_says_it_once(read):
    labels = (Etiquette("En ligne", "en-ligne"),)
    moved = fiche("events", message=Message("Déplacé en ligne", ""), etiquettes=labels)
    assert not read(moved).xpath("//*[@class='titre-date']//*[@class='etiqs']")
    assert read(fiche("events", etiquettes=labels)).xpath(
        "//*[@class='titre-date']//*[@class='etiqs']"
    )


def test_séances_of_a_day_are_told_under_it(tree):
    page = tree("event-jours")
    day = page.find_class("seances-jour")[0]
    assert [text_of(one) for one in day] == ["De 10 h à 11 h", "N’a pas lieu : À 14 h"]
    assert day.xpath(".//del/time")
    full = page.find_class("seances-jour")[1]
    assert [text_of(one) for one in full] == ["De 15 h à 16 h Complet", "De 17 h à 18 h"], (
        "a label above the hours would be that of the day"
    )
    box = page.xpath("//aside[*[@id='Infos']]")[0]
    assert "Du 1er au 9 octobre 2021" in text_of(box).replace("\u00a0", " ")


def test_a_parcours_says_in_its_box_how_many_places_it_goes_through(tree):
    page = tree("event-etapes")
    (link,) = page.xpath("//aside[*[@id='Infos']]//a[@href='#Programme-1']")
    assert " ".join(link.text.split()) == "Les 3 étapes"


def test_a_timetable_is_told_once(tree):
    page = tree("event-horaires")
    assert page.xpath("//section[.//*[@id='Dates']]") == []
    table = page.xpath("//section[.//*[@id='Tableau-0']]//th")[0]
    assert (table.get("scope"), table.text) == ("row", "Mercredi")
    assert page.xpath("//aside[*[@id='Infos']]//a/@href")[0] == "#Tableau-0"


def test_unknown_is_not_no(tree):
    page = tree("events")
    rows = page.xpath("//dt[.='Accessibilité']/following-sibling::dd")
    signs = [row.xpath("string(.//span/@class)") for row in rows]
    assert len(set(signs)) == 3
    assert "non renseigné" in text_of(rows[2])


def test_a_programme_by_day_then_the_steps(tree):
    page = tree("event-parent")
    days = page.find_class("jours")[0]
    assert [text_of(one) for one in days.xpath("./li/div/h3")][1] == "Plusieurs jours de suite"
    assert [one.get("datetime") for one in days.find_class("passage")[0].iter("time")]
    assert len(page.find_class("etapes")[0].xpath("./li")) == 3


def test_editions_are_a_table(tree):
    page = tree("temps-fort")
    table = page.find_class("editions")[0]
    assert [one.text for one in table.xpath(".//th[@scope='col']")] == ["2022", "2021", "2019"]
    assert [one.text for one in table.xpath(".//th[@scope='row']")] == ["Dates", "Animations"]
    assert table.xpath("string(.//tbody/tr[1]/td[1])") == "–"


def test_a_project_says_where_it_is_and_what_it_lacks(tree):
    page = tree("projet-idee")
    assert page.xpath("//*[@aria-current='step']/text()") == ["Idée"]
    assert len(page.find_class("besoins")[0]) == 2
    steps = page.find_class("etapes")[0]
    assert [one.get("class") for one in steps] == ["fait", None]
    assert text_of(steps[0]).startswith("15 juin 2021 · fait")
    assert tree("projet-termine").find_class("besoins") == [], "it is over"


@pytest.mark.chromium
def test_an_event_prints_on_one_sheet(opened):
    page = opened(800)
    for name in ("events", "event-horaires", "event-jours", "reporte"):
        page.goto(f"{ORIGIN}/{name}")
        paper = page.pdf(format="A4", prefer_css_page_size=True).decode("latin-1")
        assert len(re.findall(r"/Type /Page\b(?!s)", paper)) == 1, name
        page.emulate_media(media="print")
        head = page.locator(".entete").bounding_box()
        title = page.locator(".titre-date").bounding_box()
        assert title["y"] - head["y"] - head["height"] >= 16, "the title stands off the head"
        page.emulate_media(media="null")


@pytest.mark.chromium
def test_a_thumb_can_call_write_and_go(opened):
    page = opened(390)
    page.goto(f"{ORIGIN}/events")
    for kind in ("tel:", "mailto:"):
        box = page.locator(f".infos a[href^='{kind}']").bounding_box()
        assert box["height"] >= 44
