"""What an import read is what it comes to, files say the same, a second one brings nothing."""

from datetime import date, timedelta

import pytest

from agendas_fictifs import as_csv, as_open_data, as_v2, events
from arrivages import Happening, linked, printed, singular, tree
from calendriers_fictifs import calendar, made_events
from doses import dose
from imported_sites import feed, write_site
from portail.cli import main

DAY = "2021-09-27"
FIRST = date(2021, 10, 1)


def run(capsys, source, *options):
    capsys.readouterr()
    main(["importer", str(source), "--date", DAY, *options])
    return printed(capsys.readouterr().out)


def nights(count):
    """JSON-LD of as many."""
    days = (FIRST + timedelta(days=rank) for rank in range(count))
    return linked(*(Happening("", f"Nuit {day}", day) for day in days))


def table(count):
    rows = ["Titre;Résumé;Date;Heure;Format;Lieu"]
    for rank in range(count):
        name = f"Atelier {rank - rank % 4}"  # dates of one event follow one another
        rows.append(f"{name};Un atelier.;{1 + rank % 28}/12/2021;14h;atelier;Le Musée des vents")
        rows += [";;;;;"] * (rank % 5 == 0)
    return "\n".join([*rows, ""])


TEXTS = {
    "agenda.ics": lambda count: calendar(made_events(count)),
    "agenda.jsonld": nights,
    "agenda.json": lambda count: as_v2([*events(count)]),
    "ouvert.json": lambda count: as_open_data([*events(count)]),
    "agenda.csv": lambda count: as_csv([*events(count)]),
    "programme.csv": table,
    "rss.xml": lambda count: feed(count, "rss")[0],
    "atom.xml": lambda count: feed(count, "atom")[0],
    "rdf.xml": lambda count: feed(count, "rdf")[0],
}
READ = frozenset(
    "programme.csv agenda.jsonld agenda.json ouvert.json agenda.csv rss.xml atom.xml "
    "rdf.xml".split()
)
"""Sources that hold as many items, or rows that say something, as they were asked for."""
GIVEN = ("--avec", "format=atelier", "--avec", "publics=familles")


def judge(site, capsys, source, *options):
    before = len([*(site / "content").rglob("*.md")])
    first = run(capsys, source, *options)
    counts = singular(first)
    written = len([*(site / "content").rglob("*.md")]) - before
    assert counts["nouveau"] + counts["à compléter"] == written
    there = tree(site)
    second = run(capsys, source, *options)
    again = singular(second)
    assert "nouveau" not in again
    assert second.read == first.read
    assert again["inchangé"] >= counts["nouveau"]
    assert again["laissé"] == counts["laissé"]
    assert tree(site) == there
    return first


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(("count", "given"), [(1, GIVEN), (20, ()), (dose(20, 100), GIVEN)])
def test_counts_of_a_file_add_up(name, count, given, site, capsys):
    source = site.parent / name
    text = TEXTS[name](count)
    source.write_bytes(text.encode() if isinstance(text, str) else text)
    first = judge(site, capsys, source, *(given if name != "programme.csv" else ()))
    if name in READ:
        assert first.read == count


def test_counts_of_a_saved_site_add_up(site, capsys):
    folder = site.parent / "site"
    write_site(folder, 24)
    first = judge(site, capsys, folder, *GIVEN)
    assert first.read == len([*folder.rglob("*.html")])
