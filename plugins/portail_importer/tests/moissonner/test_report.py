"""The report of a harvest, as somebody reads it on a phone."""

import re
from datetime import timedelta

from markdown_it import MarkdownIt
from msgspec.structs import replace

from arrivages import DAY, agenda, ics
from portail_importer.importer.values import Change, Difference, Fate, Harvest, Origin, Question
from portail_importer.moissonner.report import markdown_of
from portail_importer.moissonner.sorting import NOT_SCIENCE

from .conftest import events


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
    assert open_lines(text) == [0, 13, 0]
    order = [text.index(name) for name in ("CANCELLED 1", "GONE 2", "CHANGED 2", "NEW 8")]
    assert order == sorted(order)
    assert text.index("GONE 2") < text.index("GONE 1"), "the soonest first"
    assert "Début : 15\u00a0h → 16\u00a0h\u00a030" in text
    assert "Début : mer. 2\u00a0déc., 15\u00a0h → jeu. 3\u00a0déc., 15\u00a0h" in text
    assert "annule" not in text, "its heading says it"


FORGE = """<!doctype html><meta charset=utf-8><style>* { box-sizing: border-box }
body { margin: 0; padding: 16px; font: 14px/1.5 sans-serif; overflow-wrap: break-word }
p, ul, details { margin: 0 0 16px } ul { padding-left: 2em } ul ul { margin: 0 }
li + li { margin-top: 3.5px } h3 { margin: 24px 0 16px; font-size: 17.5px; line-height: 1.25 }
</style>"""
"""What forges of a phone make of a comment."""
HEIGHTS = """[...document.querySelectorAll('h3')].map((head, rank, all) => Math.round(
  (all[rank + 1] ?? document.querySelector('footer')).getBoundingClientRect().top
  - head.getBoundingClientRect().top))"""


def test_forty_changes_are_a_screen_of_a_phone(browser):
    place = Difference("adresse", "", "{nom: Salle des fêtes, rue: 2 place de la Mairie, "
                       "commune: Amiens (80)}")  # fmt: skip
    dates = "[{debut: 2026-12-02 15:00}, {debut: 2026-12-09 15:00}]"
    moved = Difference("seances", dates, dates.replace("-09", "-16"))
    long = "Un titre comme en ont les programmes, de la première à la dernière de ses quatre lignes"
    rows = [
        Change(
            fate=fate,
            title=f"{long}, numéro {rank}",
            before=b"x" * (fate is Fate.CHANGED),
            day=DAY + timedelta(days=rank),
            differences=(place, moved),
            note="le format manque ; ces mots disent ce qui reste à faire, jusqu’au dernier",
        )
        for rank in range(8)
        for fate in (Fate.CHANGED, Fate.NEW, Fate.GONE, Fate.INCOMPLETE, Fate.LEFT)
    ]
    alarm = "De 40 événements à venir, 30 changent de jour : voyez avec elle avant d’accepter."
    new = [change(Fate.NEW, rank) for rank in range(60)]
    new = [replace(one, before=b"", by=f"{long}, {rank}") for rank, one in enumerate(new)]
    asked = [Question("lieux", f"{long}, salle {rank}", many=9) for rank in range(90)]
    asked += [it._replace(meant="maison-des-associations-de-la-ville") for it in asked[:40]]
    more = [
        Harvest(source("Tout"), [*rows, *new], alarms=(alarm,), questions=asked),
        Harvest(source("Demande"), new, questions=asked),
    ]
    left = [change(Fate.LEFT, rank) for rank in range(3_000)]
    left = [replace(it, note=NOT_SCIENCE, by=f"Qui {rank % 90}") for rank, it in enumerate(left)]
    asked = [Question("lieux", f"Salle {rank}") for rank in range(5_000)]
    huge = markdown_of([Harvest(source("Région"), [*rows, *left], questions=asked)])
    assert "**Changés (8)**" in huge and "trop long" not in huge
    assert "et 4801 de plus" in huge and "Qui 89 # tout : 33" in huge
    some = [
        Harvest(source("Grand"), rows, total=347),
        Harvest(source("Alarme"), rows, alarms=(alarm,)),
        Harvest(source("Changé"), [one for one in rows if one.fate is Fate.CHANGED]),
        Harvest(source("En panne"), trouble="Ce n’est ni un agenda, ni un flux. " * 9),
    ]
    text = markdown_of(some)
    assert text.count("ni un flux.") == 9 and "…" not in text
    assert "32 lus sur 347" in text
    assert "Séances : ôté mer. 9\u00a0déc., 15\u00a0h, ajouté mer. 16\u00a0déc., 15\u00a0h" in text
    assert "Adresse : rien → Salle des fêtes, 2 place de la Mairie, Amiens (80)" in text
    tab = browser.new_page(viewport={"width": 360, "height": 740})
    tab.set_content(
        f"{FORGE}{MarkdownIt('commonmark').render(f'{text}{markdown_of(more)}{huge}')}<footer></footer>"
    )
    heights = tab.evaluate(HEIGHTS)
    tab.close()
    assert len(heights) == 7 and max(heights) <= 800, heights


PERSONAL = "Renseignements : 06 39 98 12 34, ou camille.vasseur.1987@gmail.com."


def test_contacts_that_may_be_of_persons_are_told_and_not_repeated(field):
    first, other = events(2)
    field.source(data=ics(first._replace(text=PERSONAL), other))
    assert field.run() == 0, field.output
    text = (field.folder.parent / "rapport.md").read_text(encoding="utf-8")
    [told] = re.findall(r"avant d’accepter \(1\)\*\*\n\n- (.*)", text)
    assert "mobile" in told and "fournisseur grand public" in told
    assert "12 34" not in text and "vasseur" not in text


def test_an_export_that_gives_some_of_its_events_says_so_and_takes_none_away(field):
    rows = events(3)
    field.source(data=agenda(*rows))
    assert field.run() == 0, field.output
    field.serve(agenda(*rows[:2]).replace('"total": 2', '"total": 347'))
    assert field.run() == 0, field.output
    assert field.counts() == {"same": 2}
    text = (field.folder.parent / "rapport.md").read_text(encoding="utf-8")
    assert "2 lus sur 347" in text


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
        read = re.sub(
            r"\(https://a.example/\)|`[^`]+`|<details><summary>.*</summary>|^</details>$",
            "",
            text,
            flags=re.M,
        )
        assert not re.search(r"(?<!&)#|\w!\d|~|@|://|<|GH-|\||0123abc", read.replace("### ", "")), (
            read
        )


def test_a_long_one_cuts_itself_the_worst_first():
    rows = [change(Fate.NEW, rank, Difference("titre", "a" * 120, "b" * 120)) for rank in range(99)]
    calm = [Harvest(source(f"Calme {rank}"), rows) for rank in range(40)]
    worst = Harvest(source("Pire"), [change(Fate.CANCELLED, rank) for rank in range(9)])
    many = [Harvest(source(f"Calme {rank}"), rows[:1]) for rank in range(1_600)]
    for harvests in ([*calm, worst], [*many, worst]):
        text = markdown_of(harvests)
        assert 1_000 < len(text.encode()) < 60_000
        assert text.index("### Pire") < text.index("### Calme")
        assert "CANCELLED 8" in text and "de plus, dans les fichiers" in text
        assert text.count("<details>") == text.count("\n</details>")
    assert "Ce rapport est trop long" in text
