"""The reader's day: what a page made last week says of what has ended since."""

from datetime import date

import pytest
from navigateur import ORIGIN, hold

from portail.facts.when import Feuille
from portail.features.kinds.evenements.programme import DateView, SeanceView
from portail.outputs.pages.views.lists import Bloc
from portail.outputs.pages.views.shared import Lien, Message
from remake import replace

pytestmark = pytest.mark.chromium

BUILT, LATER = date(2021, 9, 27), date(2021, 10, 4)
SEANCES = (date(2021, 10, 2), date(2021, 10, 9), date(2021, 10, 16))


@pytest.fixture
def shown(opened, rendu, changed):
    """A function that opens a page of the showcase, some of it changed, on another day than that of
    its build; one tab for all."""
    tabs = []

    def show(url, day=LATER, *, scripts=True, **changes):
        template, view = changed(url, **changes)
        frame = replace(view.cadre, date_epinglee=day, digest=f"{day}")
        if not tabs:
            tabs.append(opened(1280, java_script_enabled=scripts))
        hold("/lecteur", rendu(template, replace(view, cadre=frame)))
        return visited(tabs[0])

    return show


@pytest.fixture(scope="module")
def cards(changed):
    """Six events, each drawn where it stands, that never end."""
    some = changed("/")[1].agenda.cartes[:6]
    return tuple(replace(one, digest="", fin=None, suite=(), etiquettes=()) for one in some)


@pytest.fixture(scope="module")
def coming(cards):
    """A function that gives lines of what is to come, of which each ends on its day."""

    def make(*ends, reserve=0):
        lines = tuple(replace(one, fin=end) for one, end in zip(cards, ends, strict=False))
        return Bloc("L’agenda", lines, "/agenda/", "lignes", avenir=True, reserve=reserve)

    return make


def visited(page):
    """The page, once what it asked for to know what is over has done its work."""
    asked = []
    page.on("request", lambda one: asked.append(one.url))
    page.goto(f"{ORIGIN}/lecteur")
    for one in asked:
        if "/echeances.js" in one:
            page.evaluate("(address) => import(address)", one)
    return page


def lines(page, heading):
    """Whether each line of a block is seen."""
    bloc = page.locator("section", has=page.get_by_role("heading", name=heading, exact=True))
    return bloc.last.locator("ul:not(.puces, .boutons) > li").evaluate_all(
        "all => all.map((one) => one.checkVisibility())"
    )


def test_what_is_over_leaves_what_is_to_come_and_is_said_elsewhere(shown, cards, coming):
    """Shortcuts lead to the days of the reader."""
    over = replace(cards[1], fin=date(2021, 10, 2))
    closed = replace(over, kind="annonces", feuille=None)
    way = Lien("Ce week-end", "/agenda/2021-s39/#Samedi", "quand=week-end", fin=date(2021, 10, 3))
    case = {
        "une": (over, closed, cards[2]), "portes": (way,),
        "agenda": coming(date(2021, 10, 2), LATER, date(2021, 10, 9), None),
        "en_ce_moment": Bloc(
            "En ce moment", cards[:2], forme="simples", notes=("a", "b"), avenir=True,
            fins=(date(2021, 10, 3), date(2021, 12, 31)),
        ),
    }  # fmt: skip
    page = shown("/", **case)
    assert lines(page, "L’agenda") == [True] * 3
    assert lines(page, "En ce moment") == [True]
    cards = page.locator("section", has=page.locator("#Une")).locator("article")
    assert [one.locator(".e-passe").all_inner_texts() for one in cards.all()] == [
        ["Passé"], ["Terminée"], [],
    ]  # fmt: skip
    assert "est-passe" in cards.first.get_attribute("class")
    assert cards.first.get_by_role("link").is_visible()
    link = page.get_by_role("link", name="Ce week-end")
    assert link.get_attribute("href") == "/agenda/?quand=week-end"
    same = shown("/", BUILT, **case)
    assert lines(same, "L’agenda") == [True] * 4
    assert link.get_attribute("href") == "/agenda/2021-s39/#Samedi"


def test_what_waits_takes_the_place_of_what_left(shown, coming):
    ends = (date(2021, 10, 2), LATER, date(2021, 10, 3), date(2021, 10, 9), None)
    agenda = coming(*ends, reserve=3)
    assert lines(shown("/", BUILT, agenda=agenda), "L’agenda") == [True, True, False, False, False]
    page = shown("/", agenda=agenda)
    assert lines(page, "L’agenda") == [True, True, False]
    titles = page.locator("#Agenda").locator("xpath=ancestor::section").locator("h3").all()
    assert [one.inner_text() for one in titles][:2] == [
        agenda.cartes[rank].titre.replace("*", "") for rank in (1, 3)
    ]


def test_a_count_of_what_comes_holds_until_the_first_is_over(shown, cards):
    bloc = Bloc(
        "C", cards[:2], forme="repertoire", notes=("2 à venir", "1 à venir"),
        fins=(date(2021, 10, 2), date(2021, 10, 9)),
    )  # fmt: skip
    page = shown("/territoires/", blocs=(bloc, bloc))
    told = [one.inner_text() for one in page.locator(".apart").all() if one.is_visible()]
    assert [one.replace("\u00a0", " ") for one in told] == ["1 à venir"] * 2


def test_without_a_script_the_day_of_the_build_stands(shown, coming):
    page = shown("/", scripts=False, agenda=coming(date(2021, 10, 2)))
    assert lines(page, "L’agenda") == [True]


def test_a_list_left_empty_says_so(shown, coming):
    none = Bloc("", ())
    page = shown("/", agenda=coming(date(2021, 10, 2), date(2021, 10, 3)), en_ce_moment=none)
    assert page.get_by_text("Ce qui était annoncé ici est passé.").count() == 1
    assert page.locator(".tete-sec", has_text="L’agenda").get_by_role("link").is_visible()


def test_a_card_tells_the_next_of_its_dates(shown, cards):
    card = replace(
        cards[1], fin=SEANCES[-1], suite=SEANCES, feuille=Feuille(SEANCES[0]), ancien="",
        details=("Samedi 2 octobre 2021, 14 h et 2 autres dates", "Wizernes"),
    )  # fmt: skip
    agenda = Bloc("L’agenda", (card,), forme="lignes", avenir=True)
    line = (
        shown("/", agenda=agenda)
        .locator("#Agenda")
        .locator("xpath=ancestor::section")
        .locator("article")
    )
    leaf = line.locator(".eph")
    assert leaf.inner_text().split() == ["sam.", "9", "oct."]
    assert leaf.get_attribute("data-jour") == "2021-10-09"
    assert line.locator(".meta").inner_text() == "Samedi 9\u00a0octobre 2021\u00a0· Wizernes"
    today = (
        shown("/", SEANCES[-1], agenda=agenda)
        .locator("#Agenda")
        .locator("xpath=ancestor::section")
        .locator("[data-suite] .eph")
    )
    assert today.get_attribute("aria-current") == "date"


def test_the_page_of_an_event_the_day_after(shown):
    end = date(2021, 10, 2)
    case = {
        "fin": end, "boutons": (Lien("Réserver", "/r/", fin=date(2021, 9, 30)),),
        "message": Message("Complet", ton="alerte"),
        "apres": Message("Cet événement est passé", "Il a eu lieu le 2 octobre."),
    }  # fmt: skip
    for day, told, bookable in (
        (BUILT, "Complet", True),
        (end, "Complet", False),
        (LATER, "Cet événement est passé", False),
    ):
        page = shown("/evenements/spectacle-complet/", day, **case)
        notes = page.locator(".message-titre").all()
        assert [one.inner_text() for one in notes if one.is_visible()] == [told], day
        assert page.locator(".boutons").get_by_text("Réserver").is_visible() is bookable, day


def test_the_next_of_several_dates(shown):
    def told(day):
        return SeanceView(f"Samedi {day.day} octobre 2021, à 14 h", day.isoformat(), "", ())

    page = shown(
        "/evenements/spectacle-complet/", message=None, apres=None,
        fin=SEANCES[-1], suite=SEANCES, feuille=Feuille(SEANCES[0]),
        quand=told(SEANCES[0]), periode="Du 2 au 16 octobre 2021",
        dates=tuple(DateView(Feuille(d), told(d).phrase, False, (told(d),), d) for d in SEANCES),
    )  # fmt: skip
    assert page.locator(".titre-date .eph").inner_text().split() == ["sam.", "9", "oct."]
    box = page.locator(".infos .fait").first.inner_text()
    assert "Prochaine date : Samedi 9 octobre 2021" in box.replace("\u00a0", " ")
    dates = page.locator(".seances > .seance")
    assert [one.locator(".e-passe").count() for one in dates.all()] == [1, 0, 0]
