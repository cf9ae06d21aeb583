"""BibTeX records, read back by a small reader of the same rules."""

import re
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from doses import cases, rows_of
from portail.features.pages.citer.citation import latex, names, record

COMMANDS = rows_of("features/pages/citer/bibtex.yml")
ACCENTS = dict(zip("`'^~=u.\"rHvck", "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a"
                   "\u030b\u030c\u0327\u0328", strict=True))  # fmt: skip
TOKEN = re.compile(
    r"\{\\(?P<accent>[`'^~=.\"])(?:(?P<base>[A-Za-z])|\{\\?(?P<dotless>[A-Za-z])\})\}"
    r"|\{\\(?P<letter>[urHvck])\{\\?(?P<below>[A-Za-z])\}\}"
    r"|\{\\(?P<command>[A-Za-z]+)\}|\\(?P<escaped>[#$%&_])|(?P<empty>\{\})"
    r"|(?P<dash>-{2,3})|(?P<other>.)",
    re.DOTALL,
)


def read(text):
    """What LaTeX shows of ``text``; fails on what it would not take."""
    shown = ""
    for found in TOKEN.finditer(text):
        part = found.groupdict()
        if part["accent"] or part["letter"]:
            base = part["base"] or part["dotless"] or part["below"]
            shown += base + ACCENTS[part["accent"] or part["letter"]]
        elif part["command"]:
            shown += COMMANDS[part["command"]]
        elif part["dash"]:
            shown += {2: "–", 3: "—"}[len(part["dash"])]
        elif part["other"]:
            assert part["other"] not in "\\{}#$%&_^", text
            shown += {"~": "\u00a0", "'": "’"}.get(part["other"], part["other"])
        else:
            shown += part["escaped"] or ""
    return unicodedata.normalize("NFC", shown)


def fields_of(text):
    """Sort, key and fields of a record, cut by counting braces as BibTeX does."""
    head = re.match(r"@(\w+)\{([^\s,{}]+),\n", text)
    found, at = {}, head.end()
    while match := re.compile(r"\s*(\w+) = ").match(text, at):
        at = end = match.end()
        depth = 0
        while depth or text[end] not in ",\n":
            depth += (text[end] == "{") - (text[end] == "}")
            assert depth >= 0
            end += 1
        found[match[1]] = text[at:end]
        at = end + (text[end] == ",")
    assert text[at:] == "\n}"
    return head[1], head[2], found


WRITTEN = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")), max_size=60
)


@given(WRITTEN)
@example("L’été à Noël, Œuvres & « ça » : 100 % d’{accolades} \\ ~ ^ _ # $")
@example("--- -- ''' ’’ `` << >> |{}{ }} ĭ ǰ ŷ İ ǖ")
@example("Ȯ ṅ ů ő š ę ķ ñ ā")
@example("––")
def test_what_is_written_is_read_back(text):
    shown = read(latex(text))
    expected = unicodedata.normalize("NFC", text).replace("'", "’").replace("\u202f", "\u00a0")
    assert shown == expected
    assert latex(text).count("{") == latex(text).count("}")


@given(st.lists(st.tuples(st.text("Aéé ,-{}and", min_size=1), st.booleans()), max_size=4),
       WRITTEN)  # fmt: skip
def test_a_record_is_cut_where_it_was_joined(people, title):
    rows = [("author", f"{{{names(people)}}}"), ("title", f"{{{{{latex(title)}}}}}"),
            ("year", "{2021}"), ("month", "sep")]  # fmt: skip
    sort, key, fields = fields_of(record("misc", "un-titre-2021", rows))
    assert (sort, key, list(fields)) == ("misc", "un-titre-2021", [name for name, _ in rows])
    assert fields == dict(rows)


@cases(
    ("text", "expected"),
    [
        ("Été", r"{\'E}t{\'e}"),
        ("Noël ça", r"No{\"e}l {\c{c}}a"),
        ("île", r"{\^{\i}}le"),
        ("1914–1918", "1914--1918"),
        ("a--b", "a-{}-b"),
        ("Ωμέγα 科学", "Ωμέγα 科学"),
        ("deux\nlignes", "deux lignes"),
    ],
)
def test_signs(text, expected):
    assert latex(text) == expected


@cases("name", COMMANDS)
def test_a_sign_that_latex_has_a_command_for_is_written_by_it(name):
    assert latex(f"a{COMMANDS[name]}b") == f"a{{\\{name}}}b"


def test_a_name_with_a_comma_or_and_is_kept_whole():
    people = [("Arts and Sciences", True), ("Exemple, Camille", True), ("Camille Exemple", True)]
    assert names(people) == "{Arts and Sciences} and {Exemple, Camille} and Camille Exemple"
