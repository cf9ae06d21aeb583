"""A header with a line that cannot be read: its other mistakes are told in the same run."""

from pathlib import PurePosixPath

import pytest

from portail.source.document import read_around

FAULTY = (
    "titre: Nuit au musée : les dinosaures",
    'titre: "Nuit au musée',
    "titre: La nuit #3 du musée",
    "titre: *nuit*",
    "titre: @musee",
    "titre: &nuit musée",
    "titre: [Nuit au musée",
    "\ttitre: Nuit",
    "titre: Nuit\n  au musée : les dinosaures",
    "titre:Nuit au musée",
)
"""Ways of writing a field that YAML does not read, met in proposals."""
REST = """resume: Un résumé.
publie_le: hier
format: [zzz]
debut: 2027-31-12
adresse: {commune: Lille}
age: {min: abc}
"""
EXPECTED = {"E203", "E209", "E210", "E313"}


@pytest.mark.parametrize("first", [True, False], ids=["first", "last"])
@pytest.mark.parametrize("faulty", FAULTY)
def test_the_other_mistakes_are_told_too(tree, faulty, first):
    header = f"{faulty}\n{REST}" if first else f"{REST}{faulty}\n"
    report = tree.run({"events/nuit": f"---\n{header}---\n\n# Un titre\n\nUn texte.\n"}).report
    told = [one for one in report if one.position.path.name == "nuit.md"]
    codes = [one.code for one in told]
    assert set(codes) >= EXPECTED
    assert codes.count("E210") == 2, "two dates are wrong"
    assert len([code for code in codes if code in ("E105", "E107", "E102")]) == 1
    assert not [one for one in told if one.code == "E201" and "titre" in one.message]


def test_several_lines_that_cannot_be_read(tree):
    header = 'titre: Nuit : jour\nresume: "Un\nage: {min: 8\ndebut: hier\n'
    report = tree.run({"events/nuit": f"---\n{header}---\n\nUn texte.\n"}).report
    lines = [(one.code, one.position.line) for one in report if one.code in ("E105", "E210")]
    assert lines == [("E105", 2), ("E105", 3), ("E105", 4), ("E210", 5)]


def test_what_is_no_header_at_all_is_told_once():
    found = read_around("- a\n- b", PurePosixPath("a.md"), 2)
    assert found.root is None and [one.code for one in found.diagnostics] == ["E117"]
    found = read_around("\n".join(f"a{n}: b : c" for n in range(60)), PurePosixPath("a.md"), 2)
    assert len(found.diagnostics) <= 21
