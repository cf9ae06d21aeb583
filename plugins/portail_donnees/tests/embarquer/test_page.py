"""Frames: which there are, what they say, when they are made again; the codes that show them."""

from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html

from doses import each, rows_of
from plans import contents, entry, event
from portail_donnees.embarquer.page import code_html

URL = "https://exemple.org/portail"
LIEU = {"lieux/musee": entry("lieux", titre="Le musée", commune="Wizernes")}
FRAMES = rows_of("portail_donnees/tests/embarquer/cadres.yml")
FRAME = "/embarquer/lieux/musee/"
WHOLE = "/embarquer/agenda/"


def at(tree, url, files=None, **options):
    return tree.view(url, files, siteurl=URL, **options)


def said(view):
    """Day, hour, title, details and states of each line."""
    for day in view.jours:
        for line in day.lignes:
            states = [one.texte for one in line.etiquettes]
            assert line.annule is ("Annulé" in states)
            when = f"{day.nom} {day.jour.day} {day.mois} | {line.heure}"
            yield " | ".join([when, line.titre, *line.details, *states]).replace("\u00a0", " ")


@each(FRAMES["cadres"])
def test_a_portal_has_a_frame_for_each_of_its_calendars(tree, contenus, adresses):
    pages = tree.pages(contents(contenus), siteurl=URL)
    found = {url for url in pages if url.startswith("/embarquer/")}
    assert found == {f"/embarquer/{one}" for one in adresses}


@each(FRAMES["lignes"])
def test_lines_say_when_where_how_much_and_what_changed(
    tree, contenus, lignes, en_ce_moment, agenda
):
    view = at(tree, FRAME, contents(contenus))
    assert [*said(view)] == lignes
    on = [f"{one.titre} | {one.heure} | {one.suite}" for one in view.en_ce_moment]
    assert [one.replace("\u00a0", " ") for one in on] == en_ce_moment
    assert next(said(at(tree, WHOLE))) == agenda
    assert (view.nom, view.page, view.calendrier) == (
        "Le musée", "/lieux/musee/", "/lieux/musee/agenda.ics",
    )  # fmt: skip


def test_without_address_there_is_nothing_to_embed(tree):
    pages = tree.pages(LIEU | {"events/a": event("2021-10-09", lieu="musee")})
    assert not [url for url in pages if url.startswith("/embarquer/")]
    assert "/embarquer/" not in pages["/"].view().cadre.urls


def test_a_frame_holds_little_and_the_next_first(tree):
    days = (f"2021-10-{day:02}" for day in range(1, 25))
    files = LIEU | {f"events/e{n}": event(day, lieu="musee") for n, day in enumerate(days)}
    view = at(tree, FRAME, files)
    assert [day.jour.day for day in view.jours] == list(range(1, 11))


def test_between_two_seasons_the_frame_stays_and_is_no_longer_offered(tree):
    files = LIEU | {
        "events/a": event("2018-10-09", publie_le="2018-09-01", lieu="musee"),
        "events/b": event("2021-10-09"),
    }
    view = at(tree, FRAME, files)
    assert (view.jours, view.en_ce_moment) == ((), ())
    offered = [one.url for group in at(tree, "/embarquer/").groupes for one in group.codes]
    assert offered and FRAME not in offered
    assert at(tree, "/lieux/musee/").embarquer == ""


def test_a_frame_is_found_at_the_former_address_of_its_page(tree):
    (*_, told) = FRAMES["cadres"]
    assert at(tree, "/embarquer/lieux/vieux/", contents(told["contenus"])).cible == FRAME


def test_pages_lead_to_their_code(tree):
    pages = tree.pages(contents(FRAMES["portail"]), siteurl=URL)
    index = pages["/embarquer/"].view()
    codes = (index.tout, *(one for group in index.groupes for one in group.codes))
    for url, code in FRAMES["codes"].items():
        view = pages[url].view()
        assert view.embarquer == f"/embarquer/#{code}", url
        assert code in {one.ancre for one in codes}
    for one in codes:
        (frame,) = html.fragments_fromstring(one.code)
        assert (frame.tag, frame.get("src")) == ("iframe", URL + one.url)
        assert pages[one.url].template == "embarque.html"
    plan = pages["/plan-du-site/"].view()
    assert "/embarquer/" in {link.url for group in plan.groupes for link in group.liens}


@given(st.text())
@example("\"></iframe><script>alert(1)</script> & '")
def test_a_name_cannot_leave_the_code(name):
    name = "".join(sign for sign in name if sign.isprintable())
    (frame,) = html.fragments_fromstring(code_html(f"{URL}/embarquer/x/", name))
    assert (frame.tag, len(frame), frame.tail) == ("iframe", 0, None)
    assert frame.get("title") == f"Agenda\u00a0: {name}"
    assert set(frame.attrib) == {"src", "title", "width", "height", "loading", "style"}


def test_too_many_frames_are_named_without_their_codes(tree, monkeypatch):
    monkeypatch.setattr("portail_donnees.embarquer.page._MOST_CODES", 2)
    view = at(tree, "/embarquer/", LIEU | {"events/a": event("2021-10-09", lieu="musee")})
    assert view.tout.code
    assert {one.code for group in view.groupes for one in group.codes} == {""}
