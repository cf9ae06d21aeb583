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


CALLS = ("closes #1", "fixes owner/repo#2", "GH-3", "resolves https://a.example/o/r/issues/4",
         "!5", "~bogue", "@redaction", "</details>", "[a](https://b.example)", "| a |",
         "0123abc")  # fmt: skip


def test_nothing_of_it_is_acted_on_by_a_forge():
    """Wherever words of a source stand: its name, a title, a value, a reason."""
    for said in CALLS:
        changed = Difference("titre", f"Avant {said}", f"Nuit {said}")
        rows = [
            Change(
                fate=fate,
                title=f"Nuit, {said}",
                note=f"voir {said}",
                before=b"x",
                differences=(changed,),
            )
            for fate in (Fate.CHANGED, Fate.LEFT, Fate.NEW)
        ]
        text = markdown_of([Harvest(Origin("a", f"A {said}", "https://a.example/"), rows)])
        read = re.sub(r"`[^`]+`|<details><summary>.*</summary>|^</details>$", "", text, flags=re.M)
        assert not re.search(r"(?<!&)#|\w!\d|~|@|://|<|GH-|\||0123abc", read.replace("### ", "")), (
            read
        )


def test_a_long_one_cuts_itself_the_worst_first():
    rows = [change(Fate.NEW, rank, Difference("titre", "a" * 120, "b" * 120)) for rank in range(99)]
    calm = [Harvest(source(f"Calme {rank}"), rows) for rank in range(40)]
    worst = Harvest(source("Pire"), [change(Fate.CANCELLED, rank) for rank in range(9)])
    for harvests in ([*calm, worst], [*calm * 40, worst]):
        text = markdown_of(harvests)
        assert 1_000 < len(text.encode()) < 60_000
        assert text.index("### Pire") < text.index("### Calme")
        assert "CANCELLED 8" in text and "de plus, dans les fichiers" in text
        assert text.count("<details>") == text.count("\n</details>")
    assert "Ce rapport est trop long" in text
