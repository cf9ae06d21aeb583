"""Frames: which there are, what they say, when they are made again; the codes that show them."""

from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html

from plans import entry, event
from portail.features.channels.embarquer.page import code_html

URL = "https://exemple.org/portail"
LIEU = {"lieux/musee": entry("lieux", titre="Le musée", commune="Wizernes")}
FRAME = "/embarquer/lieux/musee/"
WHOLE = "/embarquer/agenda/"


def at(tree, url, files=None, **options):
    return tree.view(url, files, siteurl=URL, **options)


def said(view):
    """Day, hours, title, details and states of each line."""
    return [
        (f"{day.nom} {day.jour.day} {day.mois}", line.heure.replace("\u00a0", " "), line.titre,
         *line.details, *(one.texte for one in line.etiquettes))
        for day in view.jours
        for line in day.lignes
    ]  # fmt: skip


def frames(tree, files, **options):
    pages = tree.pages(files, siteurl=URL, **options)
    return {url for url in pages if url.startswith("/embarquer/")}


def test_one_for_each_calendar(tree):
    files = LIEU | {
        "lieux/vide": entry("lieux", titre="Sans événement"),
        "temps-forts/fete": entry("temps-forts"),
        "events/a": event("2021-10-09", lieu="musee", themes=["numerique"], temps_fort="fete",
                          edition=2021, publics=["familles"]),
    }  # fmt: skip
    assert frames(tree, files) == {
        "/embarquer/", WHOLE, FRAME, "/embarquer/temps-forts/fete/",
        "/embarquer/agenda/departement/pas-de-calais/",
        "/embarquer/agenda/epci/ca-pays-de-saint-omer/",
    }  # fmt: skip
    assert frames(tree, LIEU | {"events/a": event("2021-10-09")}) >= {WHOLE}


def test_without_address_or_event_there_is_nothing_to_embed(tree):
    assert frames(tree, LIEU) == set()
    pages = tree.pages(LIEU | {"events/a": event("2021-10-09", lieu="musee")})
    assert not [url for url in pages if url.startswith("/embarquer/")]
    assert "/embarquer/" not in pages["/"].view().cadre.urls


def test_lines_say_when_where_how_much_and_what_changed(tree):
    files = LIEU | {
        "events/a": event("2021-09-29 14:00", fin="2021-09-29 16:00", lieu="musee",
                          titre="Robots", tarif={"gratuit": True}),
        "events/b": event("2022-01-05", titre="Ciel", organisateurs=["musee"], etat="annule",
                          tarif={"prix": "3"}),
        "events/c": event("2021-09-30", titre="Web", organisateurs=["musee"], adresse=None,
                          en_ligne="https://example.org/", tarif={"prix": "3"}, etat="complet"),
    }  # fmt: skip
    view = at(tree, FRAME, files)
    assert said(view) == [
        ("Mercredi 29 septembre", "14 h", "Robots", "Gratuit"),
        ("Jeudi 30 septembre", "", "Web", "En ligne", "3\u00a0€", "Complet"),
        ("Mercredi 5 janvier 2022", "", "Ciel", "Wizernes", "Annulé"),
    ]
    assert [line.annule for day in view.jours for line in day.lignes] == [False, False, True]
    assert said(at(tree, WHOLE))[0][3:] == ("Le musée, Wizernes", "Gratuit")
    assert (view.nom, view.page, view.calendrier, view.arret) == (
        "Le musée", "/lieux/musee/", "/lieux/musee/agenda.ics", "27\u00a0septembre 2021",
    )  # fmt: skip


def test_what_lasts_is_on_until_its_end_or_begins_on_its_day(tree):
    files = LIEU | {
        "events/on": event("2021-09-01", fin="2021-10-23", titre="Néandertal", lieu="musee"),
        "events/soon": event("2021-10-04", fin="2021-11-23", titre="Lune", lieu="musee"),
        "events/later": event("2021-11-04", fin="2021-11-28", titre="Mars", lieu="musee"),
        "events/a": event("2021-10-04 09:00", titre="Atelier", lieu="musee"),
    }
    view = at(tree, FRAME, files)
    (one,) = view.en_ce_moment
    assert (one.titre, one.heure, one.suite) == ("Néandertal", "Jusqu’au", "23\u00a0oct.")
    assert {(row[0], row[2]) for row in said(view)} == {
        ("Lundi 4 octobre", "Lune"), ("Lundi 4 octobre", "Atelier"),
        ("Jeudi 4 novembre", "Mars"),
    }  # fmt: skip


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
    lieu = entry("lieux", titre="Le musée", anciennes_urls=["/lieux/vieux/", "/autre/", "/x.html"])
    found = frames(tree, {"lieux/musee": lieu, "events/a": event("2021-10-09", lieu="musee")})
    assert {url for url in found if "/lieux/" in url} == {FRAME, "/embarquer/lieux/vieux/"}
    assert at(tree, "/embarquer/lieux/vieux/").cible == FRAME


def test_pages_lead_to_their_code(tree):
    files = LIEU | {
        "territoires/region": entry("territoires", type="region", code="32"),
        "territoires/pays": entry("territoires", type="ca", code="200069037"),
        "temps-forts/fete": entry("temps-forts"),
        "events/a": event("2021-10-09", lieu="musee", themes=["numerique"], temps_fort="fete",
                          edition=2021),
    }  # fmt: skip
    pages = tree.pages(files, siteurl=URL)
    index = pages["/embarquer/"].view()
    codes = (index.tout, *(one for group in index.groupes for one in group.codes))
    for url, code in {
        "/lieux/musee/": "Cadre-lieux-musee",
        "/territoires/region/": "Cadre-agenda",
        "/territoires/pays/": "Cadre-agenda-epci-ca-pays-de-saint-omer",
        "/temps-forts/fete/": "Cadre-temps-forts-fete",
        "/agenda/": "Cadre-agenda",
        "/agenda/theme/numerique/": "Cadre-agenda",
    }.items():
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
    monkeypatch.setattr("portail.features.channels.embarquer.page._MOST_CODES", 2)
    view = at(tree, "/embarquer/", LIEU | {"events/a": event("2021-10-09", lieu="musee")})
    assert view.tout.code
    assert {one.code for group in view.groupes for one in group.codes} == {""}
