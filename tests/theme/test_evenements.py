"""Events, programmes and projects: what their pages say, how they print, what a thumb can hit."""

import re

import pytest
from navigateur import ORIGIN

from portail.outputs.pages.views.shared import Etiquette
from remake import replace

SHOW = "/evenements/spectacle-complet/"


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


def test_a_fold_is_named_by_what_is_known(read, changed):
    known, missing = changed(SHOW)[1].replis
    page = read(changed(SHOW, replis=(replace(known, libelle="Dedans, dehors"), missing)))
    (summary,) = page.xpath("//*[@class='infos']/details/summary")
    assert text_of(summary) == "Dedans ou dehors, plan"


def test_what_is_moved_on_line_says_it_once(trees):
    labels = "//*[@class='titre-date']//*[@class='etiqs']"
    assert not trees["/evenements/debat-deplace-en-ligne/"].xpath(labels)
    assert trees["/evenements/webinaire-en-ligne/"].xpath(labels)


def test_séances_of_a_day_are_told_under_it(read, changed):
    one = changed(SHOW)[1].dates[0]
    hours = replace(one.seances[0], phrase="De 10 h à 11 h")
    struck = replace(hours, phrase="À 14 h", barree=True)
    full = replace(hours, etiquettes=(Etiquette("Complet", "complet", True),))
    dates = tuple(replace(one, seances=some) for some in ((hours, struck), (full, hours)))
    page = read(changed(SHOW, dates=dates, quand=struck, periode="Du 1er au 9 octobre 2021"))
    day, other = page.find_class("seances-jour")
    assert [text_of(one) for one in day] == ["De 10 h à 11 h", "N’a pas lieu : À 14 h"]
    assert day.xpath(".//del/time")
    assert [text_of(one) for one in other] == ["De 10 h à 11 h Complet", "De 10 h à 11 h"], (
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


def test_yes_and_no_have_signs_of_their_own(trees):
    rows = trees["/evenements/atelier-fusees-exemple/"].xpath(
        "//dt[.='Accessibilité']/following-sibling::dd"
    )
    signs = [row.xpath("string(.//span/@class)") for row in rows]
    assert signs[:5] == ["s-oui", "s-oui", "s-partiel", "s-partiel", "s-non"]


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
        SHOW[1:],
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
    page.goto(f"{ORIGIN}/lieux/musee-exemple-des-sciences/")
    for kind in ("tel:", "mailto:"):
        box = page.locator(f".boutons a[href^='{kind}']").first.bounding_box()
        assert box["height"] >= 44
