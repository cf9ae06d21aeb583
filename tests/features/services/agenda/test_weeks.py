"""Weeks of the agenda: which have a page, what is said of each event."""

import pytest

from doses import rows_of
from plans import entry, event
from portail.outputs.pages.views.shared import Lien

S39 = "/agenda/2021-s39/"


def shown(view):
    """Day, hours and title of each rendez-vous."""
    return [
        (day.ancre, one.heures.replace("\u00a0", " "), one.titre)
        for day in view.jours
        for one in day.rendez_vous
    ]


def weeks(pages):
    return sorted(url for url in pages if url.startswith("/agenda/20") and "-s" in url)


def test_the_present_week_and_those_with_a_date(tree):
    files = {"events/a": event("2021-10-14"), "events/b": event("2020-12-31 10:00")}
    pages = tree.pages(files)
    assert weeks(pages) == ["/agenda/2020-s53/", S39, "/agenda/2021-s41/"]
    view = pages[S39].view()
    before = "du 28\u00a0décembre 2020 au 3\u00a0janvier 2021"
    assert view.precedente == Lien("Semaine\u00a053 de 2020", "/agenda/2020-s53/", before)
    assert view.suivante == Lien("Semaine\u00a041", "/agenda/2021-s41/", "du 11 au 17\u00a0octobre")
    assert [link.url for link in view.vide.issues] == [
        "/agenda/2020-s53/", "/agenda/2021-s41/", "/contribuer/evenement/",
    ]  # fmt: skip
    last = pages["/agenda/2021-s41/"].view()
    assert (last.suivante, last.vide, last.nombre) == (None, None, "1 rendez-vous")


@pytest.mark.parametrize(("fields", "expected"), rows_of("features/services/agenda/weeks.yml"))
def test_hours(tree, fields, expected):
    view = tree.view(S39, {"events/a": event(fields.pop("debut", None), **fields)})
    assert [f"{day} {hours}" for day, hours, _ in shown(view)] == expected


def test_states_and_details(tree):
    files = {
        "lieux/musee": entry("lieux", titre="Musée"),
        "events/a": event("2021-09-27 10:00", etat="annule", lieu="musee"),
        "events/b": event("2021-09-27 11:00", etat="complet", tarif={"gratuit": "true"}),
        "events/c": event("2021-09-27 12:00", en_ligne="https://exemple.org/"),
    }
    monday = tree.view(S39, files).jours[0]
    assert [
        (one.annule, [label.texte for label in one.etiquettes], one.details)
        for one in monday.rendez_vous
    ] == [
        (True, ["Annulé"], ("Musée, Amiens",)),
        (False, ["Complet"], ("Wizernes", "gratuit")),
        (False, [], ("En ligne",)),
    ]
    assert monday.nombre == 2


def test_the_day_first_announced_says_the_new_one(tree):
    files = {
        "events/a": event("2021-11-18 14:00", etat="reprogramme", ancien_debut="2021-09-28 14:00"),
        "events/b": event("2021-09-30 14:00", etat="reporte", ancien_debut="2021-09-30 14:00"),
    }
    pages = tree.pages(files)
    view = pages[S39].view()
    rows = [one for day in view.jours for one in day.rendez_vous]
    labels = [label.texte for one in rows for label in one.etiquettes]
    assert labels == ["Reporté au 18\u00a0novembre", "Reporté"]
    assert view.nombre == ""
    new = pages["/agenda/2021-s46/"].view()
    assert new.nombre == "1 rendez-vous"
    assert [one.etiquettes[0].texte for one in new.jours[3].rendez_vous] == ["Reprogrammé"]


def test_what_lasts_says_where_and_until_when(tree):
    files = {
        "events/expo": event("2021-09-01", fin="2021-10-31", titre="Expo"),
        "events/debut": event("2021-10-01", fin="2022-01-15", titre="Début"),
        "events/fin": event("2021-08-01", fin="2021-09-28", titre="Fin", etat="annule"),
        "temps-forts/fete": entry(
            "temps-forts", titre="Fête", editions={"2021": {"du": "2021-10-02", "au": "2021-10-03"}}
        ),
    }
    bars = tree.view(S39, files).bandeaux
    assert [one.titre for one in bars] == ["Fin", "Expo", "Début", "Fête"]
    assert [one.details[-1].replace("\u00a0", " ") for one in bars] == [
        "jusqu’au 28 septembre", "jusqu’au 31 octobre", "du 1er octobre 2021 au 15 janvier 2022",
        "du 2 au 3 octobre",
    ]  # fmt: skip
    assert [[label.texte for label in one.etiquettes] for one in bars] == [["Annulé"], [], [], []]
