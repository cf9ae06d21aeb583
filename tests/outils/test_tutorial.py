"""The tutorial does what it says: each line is run, with the wheel alone, in an empty folder."""

import subprocess

import pytest

import tutoriel
from portail.resources import theme_dir, tokens_of

TEXT = tutoriel.PAGE.read_text("utf-8")


def test_every_block_of_the_page_is_something_to_do():
    found = list(tutoriel.steps(TEXT))
    assert len(found) == TEXT.count("```") // 2
    assert {one.file for one in found} >= {"pelicanconf.py"}


def test_the_words_that_stand_for_the_reader_s_own_are_those_of_the_page():
    for word in (f"--region {tutoriel.REGION}", tutoriel.TOWN, tutoriel.MAILS, *tutoriel.PAGES):
        assert word in TEXT
    assert tutoriel.FORGE.search(TEXT)


@pytest.mark.long
@pytest.mark.site
@pytest.mark.xdist_group("packaging")
@pytest.mark.parametrize(
    ("region", "town"),
    [("Normandie", "Rouen"), ("La Réunion", "Saint-Denis")],
)
def test_a_portal_is_built_served_checked_published_and_sends_its_letter(
    wheel, lent, tmp_path, region, town
):
    (subject,) = tutoriel.followed(wheel, tmp_path / "vide", region, town, lent)
    assert subject.startswith("[Essai")
    portal = tmp_path / "vide/mes-sciences/mon-portail"
    pushed = subprocess.run(
        ["git", "-C", str(tmp_path / "vide/forge.git"), "ls-tree", "-r", "--name-only", "main"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    names = pushed.stdout.splitlines()
    assert {f"content/{file}.md" for file in tutoriel.PAGES} < {*names}
    assert "content/articles/formulaire.webp" in names
    assert not [one for one in names if one.startswith((".venv", "output", ".cache"))]
    page = portal / "output" / "evenements" / "soiree-des-etoiles" / "index.html"
    assert town in page.read_text("utf-8")
    sheets = (portal / "output").rglob("*.css")
    from portail_identite.palette import turned
    from portail_identite.sheet import schemes

    colours = turned(schemes(tokens_of(theme_dir()))[0], "#0A5C7A")
    assert any(colours["accent"] in sheet.read_text("utf-8") for sheet in sheets)
