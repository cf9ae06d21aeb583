"""Portals that are not the demonstration: without a kind, with an identity of their own.

Each is built whole: a link that leads nowhere stops a build (E505).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from plans import entry
from portail.model.kinds import KINDS, Kind
from portail.site.urls import form_of
from projects import Project

ADDRESS = "https://sciences.example.org"
SETTINGS = (
    'PORTAIL_REGION = "Hauts-de-France"\nPORTAIL_SEUIL_LISTES = 1\n'
    'PORTAIL_COURRIEL = "redaction@sciences.example.org"\n'
)
THEMED = {
    Kind.ARTICLE: {}, Kind.EVENT: {"format": "exposition"}, Kind.ANNONCE: {},
    Kind.RESSOURCE: {"type": "exposition"}, Kind.LIEU: {}, Kind.PROJET: {},
    Kind.DOSSIER: {"regle": {"theme": "numerique"}},
}  # fmt: skip
Made = Callable[..., Project]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A portal with two contents of each kind but those of ``sans``, built."""

    def make(*sans: str, settings: str = "", built: bool = True) -> Project:
        project = Project(tmp_path / "portail", SETTINGS + f"PORTAIL_SANS = {sans!r}\n" + settings)
        for kind in Kind:
            if kind.value not in sans:
                themes = {"themes": ["numerique"]} if kind in THEMED else {}
                for name in ("un", "deux") if kind is not Kind.NEWSLETTER else ("2021-s39",):
                    said = {**themes, **THEMED.get(kind, {})}
                    if kind is Kind.TERRITOIRE:
                        said["code"] = "80" if name == "un" else "59"
                    text = entry(kind.value, titre=f"{kind.value} {name}", **said)
                    project.write({f"content/{kind.value}/{name}.md": text})
        if built:
            project.build(SITEURL=ADDRESS)
        return project

    return make


def pages(output: Path) -> dict[str, str]:
    """Every page but guides, which tell of all that the generator can do, by its address."""
    found = {
        f"/{path.relative_to(output).as_posix().removesuffix('index.html')}": path.read_text(
            "utf-8"
        )
        for path in output.rglob("*.html")
    }
    return {url: text for url, text in found.items() if not url.startswith("/contribuer/guides/")}


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.value)
def test_a_portal_does_without_any_kind(kind: Kind, made: Made) -> None:
    output = made(kind.value).output
    info, found = KINDS[kind], pages(output)
    below = f"/{info.segment}/" if info.segment else "/contribuer/guides/fichier-page/"
    places = [one for one in (info.listing, below) if one]
    if kind in THEMED and kind is not Kind.PROJET:
        places.append(form_of(kind))
    for place in places:
        assert not (output / place.strip("/")).exists(), place
        leading = [url for url, text in found.items() if f'="{ADDRESS}{place}' in text
                   or f'="{place}' in text]  # fmt: skip
        assert leading == []
    word = re.compile(rf"Propose[rz] {info.un}\b")
    assert [url for url, text in found.items() if word.search(text)] == []


@pytest.mark.parametrize(
    "kept",
    [
        {Kind.ARTICLE, Kind.EVENT}, {Kind.LIEU}, {Kind.PAGE}, {Kind.ARTICLE, Kind.RESSOURCE},
    ],
    ids=lambda kept: "-".join(sorted(kind.value for kind in kept)),
)  # fmt: skip
def test_a_portal_of_few_kinds_leads_nowhere_else(kept: set[Kind], made: Made) -> None:
    sans = [kind.value for kind in Kind if kind not in kept]
    output = made(*sans).output
    (home,) = (text for url, text in pages(output).items() if url == "/")
    for kind in (one for one in Kind if one.info.listing):
        assert (f'{kind.info.listing}"' in home) == (kind in kept)
    forms = {one.name for one in (output / "contribuer").iterdir() if one.name != "guides"}
    assert not {form_of(kind).split("/")[2] for kind in THEMED if kind not in kept} & forms


def test_a_file_of_a_kind_that_is_off_is_told_with_what_to_do(made: Made) -> None:
    project = made(settings='PORTAIL_SANS = ["annonces"]\n', built=False)
    done = project.portail("check")
    assert done.code == 1
    assert done.out.count("E157") == 2
    assert "content/annonces/un.md" in done.out
    assert "PORTAIL_SANS" in done.out


def test_what_is_no_kind_is_told_with_the_nearest(made: Made) -> None:
    done = made(settings='PORTAIL_SANS = ["annonce"]\n', built=False).portail("check")
    assert done.code == 2
    assert "« annonces »" in done.err
