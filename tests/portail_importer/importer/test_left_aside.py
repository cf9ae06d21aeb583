"""Files to complete, when their source comes back: those that are contents now go away."""

from datetime import timedelta

import pytest

from arrivages import DAY, OPTIONS, Happening, ics
from portail.cli import main

VISITS = [
    Happening(f"{n}@x.example", f"Rendez-vous {n}", DAY + timedelta(days=n)) for n in (1, 2, 3)
]


@pytest.fixture(autouse=True)
def _left_aside(site):
    (site / "a.ics").write_text(ics(*VISITS), encoding="utf-8")
    assert main(["importer", "a.ics", "--date", f"{DAY}"]) == 1
    assert aside(site) == {"rendez-vous-1.md", "rendez-vous-2.md", "rendez-vous-3.md"}


def aside(site):
    return {file.name for file in (site / "a-completer/events").glob("*.md")}


def again(*options):
    return main(["importer", "a.ics", "--date", f"{DAY + timedelta(days=1)}", *options])


def test_what_becomes_ready_is_no_more_to_complete(site, output):
    assert again(*OPTIONS, "--simuler") == 0
    assert len(aside(site)) == 3
    output()
    assert again(*OPTIONS) == 0
    assert not aside(site)
    told = "a-completer/events/rendez-vous-2.md : retiré, sa fiche dit tout ce qu’il disait.\n"
    assert told in output()


def test_what_somebody_has_begun_stays(site):
    begun = site / "a-completer/events/rendez-vous-2.md"
    begun.write_text(begun.read_text("utf-8").replace("---\n", "---\njauge: 12\n", 1), "utf-8")
    assert again(*OPTIONS) == 0
    assert aside(site) == {"rendez-vous-2.md"}


def test_what_was_completed_and_deposited_goes_with_the_next_import(site):
    file = site / "a-completer/events/rendez-vous-1.md"
    told = "---\nformat: [visite]\npublics: [adultes]\n"
    file.write_text(file.read_text("utf-8").replace("---\n", told, 1), "utf-8")
    assert main(["deposer", str(file), "--date", f"{DAY}"]) == 0
    assert again() == 1
    assert aside(site) == {"rendez-vous-2.md", "rendez-vous-3.md"}
