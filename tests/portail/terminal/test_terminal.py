"""Cells, wrapping and escaping of what a terminal is shown."""

from hypothesis import given
from hypothesis import strategies as st

from doses import cases, rows_of
from portail.cli.check import render
from portail.terminal.text import Run, Style, cells, counted, diff_rows, safe, wrap

PAGE = """# E1 · Un titre

Une phrase, un [lien](ailleurs.md), du **gras**, assez longue pour être coupée « ici même » ou là.

```yaml
titre: a
  sous: b
```

| a | b |
|---|---|

- un point qui est si long qu’il doit passer à la ligne suivante, avec le retrait qu’il faut
"""


def test_a_page_is_made_readable():
    assert (
        render(PAGE, colour=False)
        == """\
E1 · Un titre

Une phrase, un lien, du gras, assez longue pour être coupée « ici même » ou
là.

    titre: a
      sous: b

  | a | b |
  |---|---|

  • un point qui est si long qu’il doit passer à la ligne suivante, avec le
    retrait qu’il faut
"""
    )
    assert "\x1b[1mE1 · Un titre\x1b[0m" in render(PAGE, colour=True)


@given(st.text(max_size=200), st.integers(10, 80))
def test_no_line_is_too_wide_and_no_word_is_lost(text, width):
    lines = wrap(safe(text), width)
    assert all(cells(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == safe(text).replace(" ", "")


DRIVING = ["\x1b[2J", "\x9b2J", "\r", "\n", "\0", "\x08", "\u202e", "\u2066", "\u2028", "\u2029"]


@cases("sign", DRIVING)
def test_no_sign_drives_a_terminal_or_forges_a_line(sign):
    assert safe(f"a{sign}b") == f"a\\u{ord(sign[0]):04x}{sign[1:]}b"


@given(st.text())
def test_all_that_is_written_can_be_seen(text):
    assert all(sign.isprintable() or sign in "\u00a0\u202f\u200d\ufe0f" for sign in safe(text))
    assert len(safe("\0" * 50)) == 300 and safe("\t") == " " * 4


def test_nothing_is_painted_without_colour_or_words():
    assert Style(True).paint("erreur", "non") == "\x1b[1;31mnon\x1b[0m"
    assert Style(True).paint("erreur", "") == Style(False).paint("erreur", "") == ""
    assert Style(False).paint("erreur", "non") == "non"


@cases(("text", "width", "lines"), rows_of("portail/terminal/terminal.yml"))
def test_where_lines_are_cut(text, width, lines):
    assert wrap(text, width) == lines


def test_what_changes_in_a_file_is_coloured_and_safe():
    before = b"\xef\xbb\xbfun\r\ndeux\rtrois\n" + b"".join(b"%d\n" % n for n in range(9))
    after = before.replace(b"deux", b"\x1b[2J\xff")
    rows = [
        "--- a/x.md",
        "+++ b/x.md",
        "@@ -1,5 +1,5 @@",
        " un",
        "-deux",
        "+\\u001b[2J\ufffd",
        " trois",
        " 0",
        " 1",
    ]
    assert [*diff_rows("x.md", before, after, Style(False))] == rows
    codes = ["2", "2", "2", "", "1;31", "1;32", "", "", ""]
    assert [*diff_rows("x.md", before, after, Style(True))] == [
        f"\x1b[{code}m{row}\x1b[0m" if code else row for code, row in zip(codes, rows, strict=True)
    ]
    assert not [*diff_rows("x.md", b"un\r\n", b"un", Style(True))]


def test_one_is_singular_and_none_too():
    words = ("erreur", "erreurs")
    assert [counted(n, words) for n in (0, 1, 2)] == ["0 erreur", "1 erreur", "2 erreurs"]


def test_a_run_promises_no_more_than_it_is_told():
    run = Run(3)
    assert (run.repairs, run.published, run.seconds) == (0, False, None)
