"""A video of elsewhere in a real browser: nothing is asked of its site before the reader asks."""

import re
from contextlib import suppress

import pytest
from navigateur import ORIGIN, hold
from playwright.sync_api import Error

from portail.text.typography import SafeHtml

pytestmark = pytest.mark.chromium

FRAME = "https://tube.example.org/videos/embed/4h6uXHW8FqBRMGkjyFyvmH"
BODY = SafeHtml(
    f'<p>Avant.</p><figure class="video" data-cadre="{FRAME}">'
    '<a href="https://tube.example.org/w/4h6uXHW8FqBRMGkjyFyvmH">Une nuit</a>'
    "<figcaption>La vidéo ne se charge que si vous la demandez.</figcaption></figure>"
)

PLAYER = """<p>Lecteur</p><button onclick="top.location = 'https://ailleurs.example.org/'; alert(1);
document.forms[0].submit(); document.body.append('fini')">Suite</button>
<form action="https://ailleurs.example.org/" method="post"></form>"""


@pytest.fixture
def visit(opened, rendu, changed):
    """A function that opens the article; with what was asked of other sites."""
    url, origin = "/articles/premiere-publication/", "https://tube.example.org"
    article = changed(url, corps=BODY, origines=(origin,))

    def make(**options):
        page, asked = opened(390, **options), []

        def elsewhere(route):
            asked.append(route.request.url)
            route.fulfill(body=PLAYER, content_type="text/html")

        page.route(re.compile(f"^(?!{ORIGIN}/)"), elsewhere)
        hold("/video", rendu(*article))
        page.goto(f"{ORIGIN}/video")
        return page, asked

    return make


def test_a_player_leads_the_page_nowhere(visit):
    """Any site may call itself a PeerTube: what its page does on a click stays in its frame."""
    page, asked = visit(own=True)
    assert asked == []
    dialogs = []

    def told(dialog):
        dialogs.append(dialog.message)
        with suppress(Error):  # its page may be left already
            dialog.dismiss()

    page.on("dialog", told)
    page.get_by_role("button", name="Lire la vidéo ici").click()
    inside = page.frame_locator(".video iframe")
    with suppress(Error):  # a page that is led elsewhere is no longer there when the click ends
        inside.get_by_role("button", name="Suite").click(timeout=5000)
    page.wait_for_timeout(300)
    assert asked == [f"{FRAME}?autoplay=1"] and dialogs == []
    assert page.url == f"{ORIGIN}/video"
    assert page.locator(".video iframe").get_attribute("sandbox")


def test_without_a_script_there_is_a_link(visit):
    page, asked = visit(java_script_enabled=False)
    assert page.locator(".video a").is_visible()
    assert page.locator(".video button").count() == 0
    assert asked == []
