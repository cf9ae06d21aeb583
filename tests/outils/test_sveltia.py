"""What is changed in the visual editor: each text once, or the tool stops."""

from __future__ import annotations

from pathlib import Path

import pytest

from sveltia_retouches import RETOUCHES, VERSION, apply


def test_each_change_is_made_once() -> None:
    source = "\n".join(one.old for one in RETOUCHES)
    changed = apply(source)
    assert all(one.new in changed for one in RETOUCHES)
    assert "unpkg.com" not in changed and "jsdelivr" not in changed


@pytest.mark.parametrize("times", [0, 2])
def test_a_text_that_is_not_there_once_stops_it(times: int) -> None:
    others = [one.old for one in RETOUCHES[1:]]
    with pytest.raises(ValueError, match=f"found {times} times"):
        apply("\n".join([*others, *[RETOUCHES[0].old] * times]))


def test_the_committed_program_has_them(racine: Path) -> None:
    program = (racine / "theme/static/admin/sveltia-cms.js").read_text("utf-8")
    assert f"Sveltia CMS {VERSION}" in program.splitlines()[0]
    assert "unpkg.com" not in program and "jsdelivr" not in program
    assert all(program.count(one.old) == 0 for one in RETOUCHES if one.old not in one.new)
