"""Guides for contributors: what the site publishes of ``docs/contribuer/`` and ``docs/codes/``."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

import pytest

from plans import Tree, entry
from portail.body.finish import anchor_of
from portail.body.render import render_body
from portail.codes import all_codes
from portail.model.kinds import Kind
from portail.outputs.guides import (
    EXAMPLE,
    Guide,
    guides_of,
    link_of,
    pictures_of,
    state_of,
    targets,
    unlinked,
)
from portail.resources import docs_dir
from portail.settings import is_address
from portail.site.urls import GUIDES

GUIDES_HERE = guides_of(docs_dir())
URLS = {one.source: one.url for one in GUIDES_HERE}


def resolved(guide: Guide) -> dict[str, str]:
    """Where what a guide names leads."""
    return {target: link_of(target, guide, URLS) for target in targets(guide.texte)}


@pytest.mark.parametrize("guide", GUIDES_HERE, ids=[one.url for one in GUIDES_HERE])
def test_a_guide_is_a_text_without_fault(guide: Guide) -> None:
    body = render_body(unlinked(guide.texte, resolved(guide)), guide.source)
    # The page of A153 shows what it is about.
    assert body.html.html and {one.code for one in body.diagnostics} <= {"A153"}
    known = {f"images/{path.name}" for path in pictures_of(docs_dir())}
    assert {image.source for image in body.facts.images} <= known


def test_every_document_has_an_address_of_its_own() -> None:
    documents = {path.relative_to(docs_dir()) for path in docs_dir().glob("contribuer/*.md")}
    assert documents <= {Path(one.source) for one in GUIDES_HERE}
    assert len({one.url for one in GUIDES_HERE}) == len(GUIDES_HERE)
    assert GUIDES_HERE[0].url == GUIDES


@pytest.mark.parametrize("name", ["contribuer/lettre.md", "contribuer/images/menu.webp"])
def test_a_document_that_changes_is_read_again(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"avant")
    before = state_of(tmp_path)
    path.write_bytes(b"maintenant")
    assert before != state_of(tmp_path)


def test_a_kind_shows_a_whole_file() -> None:
    kinds = [one for one in GUIDES_HERE if one.source.parent.name == "champs"]
    assert len(kinds) == len(Kind)
    for guide in kinds:
        example = (docs_dir() / "contribuer/exemples" / guide.source.name).read_text("utf-8")
        assert f"## {EXAMPLE}" in guide.texte and example.strip() in guide.texte


def test_each_code_is_found_where_it_is_named() -> None:
    anchors = {
        guide.url: {one.anchor for one in render_body(guide.texte, guide.source).facts.toc}
        for guide in GUIDES_HERE
        if guide.source.parts[0] == "codes"
    }
    table = next(one for one in GUIDES_HERE if one.source == PurePosixPath("codes/README.md"))
    links = resolved(table)
    assert {target.removesuffix(".md") for target in links} == set(all_codes())
    for url in links.values():
        page, _, anchor = url.partition("#")
        assert anchor in anchors[page]


def test_what_leads_nowhere_on_the_site_is_no_link() -> None:
    texte = "Voir [ici](../../outils/x.py), [là](lettre.md), `[texte](rien.md)`.\n"
    guide = Guide("/x/", PurePosixPath("contribuer/README.md"), "X", texte, 0)
    shown = unlinked(texte, resolved(guide))
    assert shown == "Voir ici, [là](lettre.md), `[texte](rien.md)`.\n"
    assert resolved(guide)["lettre.md"] == f"{GUIDES}lettre/"


def test_the_sheet_says_what_the_settings_say(tmp_path: Path) -> None:
    view = Tree(tmp_path).view(
        f"{GUIDES}fiche-structure/",
        {"lieux/ici": entry("lieux")},
        siteurl="https://exemple.org/portail",
        courriel="redaction@exemple.org",
    )
    assert view.adresse == "exemple.org/portail/contribuer"
    assert (view.delai, view.courriel) == ("trois jours ouvrés", "redaction@exemple.org")
    assert view.qr is not None


def test_a_guide_leads_to_all_the_others(tmp_path: Path) -> None:
    pages = Tree(tmp_path).pages({"lieux/ici": entry("lieux")})
    view = pages[f"{GUIDES}relecture/"].view()
    listed = {link.url for group in view.guides for link in group.liens}
    assert listed == {url for url, page in pages.items() if url.startswith(GUIDES)
                      and url != GUIDES and page.template != "redirect.html"}  # fmt: skip
    assert not any(is_address(url) for url in listed)


def test_anchors_are_those_of_the_body() -> None:
    assert re.fullmatch(r"e213-[a-z-]+", anchor_of("E213 · Fin avant le début"))
