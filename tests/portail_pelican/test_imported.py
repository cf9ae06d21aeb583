"""A museum’s dates, a season and a page of another portal: brought in, edited, brought again, and
seen on the agenda of the site that is built."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import tableurs
from portail.cli import main
from projects import Project

DAY = "2021-09-27"
MUSEUM: tableurs.Rows = [
    ["PROGRAMME D’AUTOMNE", None, None, None, None, None],
    ["Intitulé", "Description", "Type", "Date", "Horaires", "Ville"],
    *(
        [f"Le vent n° {rank}", f"Dix minutes de vent, la {rank}e.", "Atelier",
         f"{rank + 4:02}/10/2021", "14h-16h", "Amiens"]
        for rank in range(1, 11)
    ),
]  # fmt: skip
SEASON = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Exemple//FR\r\n{}END:VCALENDAR\r\n"
DATE = (
    "BEGIN:VEVENT\r\nUID:{0}@exemple.org\r\nSUMMARY:La brise n° {0}\r\n"
    "DTSTART;TZID=Europe/Paris:202110{1:02}T180000\r\nDTEND;TZID=Europe/Paris:202110{1:02}T190000"
    "\r\nLOCATION:Salle des fêtes\\, 62570 Wizernes\r\nDESCRIPTION:On y écoute la brise.\r\n"
    "END:VEVENT\r\n"
)
PAGE = """<!doctype html><html lang="fr"><head><title>La bourrasque</title>
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "ExhibitionEvent",
"name": "La bourrasque", "startDate": "2021-10-20", "endDate": "2021-10-22",
"url": "https://exemple.org/bourrasque", "description": "Une exposition inventée, en plein vent.",
"location": {"@type": "Place", "name": "Halle Exemple", "address": {"@type": "PostalAddress",
"addressLocality": "Lille", "postalCode": "59000"}}}</script></head>
<body><main><h1>La bourrasque</h1><p>Une exposition inventée.</p></main></body></html>"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    made = Project(tmp_path)
    (tmp_path / "content").mkdir(exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return made


def bring(project: Project) -> list[int]:
    root = project.root
    (root / "musee.ods").write_bytes(tableurs.ods(MUSEUM))
    dates = "".join(DATE.format(rank, rank) for rank in range(10, 20))
    (root / "saison.ics").write_text(SEASON.format(dates), encoding="utf-8", newline="")
    (root / "page.html").write_text(PAGE, encoding="utf-8")
    day = ("--date", DAY)
    return [
        main(["importer", "musee.ods", *day]),
        main(["importer", "saison.ics", *day, "--avec", "format=spectacle"]),
        main(["importer", "page.html", *day]),
    ]


def contents(project: Project) -> dict[str, bytes]:
    found = (project.root / "content").rglob("*.md")
    return {one.relative_to(project.root).as_posix(): one.read_bytes() for one in found}


@pytest.mark.long
def test_what_exists_is_on_the_agenda_and_what_a_person_wrote_stays(project: Project) -> None:
    assert bring(project) == [0, 0, 0]
    assert len([one for one in contents(project) if one.startswith("content/events/")]) == 21
    for file in (project.root / "content/events").glob("*.md"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("titre: ", "accroche: Tous au vent\ntitre: ", 1))
    one = project.root / "content/events/la-bourrasque.md"
    one.write_text(one.read_text().replace("Une exposition inventée", "Trois jours inventés"))
    edited = contents(project)
    assert bring(project) == [0, 0, 0]
    assert contents(project) == edited
    project.build(SITEURL="https://portail.example.org", PORTAIL_DATE=DAY)
    page = BeautifulSoup((project.root / "output/agenda/index.html").read_bytes(), "lxml")
    told = page.get_text(" ", strip=True)
    for title in [*(f"Le vent n° {rank}" for rank in range(1, 11)), "La brise n° 19"]:
        assert title in told.replace("\N{NO-BREAK SPACE}", " ")
    assert "La bourrasque" in told
