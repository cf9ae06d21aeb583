"""Tables: any text comes back from them, and none of their cells is run."""

import ast
import csv
import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doses import cases, rows_of
from portail.outputs.spreadsheets import Numbers, compact, guarded, lined, written
from strategies import wild_texts
from tableurs import unguarded

HOSTILE = [
    "=HYPERLINK(\"https://exemple.org\";\"gain\")", "+33 3 21 00 00 00", "-1+1", "@SUM(A1)",
    "'=1+1", "''", "\t=1", "a;b,c", "fin de ligne\u2028cachée", "＝1+1", "\\|\\", "",
]  # fmt: skip
SIGNS = st.text(st.sampled_from("=+-@＝,;|\t\r\n'\"\\ aé"), max_size=8)
STARTS = tuple("=+-@＝＋－＠")


def read(text):
    """What any reader of RFC 4180 finds, the byte order mark taken off."""
    assert text[0] == "\ufeff"
    return [*csv.reader(io.StringIO(text[1:], newline=""), delimiter=";", strict=True)]


@given(st.lists(st.sampled_from(HOSTILE) | SIGNS | wild_texts(), min_size=3, max_size=6))
def test_any_text_comes_back_and_none_begins_a_formula(texts):
    text = "".join(written(texts, [texts]))
    titles, found = read(text)
    assert titles == found
    assert [unguarded(cell) for cell in found] == texts
    assert not [cell for cell in found if cell[:1] and cell[0] in (*STARTS, *"\t\r\n")]
    # Neither does a cell that another separator would make, in a file opened wrongly.
    for separator in ",\t":
        wrong = csv.reader(io.StringIO(text[1:], newline=""), delimiter=separator)
        parts = [cell for row in wrong for cell in row]
        lines = re.split(rf"[\r\n{separator}]", text[1:])
        for cell in (*parts, *lines):
            assert cell.lstrip('"')[:1] not in STARTS, cell
    assert text.endswith("\r\n")


@cases(("text", "cell"), rows_of("portail/outputs/spreadsheets.yml"))
def test_what_a_guarded_text_looks_like(text, cell):
    assert guarded(text) == cell


def test_numbers_of_ours_keep_their_sign():
    assert read("".join(written(["a"], [[Numbers("49.1,-1.5")]]))) == [["a"], ["49.1,-1.5"]]


def test_many_rows():
    assert read("".join(written(["a"], ([str(one)] for one in range(500)))))[-1] == ["499"]


def test_json_of_scripts_is_short_and_says_what_it_is_given():
    told = {"nom": "L’été\u2028", "a": [1, {"b": None}], "vide": {}}
    assert compact(told) == '{"nom":"L’été\u2028","a":[1,{"b":null}],"vide":{}}'
    assert json.loads(compact(told)) == told
    with pytest.raises(TypeError):
        compact({"ensemble": {1}})


def test_no_other_module_writes_a_table(racine):
    writers = set()
    for file in (racine / "plugins").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text if "riter" in text else "")):
            if isinstance(node, ast.Attribute) and node.attr in ("writer", "DictWriter"):
                writers.add(file.name)
    # A list of JSON is read as a table, which nobody opens.
    assert writers == {"spreadsheets.py", "formats.py"}


def test_a_list_has_an_element_on_each_line():
    assert "".join(lined([1, {"nom": "é"}])) == '\n1,\n{"nom":"é"}'
    assert "".join(lined([])) == ""
