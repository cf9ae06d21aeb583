"""The right answer is found first: queries of readers, asked of the demonstration in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser

from bench_requetes import SUCCESS, addresses
from lecteur import OURS, answers, opened
from requetes import FIRST, KEPT, TUNED, judge, queries

if TYPE_CHECKING:
    from conftest import Built

pytestmark = [pytest.mark.site, pytest.mark.chromium]


def test_success_at_three(built: Built, browser: Browser, racine: Path) -> None:
    refs = addresses(racine / "content")

    with opened(browser, built("demonstration"), OURS, "2021-09-27") as (page, _, _opening):
        for name in (TUNED, KEPT):
            asked = queries(name)
            found = answers(page, [one.text for one in asked], FIRST)
            # Territories that no file tells are found too: they go by their address.
            named = {q: [refs.get(url, url) for url in urls] for q, urls in found.items()}
            judged = judge(asked, named)

            told = "\n".join([f"{name}: MRR {judged.reciprocal:.3f}", *judged.missed])
            assert judged.success >= SUCCESS, told
