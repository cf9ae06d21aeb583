"""The evening as a picture: of the day for networks, of each letter for its mail."""

from datetime import date
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from lettres import NUMERO, envoi, with_weeks
from plans import Tree, entry
from portail.agenda.weeks import Week
from portail.resources import theme_dir
from portail_ciel import paint
from portail_lettre.issues import draft_of
from portail_lettre.mails import mail_view
from portail_lettre.output import plan_mails
from portail_lettre.sent import masthead_of
from portail_lettre.settings import letter_of

DAY = date(2022, 9, 26)
THURSDAY = date(2022, 9, 29)
LIT = {
    "ciel": True, "image_du_soir": True, "siteurl": "https://exemple.org", "day": DAY,
    "courriel": "redaction@example.org",
}  # fmt: skip
EVENT = entry("events", debut="2022-10-01 14:00", publie_le="2022-09-26")
FILES = {"events/un": EVENT, "events/deux": EVENT}
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -81 840 441"><style>.a{{fill:#F2B33D}}'
    '</style><path fill="#12335A" d="M0-81h840v441H0z"/><path class="a" d="M0 300h60v60H0z"/>'
    '<g fill="#FFFFFF" stroke="#000000">{}</g></svg>'
)
WORD = '<text x="420" y="200">Vénus</text>'


def painted(words=WORD):
    font = (theme_dir() / "static/fonts/bricolage-grotesque.woff2").read_bytes()
    return paint.painted((DRAWING.format(words).encode(), font))


def test_networks_are_shown_the_evening_of_the_day(tree):
    page = tree.view("/", FILES, **LIT)
    shown = page.machine.image
    assert (shown.url, shown.largeur, shown.hauteur) == ("/ciel/soir.jpg", 1200, 630)
    assert shown.alt == page.soir.dessin.decrit
    plan = {str(one.path): one for one in tree.run(**LIT).plan}
    assert plan["ciel/soir.jpg"].sources == (
        "ciel/soir.svg", "theme/fonts/bricolage-grotesque.woff2",
    )  # fmt: skip
    assert plan["ciel/soir.svg"].view().fenetres == page.soir.dessin.fenetres


@pytest.mark.parametrize("settings", [{"image_du_soir": False}, {"region": ""}])
def test_without_the_setting_or_a_place_networks_have_what_they_had(tree, settings):
    result = tree.run(FILES, **LIT | settings)
    assert not [one for one in result.plan if "soir." in str(one.path)]
    assert tree.view("/", **LIT | settings).machine is None


def letter(tree, **settings):
    site = tree.site(FILES, **LIT | settings)
    draft = draft_of(site, Week.of(THURSDAY), letter_of(site.config).editions[0])
    return site, draft.letter


def test_a_letter_has_the_evening_of_its_day(tree):
    site, issue = letter(tree)
    mail = mail_view(issue, masthead_of(site.config))
    (sky,) = (part for sort, part in mail.parts if sort == "ciel")
    assert 'src="https://exemple.org/newsletter/2022-s39/soir.jpg"' in sky
    assert issue.soir.startswith("Dessin du ciel à 20\xa0h\xa041")
    assert "une.png" not in str(mail.parts)  # of no theme beside it
    plan = {str(one.path): one for one in plan_mails(site)}
    drawing = plan["newsletter/2022-s39/soir.svg"].view()
    assert len(drawing.fenetres) == 2 and not any(one.heure for one in drawing.fenetres)
    assert "newsletter/2022-s39/une.png" not in plan
    page = tree.view("/newsletter/2022-s39/", **LIT)
    assert page.machine.image.url == "/newsletter/2022-s39/soir.jpg"


def test_a_letter_that_was_sent_keeps_the_address_of_its_picture(tree):
    _, issue = letter(tree)
    dark = Tree(tree.root).site(**LIT | {"image_du_soir": False})
    sent = with_weeks(dark, {issue.semaine: envoi(issue), "2022-s37": envoi(NUMERO)})
    pictures = {str(one.path): one for one in plan_mails(sent) if "soir." in str(one.path)}
    assert [*pictures] == ["newsletter/2022-s39/soir.jpg"]
    assert pictures["newsletter/2022-s39/soir.jpg"].sources == ("theme/partage/portail.png",)
    plain = (theme_dir() / "static/partage/portail.png").read_bytes()
    with Image.open(BytesIO(pictures["newsletter/2022-s39/soir.jpg"].make((plain,)))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1200, 630))


def test_shapes_and_words_are_painted_the_same_each_time():
    data = painted()
    assert data == painted()
    assert len(data) < 60_000
    picture = Image.open(BytesIO(data))
    assert (picture.format, picture.size) == ("JPEG", (1200, 630))
    assert (
        max(
            abs(a - b) for a, b in zip(picture.getpixel((30, 600)), (0xF2, 0xB3, 0x3D), strict=True)
        )
        < 8
    )
    silent = Image.open(BytesIO(painted("")))
    left, top, right, low = ImageChops.difference(picture, silent).point(
        lambda level: 255 * (level > 40)
    ).getbbox()  # fmt: skip
    assert abs((left + right) / 2 - 600) < 12  # in its middle
    assert 100 < right - left < 180
    assert 350 < top < low < 415  # on its line, 281 units below the top
