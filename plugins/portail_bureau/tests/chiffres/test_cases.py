"""Cases of the count, on invented sites: ``cas.yml``."""

from pathlib import Path

import pytest
import yaml

from plans import TODAY, entry
from portail_bureau.chiffres.loan_bilan import bilan_of_loans, bilan_of_years
from portail_bureau.chiffres.structure import structure
from portail_bureau.chiffres.territory import territory
from portail_bureau.chiffres.year import bilan_of_year

CASES = yaml.safe_load(Path(__file__).with_name("cas.yml").read_text("utf-8"))
MAKERS = {
    "portail": lambda site, _, year: bilan_of_year(site, year),
    "prets": lambda site, _, year: bilan_of_loans(site, year) if year else bilan_of_years(site),
    "lieux": structure,
    "territoires": territory,
}


def plain(value):
    return value.replace("\u00a0", " ") if isinstance(value, str) else value


def told(table, expected):
    """Its rows, as what is expected of them is written: all their values, or the first one."""
    rows = {row.label: [*map(plain, row.values)] for row in table.lignes} if table else {}
    if any(isinstance(value, list) for value in expected.values()):
        return {label: rows.get(label, [])[: len(expected[label])] for label in expected}
    return {label: values[0] for label, values in rows.items() if values[0]}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_figures_of(tree, case):
    files = {
        ref: entry(ref.partition("/")[0], fields.pop("corps", "Une phrase."), **fields)
        for ref, fields in ((ref, dict(fields)) for ref, fields in case["contenus"].items())
    }
    site = tree.site(files, chiffres=True, day=case.get("jour", TODAY))
    for expected in case["bilans"]:
        subject, year = expected["de"]
        bilan = MAKERS[subject.partition("/")[0]](site, subject, year)
        keys = {plain(key.label): key.value for key in bilan.cles}
        assert expected.get("cles", {}).items() <= keys.items()
        for code, rows in expected.get("tables", {}).items():
            assert told(bilan.table(code), rows) == rows, code
        words = (*bilan.phrases, *bilan.methode, *(key.note for key in bilan.cles))
        assert expected.get("dit", "") in plain(" ".join(words))
