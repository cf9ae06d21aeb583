"""What ten million visits ask: every figure of the page follows from its measures."""

from __future__ import annotations

import math
import re

import portee


def test_the_page_is_what_its_measures_come_to() -> None:
    text = portee.PAGE.read_text(encoding="utf-8")
    found = portee.measured(text)
    assert portee.BLOCK.findall(text) == [portee.block(found)], "python outils/portee.py output"


def test_figures_computed_by_hand() -> None:
    text = portee.PAGE.read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| ([^|]+?) \| ([^|]*) \|", text, re.MULTILINE))
    weight, asked = (
        int(rows[name].replace(",", "")) for name in ("bytes of a visit", "requests of a visit")
    )
    gigabytes = weight / 100  # ten million visits, a thousand million bytes each
    assert rows["sent, GB"] == f"{gigabytes:,.0f}"
    assert rows["network, $"] == f"{gigabytes / 100:.0f}"
    # 0.194 kWh/GB to run, 0.106 to make.
    world, france = 0.3 * 494, 0.194 * 32 + 0.106 * 494
    assert rows["kg CO2e, electricity of the world"] == f"{gigabytes * world / 1000:.0f}"
    assert rows["kg CO2e, electricity of France"] == f"{gigabytes * france / 1000:.0f}"
    assert asked * 1_000_000 / 36_000 < 4_501 / 5, "less than a fifth of what was measured"


def test_what_a_network_keeps() -> None:
    once = portee.misses(requests=100, addresses=1, edges=1)
    assert math.isclose(once, 100 / (1 + 100 / 86_400 * 300)), "one page, one place"
    assert portee.misses(1e9, 1, 1) < 86_400 / 300 <= portee.misses(1e9, 1, 1) + 1
    assert portee.misses(100, 1000, 34) > 99, "rare pages are never kept"
