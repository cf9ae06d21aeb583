"""What the editor saves: the bytes that were there, but for the lines of what one changed."""

import pytest

import demonstration
from checkout import ROOT
from doses import dose
from plans import day_of, result_of
from portail.config import SiteConfig
from portail.day import Day
from whole_sites import CONTENTS

pytestmark = pytest.mark.chromium

EVENT = "content/events/2021-10-06-atelier-fusees-exemple.md"


@pytest.fixture(
    scope="module",
    params=[pytest.param("demonstration", marks=pytest.mark.long), "vitrine"],
)
def whole(request, desk, planned):
    """The desk of a whole site."""
    content = ROOT / CONTENTS[request.param]
    config, day = SiteConfig(region="Hauts-de-France"), Day(day_of(content), pinned=True)
    site = result_of(content, config, day, demonstration.store_of(content), plans=False).site
    texts = {
        f"content/{file.relative_to(content).as_posix()}": file.read_text(encoding="utf-8")
        for file in sorted(content.rglob("*.md"))
    }
    with desk(planned(site), texts) as one:
        one.texts = texts
        yield one


def test_a_content_saved_without_a_change_keeps_its_bytes(whole):
    changed = []
    for path in [*whole.texts][:: dose(20, 1)]:
        whole.entry(path).press("End")
        whole.page.keyboard.type(" ")  # the editor takes it away, and saves what nobody changed
        whole.save()
        if whole.text(path) != whole.texts[path]:
            changed.append(path)
    assert changed == []
    elsewhere = [url for url in whole.asked if not url.startswith((whole.origin, "blob:", "data:"))]
    # The editor's own faces, which the page refuses.
    assert {url.split("/")[2] for url in elsewhere} <= {"cdn.jsdelivr.net"}
