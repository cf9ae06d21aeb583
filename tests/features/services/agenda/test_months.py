"""Months and years of the agenda: which have a page, what a day tells, what the legend says."""

from datetime import date

from plans import entry, event
from portail.features.services.agenda.views import Filet, Repere
from portail.outputs.pages.views.shared import Lien

OCTOBER = "/agenda/2021/10/"


def temps_fort(du, au, **fields):
    return entry("temps-forts", editions={du[:4]: {"du": du, "au": au}}, **fields)


def months(pages):
    found = (url for url in pages if url.startswith("/agenda/20") and "-s" not in url)
    return sorted(found)


def day(view, number):
    return next(one for one in view.jours if one.jour.day == number and not one.hors)


def plain(text):
    return text.replace("\u00a0", " ")


def test_the_present_month_and_those_with_a_date(tree):
    files = {
        "events/a": event("2021-10-14"),
        "events/b": event("2020-12-31 10:00"),
        "events/expo": event("2021-12-01", fin="2022-03-15"),
    }
    pages = tree.pages(files)
    assert months(pages) == [
        "/agenda/2020/", "/agenda/2020/12/",
        "/agenda/2021/", "/agenda/2021/09/", OCTOBER, "/agenda/2021/12/",
        "/agenda/2022/", "/agenda/2022/03/",
    ]  # fmt: skip
    view = pages[OCTOBER].view()
    assert (view.titre, view.nombre, view.vide) == ("Octobre 2021", "1 rendez-vous", None)
    assert view.precedente == Lien("Septembre", "/agenda/2021/09/")
    assert view.suivante == Lien("Décembre", "/agenda/2021/12/")
    assert [link.url for link in view.fil] == ["/", "/agenda/", "/agenda/2021/"]
    last = pages["/agenda/2022/03/"].view()
    assert last.precedente == Lien("Décembre 2021", "/agenda/2021/12/")
    present = pages["/agenda/2021/09/"].view()
    assert present.vide.phrase == "Aucun rendez-vous en septembre 2021"
    assert [link.url for link in present.vide.issues] == [
        "/agenda/2020/12/", OCTOBER, "/contribuer/evenement/",
    ]  # fmt: skip


def test_a_grid_of_whole_weeks(tree):
    view = tree.view(
        OCTOBER, {"events/a": event("2021-10-14 18:00"), "events/b": event("2021-09-30")}
    )
    assert [view.jours[0].jour, view.jours[-1].jour] == [date(2021, 9, 27), date(2021, 10, 31)]
    assert [one.jour.day for one in view.jours if one.hors] == [27, 28, 29, 30]
    assert view.nombre == "1 rendez-vous", "the last day of September is not counted"
    assert view.jours[3].url == "/agenda/2021-s39/#Jeudi"
    assert (day(view, 13).url, day(view, 14).url) == ("", "/agenda/2021-s41/#Jeudi")
    weeks = [(plain(one.texte), plain(one.note)) for one in view.semaines]
    assert weeks == [
        ("Semaine 39", "du 27 septembre au 3 octobre, 1 rendez-vous"),
        ("Semaine 41", "du 11 au 17 octobre, 1 rendez-vous"),
    ]


def test_a_day_tells_two_titles_and_what_takes_place_first(tree):
    files = {
        "events/a": event("2021-10-09 10:00", titre="A", etat="annule"),
        "events/b": event("2021-10-09 11:00", titre="B", etat="complet", themes=["numerique"]),
        "events/c": event("2021-10-09 12:00", titre="C"),
        "events/d": event(
            "2021-11-09 12:00", titre="D", etat="reprogramme", ancien_debut="2021-10-12 12:00"
        ),
        "events/e": event("2021-10-14 10:00", titre="E", etat="annule"),
    }
    view = tree.view(OCTOBER, files)
    ninth = day(view, 9)
    assert (ninth.nombre, ninth.autres) == (2, 1)
    told = [(one.titre, one.theme, one.etat, one.annule) for one in ninth.lignes]
    assert told == [("B", "numerique", "complet", False), ("C", "", "", False)]
    assert [plain(one.etat) for one in day(view, 12).lignes] == ["reporté au 9 novembre"]
    (called_off,) = day(view, 14).lignes
    assert (called_off.etat, called_off.annule) == ("annulé", True)
    assert (day(view, 14).nombre, view.nombre) == (0, "2 rendez-vous")


def test_rules_of_highlights_go_on_in_line(tree):
    files = {
        "events/a": event("2021-10-14"),
        "temps-forts/fete": temps_fort(
            "2021-10-01", "2021-10-11", titre="Fête", themes=["numerique"]
        ),
        "temps-forts/mois": temps_fort("2021-10-05", "2021-10-06", titre="Mois"),
        "temps-forts/nuit": temps_fort("2021-10-12", "2021-11-02", titre="Nuit"),
        **{f"temps-forts/x{n}": temps_fort("2021-10-20", "2021-10-20") for n in range(4)},
    }
    view = tree.view(OCTOBER, files)
    bars = [[(one.rang, one.jours) for one in day(view, n).filets] for n in (1, 4, 5, 7, 11, 12)]
    assert bars == [[(1, 3)], [(1, 7)], [(2, 2)], [], [(1, 1)], [(1, 6)]], "once a week, to Sunday"
    assert [one.rang for one in day(view, 20).filets] == [2, 3, 4]
    assert day(view, 1).filets == (Filet(1, "Fête", 3),)
    assert view.jours[3].filets == ()
    assert [(one.texte, plain(one.dates), one.rang) for one in view.temps_forts[:3]] == [
        ("Fête", "du 1er au 11 octobre", 1), ("Mois", "du 5 au 6 octobre", 2),
        ("Nuit", "du 12 octobre au 2 novembre", 1),
    ]  # fmt: skip
    assert [one.rang for one in view.temps_forts[3:]] == [2, 3, 4, 0]
    assert view.durables.cartes == (), "highlights are not told twice"


def test_school_holidays_of_the_region(tree):
    view = tree.view(OCTOBER, {"events/a": event("2021-10-14")})
    off = [one.jour.day for one in view.jours if one.vacances]
    assert off == list(range(23, 32))
    (holidays,) = view.vacances
    assert (holidays.texte, plain(holidays.dates)) == (
        "Vacances de la Toussaint (zone B)", "du 23 octobre au 7 novembre",
    )  # fmt: skip
    assert holidays == Repere(holidays.texte, holidays.dates)
    corsica = tree.view(OCTOBER, region="Corse")
    assert (corsica.vacances, [one for one in corsica.jours if one.vacances]) == ((), [])


def test_what_lasts_is_apart(tree):
    files = {
        "events/a": event("2021-10-14"),
        "events/expo": event("2021-09-15", fin="2021-12-15", titre="Expo"),
        "events/ailleurs": event("2021-11-02", fin="2022-01-15"),
    }
    lasting = tree.view(OCTOBER, files).durables
    assert [one.titre for one in lasting.cartes] == ["Expo"]
    assert [plain(one) for one in lasting.notes] == ["Du 15 septembre au 15 décembre"]


def test_each_view_leads_to_the_same_days(tree):
    files = {"events/a": event("2021-10-07"), "events/b": event("2021-11-20")}
    pages = tree.pages(files)

    def ways(url):
        view = pages[url].view()
        assert [one.texte for one in view.presentations] == ["Liste", "Semaine", "Mois"]
        return [one.url for one in view.presentations[1:]]

    assert ways("/agenda/") == ["/agenda/semaine/", "/agenda/2021/09/"]
    assert ways("/agenda/2021-s40/") == ["/agenda/2021-s40/", OCTOBER]
    assert ways(OCTOBER) == ["/agenda/2021-s39/", OCTOBER]  # which ends on 3 October
    assert ways("/agenda/2021/11/") == ["/agenda/2021-s46/", "/agenda/2021/11/"]
    assert ways("/agenda/2021/09/") == ["/agenda/semaine/", "/agenda/2021/09/"]
    assert ways("/agenda/2021/") == ["/agenda/semaine/", "/agenda/2021/09/"]


def test_a_week_belongs_to_the_month_of_its_thursday_that_has_a_page(tree):
    pages = tree.pages({"events/a": event("2021-06-29"), "events/b": event("2021-06-02")})
    view = pages["/agenda/2021-s26/"].view()  # from 28 June to 4 July; nothing in July
    assert view.presentations[2].url == "/agenda/2021/06/"


def test_a_year_of_twelve_months(tree):
    files = {
        "events/a": event("2021-10-14"),
        "events/b": event(None, seances=[{"debut": "2021-10-31"}, {"debut": "2021-11-02"}]),
        "events/c": event("2021-12-14", etat="annule"),
        "temps-forts/fete": temps_fort("2021-09-28", "2021-10-11", titre="Fête"),
        "events/d": event("2023-01-14"),
    }
    view = tree.view("/agenda/2021/", files)
    assert (view.titre, view.nombre) == ("Agenda 2021", "2 rendez-vous")
    assert (view.precedente, view.suivante) == (None, Lien("2023", "/agenda/2023/"))
    assert [one.nom for one in view.mois][::11] == ["janvier", "décembre"]
    rows = [(one.url, one.nombre, one.part) for one in view.mois[8:]]
    assert rows == [
        ("/agenda/2021/09/", 0, 0), (OCTOBER, 2, 100),
        ("/agenda/2021/11/", 1, 50), ("/agenda/2021/12/", 0, 0),
    ]  # fmt: skip
    held = [[link.texte for link in one.temps_forts] for one in view.mois[8:11]]
    assert held == [["Fête"], ["Fête"], []]
    assert view.mois[0].url == ""
