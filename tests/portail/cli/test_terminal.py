"""Cells, wrapping and escaping of what a terminal is shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from portail.cli.check import render
from portail.cli.terminal import cells, safe, wrap

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


def test_a_page_is_made_readable() -> None:
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


def test_marks_stay_with_their_word() -> None:
    assert wrap("dire « oui » ou non ; voilà", 12) == ["dire « oui »", "ou non ;", "voilà"]


@given(st.text(max_size=200), st.integers(10, 80))
def test_no_line_is_too_wide_and_no_word_is_lost(text: str, width: int) -> None:
    lines = wrap(safe(text), width)
    assert all(cells(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == safe(text).replace(" ", "")
