"""From bytes to text, and from text to front matter and body, with exact places."""

from pathlib import PurePosixPath

import yaml
from hypothesis import given
from hypothesis import strategies as st

from doses import cases, rows_of
from portail.diagnostics import Position
from portail.source.document import FORBIDDEN, Parts, decode, in_flow, split
from strategies import wild_texts

PATH = PurePosixPath("content/articles/nuit.md")


def decoded(data):
    return decode(data, PATH, "article")


def places(found):
    return [
        (one.code, one.position.line, one.position.column, one.position.length) for one in found
    ]


# ── Decoding ─────────────────────────────────────────────────────────────────────────


@cases(
    "data",
    [
        b"---\ntitre: A\n---\nB\n",
        b"\xef\xbb\xbf---\ntitre: A\n---\nB\n",
        b"---\r\ntitre: A\r\n---\r\nB\r\n",
        b"\xef\xbb\xbf---\r\ntitre: A\r\n---\r\nB\r\n",
        b"---\rtitre: A\r---\rB\r",
    ],
)
def test_marks_and_line_ends_of_every_system(data):
    assert decoded(data) == "---\ntitre: A\n---\nB\n"


@cases("data", [b"", b"\n", b" \r\n\t", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"])
def test_an_empty_file(data):
    (found,) = decoded(data)
    assert places([found]) == [("E116", 1, 1, 0)]


def test_the_first_byte_that_is_not_utf8():
    data = "---\r\ntitre: « Été »\r\nresume: ".encode() + "été".encode("cp1252")
    (found,) = decoded(data)
    assert places([found]) == [("E101", 3, 9, 0)]


@cases(
    ("data", "column"),
    [
        (b"\xff\xfe-\0-\0", 1),  # UTF-16
        ("😀é".encode() + b"\xc3", 3),  # cut in the middle of a letter
        (b"ab\xed\xa0\x80", 3),  # half of a surrogate pair
        (b"ab\xc0\xaf", 3),  # « / » written too long
        (b"\xef\xbb\xbfa\xff", 2),  # the mark at the beginning is no column
    ],
)
def test_columns_count_characters(data, column):
    assert places(decoded(data)) == [("E101", 1, column, 0)]


@given(wild_texts(), st.sampled_from([b"\x80", b"\xff", b"\xc3\x28"]))
def test_the_place_of_a_bad_byte(text, bad):
    plain = f"a{text}"
    (found,) = decoded(plain.encode() + bad)
    lines = plain.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert places([found]) == [("E101", len(lines), len(lines[-1]) + 1, 0)]


@cases(
    "sign",
    [
        "\x00", "\x08", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\x9f", "\u2028", "\u2029",
        "\u202a", "\u202e", "\u2066", "\u2069", "\ufeff", "\uffff",
    ],
)  # fmt: skip
def test_characters_that_no_text_may_hold(sign):
    (found,) = decoded(f"é\r\nab{sign}cd".encode())
    assert places([found]) == [("E102", 2, 3, 1)]
    assert found.message == f"Un caractère invisible interdit (U+{ord(sign):04X}) se trouve ici."


def test_forbidden_characters_are_listed_up_to_five():
    found = decoded(("a\x00\n" * 9).encode())
    assert places(found) == [("E102", line, 2, 1) for line in range(1, 6)]


def test_piled_accents():
    (found,) = decoded(f"é\r\nabe{chr(0x301) * 130}cd".encode())
    assert places([found]) == [("E134", 2, 4, 130)]
    assert found.message == "Une même lettre porte 130 accents ; la limite est de 4."


@cases("text", ["👩‍🔬 et ❤️", "עברית", "العربية", "日本語", "e\u0301", "a\u200bb"])
def test_scripts_and_joined_emoji_are_kept(text):
    assert decoded(text.encode()) == text


@given(st.binary(max_size=120))
def test_any_bytes_are_decoded_or_refused(data):
    result = decoded(data)
    if isinstance(result, str):
        assert "\r" not in result
        assert FORBIDDEN.search(result) is None
    else:
        assert result
        assert {one.code for one in result} <= {"E101", "E102", "E116"}


# ── Splitting ────────────────────────────────────────────────────────────────────────


@cases(
    ("text", "parts"),
    [
        ("---\ntitre: A\n---\nB\nC\n", Parts("titre: A", 2, "B\nC\n", 4)),
        ("\n\n---\ntitre: A\n---", Parts("titre: A", 4, "", 6)),
        ("---  \ntitre: A\n---\t\n\nB", Parts("titre: A", 2, "\nB", 4)),
        ("---\n---\nB", Parts("", 2, "B", 3)),
        ("---\na: 1\n---\nB\n---\nC", Parts("a: 1", 2, "B\n---\nC", 4)),
        ("---\na: |\n  ---\n---\nB", Parts("a: |\n  ---", 2, "B", 5)),
    ],
)
def test_front_matter_and_body(text, parts):
    assert split(text, PATH) == parts


@cases(
    "text",
    ["Une phrase.", "# Titre", "--- a\n---", " ---\na: b\n---", "+++\n+++"],
)
def test_no_front_matter(text):
    found = split(text, PATH)
    assert found.position == Position(PATH, 1, 1, len(text.split("\n")[0]))
    assert found.message == "Ce fichier n’a pas d’en-tête."


@cases("line", ["———", "--", "–––", "___", "-----", "***"])
def test_dashes_of_a_word_processor_are_told(line):
    found = split(f"{line}\ntitre: A\n{line}\n", PATH)
    assert (found.code, found.position) == ("E103", Position(PATH, 1, 1, len(line)))
    assert found.hint == (
        f"Remplacez « {line} » par trois traits d’union, « --- », ici et sous le dernier champ."
    )


def test_a_front_matter_that_is_never_closed():
    found = split("\n---\ntitre: A\n\nUne phrase.\n", PATH)
    assert found.position == Position(PATH, 2, 1, 3)
    assert found.code == "E104"


def test_a_header_of_another_kind_is_told():
    found = split("Note: La nuit\n\nUne phrase.", PATH)
    assert found.position == Position(PATH, 1, 1, 13)
    assert (found.code, found.paste) == ("E115", "")
    assert found.message == "L’en-tête « Note: … » doit être encadré par deux lignes « --- »."


def test_the_header_of_pelican_is_given_in_our_keys():
    header = (
        "Title: Le sable: d’où vient-il\nDate: 2021-03-05 16:08\nTags: sable, roche; mer\n"
        "Authors: [Une Personne]\nSummary: Il vient des roches.\n  Il voyage.\nSlug: le-sable\n"
    )
    found = split(f"{header}\nDu sable.\n", PATH)
    assert found.code == "E115"
    assert found.paste == (
        '---\ntitre: "Le sable: d’où vient-il"\npublie_le: 2021-03-05\n'
        "mots_cles: [sable, roche, mer]\nauteurs: [Une Personne]\n"
        "resume: Il vient des roches. Il voyage.\nslug: le-sable\n---"
    )


def test_a_header_whose_first_line_alone_is_missing():
    found = split("titre: A\nthemes:\n  - b\n\nlieu: c\n---\n\nTexte", PATH)
    assert (found.code, found.paste) == ("E115", "")
    assert found.message.endswith("la première manque.")


@given(wild_texts(120))
def test_any_text_is_split_or_refused(text):
    result = split(text, PATH)
    if isinstance(result, Parts):
        lines = text.split("\n")
        assert "\n".join(lines[result.body_line - 1 :]) == result.body
        assert "\n".join(lines[result.front_line - 1 : result.body_line - 2]) == result.front
    else:
        assert result.code in {"E103", "E104", "E115"}


@cases(("text", "written"), rows_of("portail/source/document.yml"))
def test_a_scalar_of_a_flow_reads_back_the_same(text, written):
    said = in_flow(text)
    assert written is None or said == written
    assert yaml.load(f"[{said}, fin]", yaml.BaseLoader) == [text, "fin"]
