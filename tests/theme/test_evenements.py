"""Events, programmes and projects: what their pages say, how they print, what a thumb can hit."""

import re

import pytest
from evenements import date_view, seance
from navigateur import ORIGIN
from vues import fiche

from portail.outputs.pages.views.shared import Etiquette, Fait, Lien, Message


def text_of(element):
    return " ".join(element.text_content().split())


def test_what_was_announced_is_struck_and_what_replaces_it_is_strong(trees):
    band = trees["/evenements/atelier-reprogramme/"].find_class("message")[0]
    before = "D’abord annoncé\xa0: Jeudi 21\xa0octobre 2021, à 14\xa0h"
    assert band.xpath("string(.//del)") == before
    assert band.xpath("string(.//strong)").startswith("jeudi 18\xa0novembre 2021")
    assert "; maintenant : " in text_of(band.xpath(".//p[del]")[0]), "a stroke is not heard"


def test_what_is_over_leads_elsewhere(trees):
    (links,) = trees["/evenements/portes-ouvertes-passees/"].find_class("suites")
    assert links[0].xpath(".//a[starts-with(@href, '/evenements/')]")
    (context,) = trees["/evenements/parcours-etape-laser/"].find_class("contexte")
    told = "Dans le cadre de : Parcours fictif des inventions (étape 3 sur 3)"
    assert text_of(context) == told


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


def test_séances_of_a_day_are_told_under_it(read):
    several = seance(4, phrase="De 10 h à 11 h"), seance(4, phrase="À 14 h", barree=True)
    label = Etiquette("Complet", "complet", True)
    full = (
        seance(6, phrase="De 15 h à 16 h", etiquettes=(label,)),
        seance(6, phrase="De 17 h à 18 h"),
    )
    dates = date_view(4, *several), date_view(5), date_view(6, *full)
    page = read(fiche("events", dates=dates, quand=several[1], periode="Du 1er au 9 octobre 2021"))
    day = page.find_class("seances-jour")[0]
    assert [text_of(one) for one in day] == ["De 10 h à 11 h", "N’a pas lieu : À 14 h"]
    assert day.xpath(".//del/time")
    full = page.find_class("seances-jour")[1]
    assert [text_of(one) for one in full] == ["De 15 h à 16 h Complet", "De 17 h à 18 h"], (
        "a label above the hours would be that of the day"
    )
    box = page.xpath("//aside[*[@id='Infos']]")[0]
    assert "Du 1er au 9 octobre 2021" in text_of(box).replace("\u00a0", " ")


def test_a_parcours_says_in_its_box_how_many_places_it_goes_through(trees):
    page = trees["/evenements/parcours-fictif-des-inventions/"]
    (link,) = page.xpath("//aside[*[@id='Infos']]//a[@href='#Programme-1']")
    assert " ".join(link.text.split()) == "Les 3 étapes"
    assert len(page.find_class("etapes")[0].xpath("./li")) == 3


def test_a_timetable_is_told_once(trees):
    page = trees["/evenements/samedis-bricole/"]
    assert page.xpath("//section[.//*[@id='Dates']]") == []
    table = page.xpath("//section[.//*[@id='Tableau-0']]//th")[0]
    assert (table.get("scope"), table.text) == ("row", "Samedi")
    assert page.xpath("//aside[*[@id='Infos']]//a/@href")[0] == "#Tableau-0"


def test_unknown_is_not_no(tree):
    page = tree("events")
    rows = page.xpath("//dt[.='Accessibilité']/following-sibling::dd")
    signs = [row.xpath("string(.//span/@class)") for row in rows]
    assert len(set(signs)) == 3
    assert "non renseigné" in text_of(rows[2])


def test_a_programme_by_day(trees):
    days = trees["/evenements/village-des-sciences-fictif/"].find_class("jours")[0]
    assert [text_of(one) for one in days.xpath("./li/div/h3")] == [
        "Samedi 2 octobre 2021", "Dimanche 3 octobre 2021",
    ]  # fmt: skip
    assert [one.get("datetime") for one in days.find_class("passage")[0].iter("time")]


def test_editions_are_a_table(trees):
    (table,) = trees["/temps-forts/semaine-fictive-des-etoiles/"].find_class("editions")
    years = [one.text for one in table.xpath(".//th[@scope='col']")]
    assert years == ["2022", "2021", "2020", "2019"]
    rows = [one.text for one in table.xpath(".//th[@scope='row']")]
    assert rows == ["Dates", "Thème", "Animations"]
    assert table.xpath("string(.//tbody/tr[1]/td[1])") == "–"


def test_a_project_says_where_it_is_and_what_it_lacks(trees):
    page = trees["/projets/jardin-des-mesures/"]
    assert page.xpath("//*[@aria-current='step']/text()") == ["En préparation"]
    assert page.find_class("besoins")
    steps = page.find_class("etapes")[0]
    assert [one.get("class") for one in steps] == ["fait", None, None]
    assert text_of(steps[0]).startswith("15 juin 2021 · fait")
    over = trees["/projets/carte-des-inventions/"]
    assert over.find_class("besoins") == [], "it is over"


@pytest.mark.chromium
def test_an_event_prints_on_one_sheet(opened):
    page = opened(800)
    for name in (
        "events",
        "evenements/samedis-bricole/",
        "evenements/salon-de-plusieurs-jours/",
        "evenements/conference-reportee/",
    ):
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
