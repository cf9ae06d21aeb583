"""Tables that are judged in one test: each row is, and each that does not hold is told."""

from __future__ import annotations

import pytest

from doses import cases


def test_every_row_that_does_not_hold_is_told():
    seen = []

    @cases("sign", ["a", "b"])
    @cases(("left", "right"), [(1, 1), (1, 2), (2, 3)])
    def judged(left, right, sign):
        seen.append((left, right, sign))
        with pytest.raises(ZeroDivisionError):
            _ = 1 // (left - right)

    with pytest.raises(AssertionError) as told:
        judged()
    assert len(seen) == 6
    assert str(told.value).count("'left': 1, 'right': 2") == 2
    assert "'left': 1, 'right': 1" not in str(told.value)


def test_a_table_without_rows_proves_nothing():
    @cases("sign", [])
    def judged(sign):
        raise AssertionError(sign)

    with pytest.raises(AssertionError):
        judged()
