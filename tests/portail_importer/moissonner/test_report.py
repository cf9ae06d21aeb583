"""The report of a harvest, as somebody reads it on a phone."""

import re
from datetime import timedelta

from arrivages import DAY
from portail_importer.importer.changes import Change, Difference, Fate, Harvest, Origin
from portail_importer.moissonner.report import markdown_of


def source(name):
    return Origin(name.lower(), name, "https://a.example/")


def change(fate, rank, *differences):
    title = f"{fate.name} {rank}"
    day = DAY - timedelta(days=rank)
    return Change(fate=fate, title=title, before=b"x", day=day, differences=differences)


def open_lines(text):
    """Rows that are seen without pressing, by section."""
    shown = re.sub(r"<details>.*?</details>", "", text, flags=re.DOTALL)
    return [part.count("\n- ") + part.count("\n  - ") for part in shown.split("### ")[1:]]


def test_a_screen_for_each_source_what_may_be_wrong_first():
    moved = Difference("debut", "2026-12-02 15:00", "2026-12-02 16:30")
    later = Difference("debut", "2026-12-02 15:00", "2026-12-03 15:00")
    rows = [
        *(change(Fate.NEW, rank) for rank in range(9)),
        change(Fate.CHANGED, 1, moved), change(Fate.CHANGED, 2, later),
        change(Fate.CANCELLED, 1, Difference("etat", "", "annule")),
        *(change(Fate.GONE, rank) for rank in range(3)),
        *(change(Fate.LEFT, rank) for rank in range(40)),
    ]  # fmt: skip
    broken = Harvest(source("En panne"), trouble="Le site répond par une erreur (500).")
    text = markdown_of([Harvest(source("Calme"), rows), Harvest(source("Vide")), broken])
    assert re.findall("### (.*)", text) == ["En panne", "Calme", "Vide"]
    assert open_lines(text) == [0, 8, 0]
    order = [text.index(name) for name in ("CANCELLED 1", "GONE 2", "CHANGED 2", "NEW 8")]
    assert order == sorted(order)
    assert text.index("GONE 2") < text.index("GONE 1"), "the soonest first"
    assert "Début : 15\u00a0h → 16\u00a0h\u00a030" in text
    assert "Début : mer. 2\u00a0déc., 15\u00a0h → jeu. 3\u00a0déc., 15\u00a0h" in text
    assert "annule" not in text, "its heading says it"
