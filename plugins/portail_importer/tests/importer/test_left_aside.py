"""Drafts to complete, when their source comes back."""

import json
from datetime import timedelta

import pytest

from arrivages import DAY, Happening, content, files, ics
from portail.cli import main

OPTIONS = ("--avec", "adresse.commune=Amiens")
VISITS = [
    Happening(f"{n}@x.example", f"Rendez-vous {n}", DAY + timedelta(days=n), place="Ailleurs")
    for n in (1, 2, 3)
]


@pytest.fixture(autouse=True)
def _incomplete(site):
    (site / "a.ics").write_text(ics(*VISITS), encoding="utf-8")
    assert main(["importer", "a.ics", "--date", f"{DAY}"]) == 1
    assert drafts(site) == {"rendez-vous-1", "rendez-vous-2", "rendez-vous-3"}
    assert main(["check"]) == 0


def drafts(site):
    return {name for name, it in files(site).items() if it.get("statut") == "brouillon"}


def again(*options):
    return main(["importer", "a.ics", "--date", f"{DAY}", *options])


def test_what_becomes_ready_is_published(site):
    assert again(*OPTIONS, "--simuler") == 0
    assert len(drafts(site)) == 3
    assert again(*OPTIONS) == 0
    assert not drafts(site)
    assert "À compléter" not in content(site, "events/rendez-vous-1").read_text("utf-8")
    assert again() == 0, "what was given once stays"


@pytest.mark.parametrize("whole", [True, False])
def test_what_somebody_completed_or_began_is_theirs(whole, site, output):
    file = content(site, "events/rendez-vous-1")
    text = file.read_text("utf-8").replace("titre:", "jauge: 12\ntitre:", 1)
    if whole:
        told = "adresse: {commune: Amiens}\n"
        kept = [it for it in text.split("\n") if not it.startswith(("# ", "statut:"))]
        text = "\n".join(kept).replace("titre:", f"{told}titre:", 1)
    file.write_text(text, "utf-8")
    output()
    assert again(*OPTIONS) == 0
    assert file.read_text("utf-8") == text
    assert drafts(site) == (set() if whole else {"rendez-vous-1"})
    assert ("corrigé ici" in output()) is not whole


def test_a_list_of_flat_objects_is_a_table(site, output):
    rows = [{"titre": "La nuit", "date": f"{DAY + timedelta(days=n)}", "heure": "18 h",
             "commune": "Amiens", "mots": ["ciel", "lune"]} for n in (4, 5)]  # fmt: skip
    (site / "b.json").write_text(json.dumps({"maj": "hier", "evenements": rows}))
    main(["importer", "b.json", "--date", f"{DAY}"])
    assert "2 lignes" in output() and content(site, "events/la-nuit").is_file()
