"""The right answer is found first: queries of readers, asked of the demonstration in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser

from bench_requetes import REQUESTS, SUCCESS, addresses, first_bytes
from demonstration import TODAY
from doses import dose
from lecteur import OURS, answers, journey, opened
from requetes import FIRST, KEPT, TUNED, judge, queries

if TYPE_CHECKING:
    from conftest import Built

pytestmark = [pytest.mark.site, pytest.mark.chromium, pytest.mark.xdist_group("demonstration")]


def test_success_at_three(built: Built, browser: Browser, racine: Path) -> None:
    refs = addresses(racine / "content")

    with opened(browser, built("demonstration"), OURS, TODAY.isoformat()) as (page, _, _opening):
        for name in (TUNED, KEPT):
            asked = queries(name)
            found = answers(page, [one.text for one in asked], FIRST)
            # Territories that no file tells are found too: they go by their address.
            named = {q: [refs.get(url, url) for url in urls] for q, urls in found.items()}
            judged = judge(asked, named)

            told = "\n".join([f"{name}: MRR {judged.reciprocal:.3f}", *judged.missed])
            assert judged.success >= SUCCESS, told


def test_a_first_query_of_a_word_is_few_requests(built: Built, browser: Browser) -> None:
    site = built("demonstration")
    for text in ("lille", "astronomie", "planétarium")[: dose(1, 3)]:
        first = journey(browser, site, OURS, TODAY.isoformat(), [text]).first
        assert first.requests + first.scripts <= REQUESTS, text
        assert first.size <= first_bytes(500), text
