"""The ``.ics`` of the demonstration and of the vitrine, as their clients expand them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import icalendar
import pytest

from calendriers import by_dateutil, by_recurring, in_order, lines_of, names_in_vdirsyncer, seen_of
from demonstration import store_of
from plans import TODAY, Tree, day_of, entry, key_of
from portail.config import SiteConfig
from portail.day import Day
from portail.model.kinds import Kind
from portail.model.ressource import Ressource
from portail.outputs.base import TextFile
from portail.outputs.calendars.output import plan_calendars
from portail.outputs.pages.states import last_day
from portail.pipeline import run
from portail.resources import data_dir
from portail.site.site import Site
from portail.site.urls import DEADLINES

ETIQUETTE = "portail.example.org,2021"
SITEURL = "https://portail.example.org/sciences"


def files_of(site: Site) -> dict[str, TextFile]:
    return {one.url: one for one in plan_calendars(site)}


def text_of(file: TextFile) -> str:
    return "".join(file.produce())


@pytest.fixture(
    scope="module",
    params=[pytest.param("content", marks=pytest.mark.long), "tests/sites/vitrine/content"],
)
def site(request: pytest.FixtureRequest, racine: Path) -> Site:
    config = SiteConfig(region="Hauts-de-France", siteurl=SITEURL, etiquette=ETIQUETTE)
    content, day = racine / request.param, Day(day_of(request.param), True)
    found = run(content, data_dir(), config, day, store_of(content)).site
    assert found is not None
    return found


@pytest.mark.site
def test_every_calendar_expands_to_the_occurrences_of_the_site(site: Site) -> None:
    files = files_of(site)
    uids = {item.ref: f"tag:{ETIQUETTE}:{item.url.strip('/')}" for item in site.of_kind(Kind.EVENT)}
    known = {ref: seen_of(site.items[ref].occurrences, uid) for ref, uid in uids.items()}
    for ref in known:
        if site.items[ref].passe or not site.items[ref].occurrences:
            continue
        text = text_of(files.pop(f"{site.items[ref].url}evenement.ics"))
        assert by_recurring(text) == known[ref]
        assert by_dateutil(text) == known[ref]
    for calendar in site.calendars.every:
        text = text_of(files.pop(calendar.url))
        if calendar.groupe == "echeances":
            ends = sorted(last_day(site.items[ref]) for ref in calendar.refs)
            assert sorted(one.debut for one in by_dateutil(text)) == ends
            continue
        wanted = in_order(one for ref in calendar.refs for one in known[ref])
        assert by_recurring(text) == wanted, calendar.url
        assert by_dateutil(text) == wanted, calendar.url
    for item in site.of_kind(Kind.RESSOURCE):
        assert isinstance(item.entry, Ressource)
        if item.entry.itinerance:
            text = text_of(files.pop(f"{item.url}agenda.ics"))
            loans = sorted((one.du, one.au + timedelta(days=1)) for one in item.entry.itinerance)
            for read in (by_recurring, by_dateutil):
                assert sorted((one.debut, one.fin) for one in read(text)) == loans
    assert not files


@pytest.mark.site
def test_every_calendar_is_read_without_an_error(site: Site) -> None:
    for file in files_of(site).values():
        text = text_of(file)
        lines = lines_of(text)
        assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR"
        calendar = icalendar.Calendar.from_ical(text)
        assert calendar.to_ical().decode() == text  # as icalendar writes it, to the byte
        assert not calendar.errors and not calendar.get_missing_tzids()
        for event in calendar.events:
            assert not event.errors
            assert event["URL"] in event["DESCRIPTION"]
            folders = {"/ressources/": ["ressources"], DEADLINES: ["ressources", "annonces"]}
            known = next((some for url, some in folders.items() if file.url.startswith(url)), [])
            folder = str(event["URL"]).removeprefix(f"{SITEURL}/").partition("/")[0]
            assert folder in (known or ["evenements"])
        keys = [(str(one["UID"]), one.get("RECURRENCE-ID") and one["RECURRENCE-ID"].dt)
                for one in calendar.events]  # fmt: skip
        assert len(set(keys)) == len(keys)
        assert names_in_vdirsyncer(text) == [uid for uid, _ in keys], "none takes another's place"


def test_an_event_has_a_file_until_it_is_over(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    found = tree.site({
        "events/nuit": entry("events", debut=f"{TODAY}"),
        "events/annule": entry("events", debut=f"{TODAY}", etat="annule"),
        "events/hier": entry("events", debut=f"{TODAY - timedelta(days=1)}"),
    })  # fmt: skip
    singles = [url for url in files_of(found) if url.endswith("evenement.ics")]
    assert singles == ["/evenements/annule/evenement.ics", "/evenements/nuit/evenement.ics"]
    later = files_of(tree.site(day=TODAY + timedelta(days=1)))
    assert not [url for url in later if url.endswith("evenement.ics")]
    assert "/agenda/agenda.ics" in later


def test_a_subscription_presents_itself(tmp_path: Path) -> None:
    files = {"events/nuit": entry("events"), "lieux/musee": entry("lieux")}
    files["events/visite"] = entry("events", lieu="musee", titre="Visite")
    site = Tree(tmp_path).site(files, siteurl=SITEURL, etiquette=ETIQUETTE, nom="Sciences")
    text = text_of(files_of(site)["/lieux/musee/agenda.ics"])
    head = text.partition("BEGIN:VTIMEZONE")[0]
    assert sorted(lines_of(head)) == sorted([
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Sciences//Portail//FR",
        "CALSCALE:GREGORIAN",
        "DESCRIPTION:Titre lieux\u00a0: les événements annoncés sur Sciences en Hauts-de-France.",
        "NAME:Titre lieux · Sciences",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        f"SOURCE;VALUE=URI:{SITEURL}/lieux/musee/agenda.ics",
        f"URL:{SITEURL}/lieux/musee/",
        "X-PUBLISHED-TTL:PT12H",
        "X-WR-CALDESC:Titre lieux\u00a0: les événements annoncés sur Sciences en Hauts-de-France.",
        "X-WR-CALNAME:Titre lieux · Sciences",
        "X-WR-TIMEZONE:Europe/Paris",
    ])  # fmt: skip


def test_names_of_calendars_are_escaped(tmp_path: Path) -> None:
    files = {"events/nuit": entry("events", lieu="musee")}
    files["lieux/musee"] = entry("lieux", titre="Ciel, Terre ; mers")
    text = text_of(files_of(Tree(tmp_path).site(files, nom="Sciences"))["/lieux/musee/agenda.ics"])
    said = dict(line.split(":", 1) for line in lines_of(text.partition("BEGIN:VTIMEZONE")[0]))
    name = "Ciel\\, Terre\u00a0\\; mers"
    assert said["NAME"] == said["X-WR-CALNAME"] == f"{name} · Sciences"
    assert said["DESCRIPTION"] == said["X-WR-CALDESC"]
    assert said["DESCRIPTION"].startswith(f"{name}\u00a0:")


def test_without_siteurl_no_address_is_made_up(tmp_path: Path) -> None:
    site = Tree(tmp_path).site({"events/nuit": entry("events")})
    for file in files_of(site).values():
        assert "http" not in text_of(file) and "URL" not in text_of(file)
        assert "UID:evenements/nuit\r\n" in text_of(file)


def keys(site: Site) -> Mapping[str, tuple[str, ...]]:
    return {url: key_of(file) for url, file in files_of(site).items()}


def test_an_edit_rewrites_only_the_calendars_that_hold_the_event(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    files = {
        "lieux/musee": entry("lieux"),
        "lieux/parc": entry("lieux"),
        "events/ici": entry("events", lieu="musee", themes=["numerique"]),
        "events/ailleurs": entry("events", lieu="parc", themes=["vivant-sante"]),
    }
    before = keys(tree.site(files))
    after = keys(tree.site({"events/ici": entry("events", lieu="musee", themes=["numerique"],
                                                resume="Un autre.")}))  # fmt: skip
    changed = {url for url in before if before[url] != after[url]}
    assert changed == {
        "/evenements/ici/evenement.ics", "/agenda/agenda.ics", "/lieux/musee/agenda.ics",
        "/agenda/theme/numerique/agenda.ics", "/agenda/format/atelier/agenda.ics",
        "/agenda/departement/somme/agenda.ics", "/agenda/epci/ca-amiens-metropole/agenda.ics",
    }  # fmt: skip
    said = {"lieu": "musee", "themes": ["numerique"], "resume": "Un autre.", "tarif": {"prix": 5}}
    paid = keys(tree.site({"events/ici": entry("events", **said)}))
    assert {url for url in after if after[url] != paid[url]} == {"/evenements/ici/evenement.ics"}
    address = {"rue": "1 rue de l’Exemple", "commune": "Amiens"}
    moved = keys(tree.site({"lieux/parc": entry("lieux", adresse=address)}))
    assert (
        moved["/evenements/ailleurs/evenement.ics"] != after["/evenements/ailleurs/evenement.ics"]
    )
    assert moved["/evenements/ici/evenement.ics"] == paid["/evenements/ici/evenement.ics"]


@pytest.mark.site
def test_a_new_day_writes_nothing_again(racine: Path, tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    files = {"events/nuit": entry("events"), "events/hier": entry("events", debut="2021-09-20")}
    first = tree.site(files, day=date(2021, 10, 1))
    for day in (date(2021, 10, 8), date(2021, 10, 9)):
        site = tree.site(day=day)
        assert keys(site) == keys(first)
        assert {u: text_of(f) for u, f in files_of(site).items()} == {
            u: text_of(f) for u, f in files_of(first).items()
        }


def test_what_calendars_do_not_say_rewrites_none(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    before = keys(tree.site({"events/nuit": entry("events")}))
    edited = entry("events").replace("\n---\n", "\n---\n\nUne phrase de plus.\n")
    assert edited != entry("events")
    assert keys(tree.site({"events/nuit": edited})) == before


def test_the_loans_of_a_tool_make_nobody_busy_and_keep_their_names(tmp_path: Path) -> None:
    loans = [
        {"lieu": "musee", "du": "2021-10-01", "au": "2021-10-03", "exemplaire": 2},
        {"emprunteur": "École", "commune": "Douai", "du": "2021-10-01", "au": "2021-10-01"},
    ]
    tool = {"type": "exposition", "pret": {"exemplaires": 2}, "itinerance": loans}
    files = {
        "lieux/musee": entry("lieux", titre="Musée"),
        "ressources/lune": entry("ressources", titre="La *Lune*", **tool),
        "ressources/livre": entry("ressources"),
    }
    site = Tree(tmp_path).site(files, siteurl=SITEURL, etiquette=ETIQUETTE, nom="Sciences")
    told = files_of(site)
    assert list(told) == ["/ressources/lune/agenda.ics"]
    calendar = icalendar.Calendar.from_ical(text_of(told["/ressources/lune/agenda.ics"]))
    assert [
        (str(one["UID"]).removeprefix(f"tag:{ETIQUETTE}:ressources/"), str(one["SUMMARY"]),
         str(one["LOCATION"]), str(one["TRANSP"]))
        for one in calendar.events
    ] == [
        ("lune/20211001", "La Lune\u00a0: École", "École, Douai", "TRANSPARENT"),
        ("lune/20211001-2", "La Lune\u00a0: Musée", "Musée, Amiens", "TRANSPARENT"),
    ]  # fmt: skip


def test_the_last_days_of_calls_and_fundings(tmp_path: Path) -> None:
    fund = {"type": "financement", "porteur": "Région", "eligibles": ["communes", "lycées"]}
    files = {
        "annonces/appel": entry("annonces", categorie="appel-a-projets", echeance="2021-10-20"),
        "annonces/stage": entry("annonces", categorie="stage", echeance="2021-10-21"),
        "ressources/bourse": entry("ressources", titre="Bourse", montant="1 500 €", **fund,
                                   echeance="2021-10-15"),
        "ressources/aide": entry("ressources", **fund, echeance="au fil de l’eau"),
        "ressources/close": entry("ressources", **fund, echeance="2020-10-15"),
    }  # fmt: skip
    site = Tree(tmp_path).site(files, siteurl=SITEURL, etiquette=ETIQUETTE, nom="Sciences")
    told = files_of(site)
    assert list(told) == [DEADLINES]
    calendar = icalendar.Calendar.from_ical(text_of(told[DEADLINES]))
    call, fund_ = calendar.events
    assert str(calendar["DESCRIPTION"]).startswith("Échéances des appels et des financements")
    assert (fund_["DTSTART"].dt, str(fund_["SUMMARY"]), str(fund_["TRANSP"])) == (
        date(2021, 10, 15), "Échéance\u00a0: Bourse", "TRANSPARENT",
    )  # fmt: skip
    assert str(fund_["UID"]) == f"tag:{ETIQUETTE}:ressources/bourse/echeance"
    assert [*str(fund_["DESCRIPTION"]).splitlines()[1:]] == [
        "Proposé par\u00a0: Région", "Pour qui\u00a0: Communes, lycées",
        "Montant\u00a0: 1\u00a0500\u00a0€", f"{SITEURL}/ressources/bourse/",
    ]  # fmt: skip
    assert call["DTSTART"].dt == date(2021, 10, 20)
    pages = {page: one.url for page, one in site.calendars.by_page.items()}
    assert pages == {"/annonces/": DEADLINES, "/boite-a-outils/": DEADLINES}
