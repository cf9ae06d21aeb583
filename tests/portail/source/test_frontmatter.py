"""YAML of the front matter: everything is text, everything has its place, surprises are refused."""

from pathlib import PurePosixPath

import yaml
from hypothesis import given
from hypothesis import strategies as st

import hostile
from doses import cases, rows_of
from portail.codes import all_codes
from portail.diagnostics import Position
from portail.source.document import MAX_DEPTH, MAX_KILOBYTES, parse_front_matter
from strategies import wild_texts
from work import calls

TABLES = rows_of("portail/source/frontmatter.yml")

PATH = PurePosixPath("content/events/nuit.md")
FIRST = 2


def node(text):
    """The root of a front matter without fault."""
    root, found = parse_front_matter(text, PATH, FIRST)
    assert found == []
    return root


def plain(text):
    return node(text).plain()


def faults(text):
    _, found = parse_front_matter(text, PATH, FIRST)
    assert found
    return found


def fault(text):
    """The only fault, which forbids reading."""
    root, found = parse_front_matter(text, PATH, FIRST)
    assert root is None
    assert len(found) == 1
    return found[0]


def place(found):
    return found.position.line, found.position.column, found.position.length


# ── Everything is text ───────────────────────────────────────────────────────────────


@cases("value", TABLES["yaml_types_nothing"])
def test_yaml_types_nothing(value):
    assert plain(f"cle: {value}\n") == {"cle": value}
    assert plain(f"- {value}".join(["cle:\n", "\n"])) == {"cle": [value]}
    assert plain(f"{{cle: [{value}]}}") == {"cle": [value]}


@cases("value", ["~", "null", "Null", "NULL"])
def test_what_yaml_has_for_nothing_is_empty(value):
    assert plain(f"cle: {value}\nliste: [{value}]\n") == {"cle": "", "liste": [""]}
    for mark in "'\"":
        assert plain(f"cle: {mark}{value}{mark}\n") == {"cle": value}
    assert plain(f"cle: |-\n  {value}\n") == {"cle": value}


@cases(("text", "value"), TABLES["values"])
def test_values(text, value):
    assert plain(text) == {"a": value}


def test_keys_are_text_too():
    text = '2021: a\ntrue: b\n"entre guillemets": c\nclé avec espace : d\nÉté: e'
    keys = ["2021", "true", "entre guillemets", "clé avec espace", "Été"]
    assert list(plain(text)) == keys


# ── Everything has its place ─────────────────────────────────────────────────────────

SAMPLE = """\
titre: La nuit
seances:
  - {debut: 2021-10-09 14:00, fin: "2021-10-09 16:00"}
  - debut: 2021-10-10
    note: 'é😀'
tarif: {gratuit: oui}
resume: >
  Plusieurs
  lignes.
themes: [a, b]
vide:
"""


@cases(("loc", "value", "key"), TABLES["places"])
def test_places(loc, value, key):
    found = node(SAMPLE).at(loc)
    assert found.position(PATH) == Position(PATH, *value)
    assert found.position(PATH, of_key=True) == Position(PATH, *(key or value))


@cases(
    ("loc", "stops"),
    [
        ((), ()),
        (("absent",), ()),
        (("tarif", "prix"), ("tarif",)),
        (("seances", 7, "fin"), ("seances",)),
        (("seances", 1, "fin"), ("seances", 1)),
        (("titre", "x", 3), ("titre",)),
        (("tarif", 0), ("tarif", "gratuit")),
    ],
)
def test_the_deepest_node_on_the_way(loc, stops):
    root = node(SAMPLE)
    assert root.at(loc) is root.at(stops)


def test_numbered_keys_are_found_by_name_and_by_rank():
    root = node("editions: {2021: {du: a}, 2022: {du: b}}")
    assert root.at(("editions", "2022", "du")).value == "b"
    assert root.at(("editions", 1, "du")).value == "b"


@given(st.lists(st.tuples(st.text("abcdé😀", max_size=5), st.text("éa😀", min_size=1)), max_size=8))
def test_the_place_of_a_value_is_where_it_is_written(rows):
    lines = [f"k{rank}{name}: {value}" for rank, (name, value) in enumerate(rows)]
    root, _ = parse_front_matter("\n".join(lines), PATH, FIRST)
    for rank, (name, value) in enumerate(rows):
        where = root.at((f"k{rank}{name}",)).position(PATH)
        line = lines[where.line - FIRST]
        assert line[where.column - 1 :][: where.length] == value
        assert where.line == FIRST + rank


# ── What is refused, with its place ──────────────────────────────────────────────────


@cases(("text", "where", "sign", "name"), TABLES["surprises_of_yaml"])
def test_surprises_of_yaml(text, where, sign, name):
    found = fault(text)
    assert found.code == "E107"
    assert found.message == f"L’écriture « {sign} » ({name}) n’est pas admise dans un en-tête."
    length = 3 if where[2] else 2
    assert [*place(found)[:length]] == where[:length]


def test_keys_written_twice_are_all_said():
    root, found = parse_front_matter("a: 1\nb: {c: 1, c: 2}\nA: 3\na: 4\na: 5", PATH, FIRST)
    assert {one.code for one in found} == {"E106"}
    assert [place(one) for one in found] == [(3, 11, 1), (5, 1, 1), (6, 1, 1)]
    assert "(déjà ligne 2)" in found[1].message
    assert root.plain() == {"a": "1", "b": {"c": "1"}, "A": "3"}


@cases(
    ("text", "name"),
    [
        ('a: "x\\u202ey"', "U+202E"),
        ('a: "\\0"', "U+0000"),
        ('a: "\\e[31m"', "U+001B"),
        ('a: "x\\Ly"', "U+2028"),
        ('a: "x\\N"', "U+0085"),
        ('"\\x07": a', "U+0007"),
        ('a: {b: ["\\uFEFF"]}', "U+FEFF"),
    ],
)
def test_escapes_do_not_bring_what_a_file_may_not_hold(text, name):
    (found,) = faults(text)
    assert found.code == "E102"
    assert found.message == f"Un caractère invisible interdit ({name}) se trouve ici."
    assert text[found.position.column - 1] == '"'


def reason(text):
    """Line, column, reason and remedy of what cannot be read."""
    found = fault(text)
    assert found.code == "E105"
    start, end = "L’en-tête ne peut pas être lu : ", "."
    assert found.message.startswith(start)
    assert found.message.endswith(end)
    return *place(found)[:2], found.message[len(start) : -1], found.hint


@cases(("text", "line", "column", "told", "remedy"), TABLES["what_cannot_be_read"])
def test_what_cannot_be_read(text, line, column, told, remedy):
    assert reason(text) == (line, column, told, remedy)


@cases(
    ("text", "line", "column", "sign"),
    [
        ("titre: La nuit #3", 2, 16, "#3"),
        ("titre: #science et nuit", 2, 8, "#science"),
        ("themes: [a, b #c\n  ]", 2, 15, "#c"),
        ("titre: La\n  nuit #3", 3, 8, "#3"),
    ],
)
def test_a_title_is_not_cut_at_a_hash(text, line, column, sign):
    found = fault(text)
    assert (found.code, place(found)) == ("E107", (line, column, len(sign)))
    assert found.message == (
        f"L’écriture « {sign} » (prise pour un commentaire, elle ne paraîtrait pas) n’est pas "
        "admise dans un en-tête."
    )


@cases("text", ["a: b # remarque", "a: b#c", "#a\na: b", 'a: "b" #c', "a: '#c'", "a: |\n  b #c"])
def test_a_comment_is_one_when_it_looks_so(text):
    assert parse_front_matter(text, PATH, FIRST)[1] == []


def test_what_came_before_an_unreadable_line_is_said_too():
    assert [one.code for one in faults('a: 1\na: 2\nb: "x')] == ["E106", "E105"]


@cases("text", ["", " ", "# rien", "titre", "- a\n- b", "[]", "~", "titre:A"])
def test_a_front_matter_without_fields(text):
    found = fault(text)
    assert (found.code, place(found)) == ("E117", (2, 1, 0))


# ── Bounds ───────────────────────────────────────────────────────────────────────────


def test_weight():
    room = MAX_KILOBYTES * 1024
    heavy = "a: " + "é" * ((room - 3) // 2) + "x"
    assert len(heavy.encode()) == room
    assert plain(heavy)
    found = fault(heavy + "y")
    assert (found.code, place(found)) == ("E108", (2, 1, 0))


@cases(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
def test_depth(opening, closing):
    inside = MAX_DEPTH - 1
    assert plain("a: " + opening * inside + "x" + closing * inside)
    found = fault("a: " + opening * MAX_DEPTH + "x" + closing * MAX_DEPTH)
    assert (found.code, place(found)) == ("E109", (2, 4 + len(opening) * inside, 1))


@cases("text", hostile.FRONT_MATTERS)
def test_hostile_text_costs_little(text):
    """Work in proportion to the text, whatever it repeats."""
    assert calls(lambda: parse_front_matter(text, PATH, FIRST)) < 1_000 + 25 * len(text)


# ── Any text ─────────────────────────────────────────────────────────────────────────

PIECES = st.sampled_from(
    [
        "a", "titre", ": ", ":", "- ", "\n", "\n  ", "\t", "[", "]", "{", "}", ",", "&a", "*a",
        "!!int", "<<: ", "? ", "|", ">", "'", '"', "#", "%YAML 1.1", "---", "...", "\\", "é", "😀",
        "~", "\u2028", "\x85", "\ufeff", "01000", "@", "`",
    ]
)  # fmt: skip


@given(wild_texts(200) | st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_read_or_refused_at_a_place_that_exists(text):
    root, found = parse_front_matter(text, PATH, FIRST)
    assert root is not None or found
    lines = text.split("\n")
    for one in found:
        assert one.code in all_codes()
        assert one.position.path == PATH
        assert one.position.line >= FIRST
        assert one.position.column >= 1
        if not set(text) & set("\r\x85\u2028\u2029"):  # refused before, with the bytes
            assert one.position.line <= FIRST + len(lines)
    if root is not None:
        assert isinstance(root.plain(), dict)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_reading_agrees_with_yaml_on_text(text):
    """What is accepted is what YAML says, all scalars being text."""
    root, found = parse_front_matter(text, PATH, FIRST)
    if root is None or found:
        return
    expected = yaml.load(text, Loader=yaml.CBaseLoader)

    def keys_stripped(value):
        if isinstance(value, dict):
            return {str(key).strip(): keys_stripped(one) for key, one in value.items()}
        return [keys_stripped(one) for one in value] if isinstance(value, list) else value

    assert root.plain() == keys_stripped(expected)
