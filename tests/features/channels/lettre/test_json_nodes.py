"""JSON with places: every value is where it is said to be; what is no JSON is said in French."""

import json
from pathlib import PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from doses import cases
from portail.features.channels.lettre.json_nodes import compose, doubled_keys, read_json

HERE = PurePosixPath("content/newsletters/2021-s39.envoi.json")

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


def bare(value):
    """A value as ``Node.plain`` tells it: what is no text as it is written."""
    if isinstance(value, list):
        return [bare(one) for one in value]
    if isinstance(value, dict):
        return {key: bare(one) for key, one in value.items()}
    return value if isinstance(value, str) else json.dumps(value)


def scalars(node):
    if isinstance(node.value, str):
        return [node]
    rows = node.value if isinstance(node.value, list) else list(node.value.values())
    return [one for row in rows for one in scalars(row)]


@given(values, st.sampled_from([None, 0, 2, "\t"]), st.booleans())
def test_every_value_is_where_it_is_said_to_be(value, indent, ascii_only):
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    root = compose(text)
    assert root.plain() == bare(value)
    lines = text.split("\n")
    for node in scalars(root):
        start = node.column - 1
        written = lines[node.line - 1][start : start + node.length]
        assert bare(json.loads(written)) == node.value
        if node.key:
            line, column, length = node.key
            json.loads(lines[line - 1][column - 1 : column - 1 + length])


@given(values)
def test_what_is_json_is_read_and_nothing_else(value):
    text = json.dumps(value, ensure_ascii=False)
    assert read_json(text, HERE) == (value, [])
    assert doubled_keys(text, HERE) == []
    read, found = read_json(text + "]", HERE)
    assert read is None and [one.code for one in found] == ["E127"]


@cases(
    ("text", "line", "column", "reason"),
    [
        ("", 1, 1, "il est vide"),
        (" \n ", 1, 1, "il est vide"),
        ('{"a": 1,\n "b" 2}', 2, 6, "un deux-points manque après une clé"),
        ('{"a": 1\n "b": 2}', 2, 2, "une virgule manque, ou un guillemet est refermé trop tôt"),
        ('{"a": oui}', 1, 7, "une valeur manque, ou n’est pas entre guillemets"),
        ("{a: 1}", 1, 2, "une clé entre guillemets doubles est attendue ici"),
        ('{"a": "b', 1, 7, "un guillemet n’est jamais refermé"),
        ('{"a": "b\n"}', 1, 9, "un texte va à la ligne, ou contient un signe invisible"),
        (r'{"a": "\d"}', 1, 8, "après « \\ », ce signe n’a pas de sens"),
        ("{} {}", 1, 4, "le fichier continue après sa dernière accolade"),
        ('{"a": NaN}', 1, 1, "un nombre n’en est pas un"),
        ('{"a": ' + "9" * 5000 + "}", 1, 1, "un nombre n’en est pas un"),
        ("[" * 30 + "]" * 30, 1, 1, "ses groupes sont emboîtés sans fin"),
        ("[" * 100_000, 1, 1, "ses groupes sont emboîtés sans fin"),
    ],
)
def test_what_is_no_json_says_where(text, line, column, reason):
    value, (found,) = read_json(text, HERE)
    assert value is None and found.code == "E127"
    assert (found.position.line, found.position.column) == (line, column)
    assert found.message == f"Ce fichier n’est pas du JSON : {reason}."


def test_brackets_of_texts_nest_nothing():
    text = json.dumps({"titre": "[{" * 40 + '\\"' + "[" * 40})
    assert read_json(text, HERE)[1] == []


def test_a_key_written_twice_is_told_at_its_second_place():
    text = '{\n  "a": {"x": 1, "x": 2},\n  "b": 0,\n  "b": 1,\n  "b": 2\n}'
    found = doubled_keys(text, HERE)
    assert [(one.code, one.position.line, one.position.column) for one in found] == [
        ("E106", 2, 17), ("E106", 4, 3), ("E106", 5, 3),
    ]  # fmt: skip
    assert "(déjà ligne 2)" in found[0].message
