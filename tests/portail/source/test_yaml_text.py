"""What is written as YAML is read back the same, by our own reading of front matter."""

from pathlib import PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from portail.source.document import parse_front_matter
from portail.source.yaml_text import written

# What a front matter may hold: control characters are refused before YAML is read.
LETTERS = st.characters(
    exclude_categories=["Cs", "Cc", "Cn", "Co"], exclude_characters="\u2028\u2029\ufeff"
)
TEXTS = st.text(LETTERS, max_size=30) | st.sampled_from(
    ["- a", "a: b", "a:", "#a", "a #b", "[a", "!a", "*a", "''", '"', "a\\n", "?", "-", "---", ", "]
)  # fmt: skip
KEYS = st.from_regex(r"[a-z_]{1,8}", fullmatch=True)


def read(line):
    root, found = parse_front_matter(line, PurePosixPath("a.md"), 1)
    assert root is not None, found
    plain = root.plain()
    return plain["cle"]


@given(TEXTS)
def test_a_text_is_read_back(text):
    assert read(f"cle: {written(text)}") == text


@given(st.lists(TEXTS | st.dictionaries(KEYS, TEXTS, max_size=3), max_size=4))
def test_lists_and_groups_are_read_back(value):
    assert read(f"cle: {written(value)}") == value


def test_quotes_only_where_needed():
    assert written("2021-10-09 14:00") == "2021-10-09 14:00"
    assert written("L’heure d’été (14:30), en famille") == "L’heure d’été (14:30), en famille"
    assert written(["Rue A, Lille", "https://example.org/a"]) == (
        '["Rue A, Lille", https://example.org/a]'
    )
