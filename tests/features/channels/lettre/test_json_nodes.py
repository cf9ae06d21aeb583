"""JSON with places: what is no JSON, or holds a key twice, is said in French, where it is."""

from pathlib import PurePosixPath

from doses import cases
from portail.features.channels.lettre.json_nodes import doubled_keys, read_json

HERE = PurePosixPath("content/newsletters/2021-s39.envoi.json")


@cases(
    ("text", "line", "column", "reason"),
    [
        ("", 1, 1, "il est vide"),
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


def test_a_key_written_twice_is_told_at_its_second_place():
    text = '{\n  "a": {"x": 1, "x": 2},\n  "b": 0,\n  "b": 1,\n  "b": 2\n}'
    found = doubled_keys(text, HERE)
    assert [(one.code, one.position.line, one.position.column) for one in found] == [
        ("E106", 2, 17), ("E106", 4, 3), ("E106", 5, 3),
    ]  # fmt: skip
    assert "(déjà ligne 2)" in found[0].message
