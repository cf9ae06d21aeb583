"""Guides for contributors: what the site publishes of ``docs/contribuer/``."""

from pathlib import Path, PurePosixPath

import pytest

from plans import Tree, entry
from portail.body.render import render_body
from portail.resources import docs_dir
from portail.settings import is_address
from portail_contribuer.guides.documents import (
    GUIDES,
    Guide,
    guides_of,
    link_of,
    pictures_of,
    state_of,
    targets,
    unlinked,
)

GUIDES_HERE = guides_of(docs_dir())
URLS = {one.source: one.url for one in GUIDES_HERE}


def resolved(guide):
    """Where what a guide names leads."""
    return {target: link_of(target, guide, URLS) for target in targets(guide.texte)}


@pytest.mark.parametrize("guide", GUIDES_HERE, ids=[one.url for one in GUIDES_HERE])
def test_a_guide_is_a_text_without_fault(guide):
    body = render_body(unlinked(guide.texte, resolved(guide)), guide.source)
    assert body.html.html and not body.diagnostics
    known = {f"images/{path.name}" for path in pictures_of(docs_dir())}
    assert {image.source for image in body.facts.images} <= known


def test_every_document_has_an_address_of_its_own():
    documents = {path.relative_to(docs_dir()) for path in docs_dir().glob("contribuer/*.md")}
    assert documents <= {Path(one.source) for one in GUIDES_HERE}
    assert len({one.url for one in GUIDES_HERE}) == len(GUIDES_HERE)
    assert GUIDES_HERE[0].url == GUIDES


@pytest.mark.parametrize("name", ["contribuer/tableurs.md", "contribuer/images/menu.webp"])
def test_a_document_that_changes_is_read_again(tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"avant")
    before = state_of(tmp_path)
    path.write_bytes(b"maintenant")
    assert before != state_of(tmp_path)


def test_what_leads_nowhere_on_the_site_is_no_link():
    texte = "Voir [ici](../redaction/lettre.md), [là](tableurs.md), `[texte](rien.md)`.\n"
    guide = Guide("/x/", PurePosixPath("contribuer/README.md"), "X", texte)
    shown = unlinked(texte, resolved(guide))
    assert shown == "Voir ici, [là](tableurs.md), `[texte](rien.md)`.\n"
    assert resolved(guide)["tableurs.md"] == f"{GUIDES}tableurs/"


def test_a_guide_leads_to_all_the_others_and_the_sheet_says_what_the_settings_say(tmp_path):
    settings = {"siteurl": "https://exemple.org/portail", "courriel": "redaction@exemple.org"}
    pages = Tree(tmp_path).pages({"lieux/ici": entry("lieux")}, **settings)
    view = pages[f"{GUIDES}tableurs/"].view()
    listed = {link.url for link in view.guides}
    assert listed == {url for url, page in pages.items() if url.startswith(GUIDES)
                      and url != GUIDES and page.template != "redirect.html"}  # fmt: skip
    assert not any(is_address(url) for url in listed)
    index = pages[GUIDES].view()
    assert [one.url for one in index.guides] == [f"{GUIDES}fiche-structure/"]
    assert all(url in index.corps or one.url == url for one in index.guides for url in listed)
    sheet = pages[f"{GUIDES}fiche-structure/"].view()
    assert sheet.adresse == "exemple.org/portail/contribuer"
    assert (sheet.delai, sheet.courriel) == ("trois jours ouvrés", "redaction@exemple.org")
    assert sheet.qr is not None
