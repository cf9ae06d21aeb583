"""What becomes of valid files that were damaged as people damage them."""

from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from doses import cases, dose
from portail.diagnostics import Severity
from portail.features.intake.corriger.engine import mend
from portail.site.draft import read_document
from portail.source.loader import list_content
from reparations import mended, reading

CONTENT = Path(__file__).resolve().parents[3] / "sites" / "vitrine" / "content"

EVENT = """\
---
titre: La nuit de la chouette
resume: Une sortie pour écouter les rapaces au crépuscule.
publie_le: 2021-09-20
debut: 2021-10-09 20:00
format: atelier
themes: [vivant-sante]
lieu: la-coupole
tarif:
  gratuit: true
---

Prévoyez des bottes.
"""


@cache
def valid():
    """Files of every kind without an error, and their texts."""
    found = []
    for file in list_content(CONTENT).documents:
        text = file.file.read_text("utf-8")
        if not errors(file, text.encode()):
            found.append((file, text))
    return tuple(found)


def told(file, data):
    return read_document(data, file, reading())[0].diagnostics


def errors(file, data):
    return sum(one.severity is Severity.ERREUR for one in told(file, data))


def front(lines):
    """Rank of the line that ends the front matter, or of the last line."""
    return next((rank for rank, line in enumerate(lines) if rank and line == "---"), len(lines) - 1)


def without_end(change):
    """``change`` done to the lines without the one that ends the front matter."""
    return lambda lines, at: change(lines[: front(lines)] + lines[front(lines) + 1 :])


def on_rows(change):
    """``change`` done to two lines of the front matter."""

    def damage(lines, at):
        row = 1 + at % max(front(lines) - 1, 1)
        return [*lines[:row], *change(lines[row : row + 2]), *lines[row + 2 :]]

    return damage


def on_a_line(change):
    """``change`` done to one line of the front matter."""
    return on_rows(lambda rows: [*map(change, rows[:1]), *rows[1:]])


DAMAGES = (
    lambda lines, at: lines[1:],
    without_end(lambda lines: lines),
    without_end(lambda lines: lines[1:]),
    on_rows(lambda rows: [" ".join(rows)]),
    on_rows(lambda rows: [*rows[:1], *rows]),
    on_a_line(lambda line: f"\t{line}"),
    on_a_line(lambda line: f" {line}"),
    on_a_line(lambda line: line.replace("  ", "\t")),
    on_a_line(lambda line: line.lstrip(" ")),
    on_a_line(lambda line: line.replace(": ", ":", 1)),
    on_a_line(lambda line: line.replace(":", "", 1)),
    on_a_line(lambda line: line.replace(": ", ': "', 1)),
    on_a_line(lambda line: line.replace('"', "")),
    on_a_line(lambda line: line.replace("]", "")),
    on_a_line(lambda line: line.replace("[", "").replace("]", "")),
    on_a_line(lambda line: f"{line} : suite"),
    on_a_line(lambda line: f"{line}\u200b\x92"),
    on_a_line(str.capitalize),
    on_a_line(str.upper),
)
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16", "dos", "mac")


def encoded(text, encoding):
    """``text`` as a program of another habit writes it."""
    if encoding in ("dos", "mac"):
        return text.replace("\n", "\r\n" if encoding == "dos" else "\r").encode()
    return text.encode(encoding, "replace")


@settings(max_examples=dose(62, 250))
@given(
    st.integers(0, 10_000),
    st.lists(st.tuples(st.sampled_from(DAMAGES), st.integers(0, 40)), min_size=1, max_size=3),
    st.sampled_from(ENCODINGS),
)
def test_a_damaged_file_has_fewer_errors_or_is_untouched(rank, damages, encoding):
    file, text = valid()[rank % len(valid())]
    lines = text.split("\n")
    for damage, at in damages:
        lines = damage(lines, at)
    data = encoded("\n".join(lines), encoding)
    before, found = told(file, data), mend(data, file, reading())
    if found.data != data:
        left = told(file, found.data)
        fewer = errors(file, found.data) < errors(file, data)
        # Without fewer errors, only advice and blanks were mended: nothing else is told.
        assert fewer or {(one.code, one.message) for one in left} <= {
            (one.code, one.message) for one in before
        }
    assert mend(found.data, file, reading()).data == found.data


@cases(
    "damage",
    [
        lambda text: text.removeprefix("---\n"),
        lambda text: text.replace("\n---\n", "\n", 1),
        lambda text: text.replace("\nlieu", "\n\tlieu"),
        lambda text: text.replace("\n  gratuit", "\n\tgratuit"),
        lambda text: text.replace("format: ", "format:"),
    ],
)
def test_what_has_one_meaning_is_mended_back(damage):
    assert damage(EVENT) != EVENT
    assert mended(damage(EVENT), "events").data.decode() == EVENT


def test_an_error_of_form_is_mended_whatever_else_is_missing():
    whole = EVENT.replace("lieu: la-coupole\n", "")
    found = mended(whole.replace("format: ", "format:"), "events")
    assert found.data == whole.encode(), "that the place is missing was told in the same run"
    assert found.left == ()
