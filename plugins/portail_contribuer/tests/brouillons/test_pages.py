"""Drafts that are shared: a page of their own, of which nothing else tells."""

import os
from datetime import date

import pytest

import warm
from plans import Tree, entry
from portail.features.services.schemas.examples import example_files
from portail.model.kinds import Kind
from portail.text.place import PLACE
from projects import SETTINGS, Project, data_of

DAY = date(2027, 9, 21)
SECRET = "zzbrouillon"
KINDS = [kind.value for kind in Kind if kind.info.has_page]


def portal(folder):
    """A small portal of every kind, and a shared draft of each, named after it."""
    for path, text in example_files(PLACE, DAY).items():
        file = folder / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        kind = path.partition("/")[0]
        if kind in KINDS:
            told = f"titre: {SECRET} {kind}\nstatut: partage\n"
            lines = [line for line in text.split("\n") if not line.startswith("titre:")]
            copy = "\n".join(lines).replace("---\n", f"---\n{told}", 1)
            (file.parent / f"{SECRET}-{kind}.md").write_text(copy, encoding="utf-8")
    (folder / "pelicanconf.py").write_text(SETTINGS, encoding="utf-8")
    return folder


def built(folder):
    address = ["--site-url", "https://a.example", "--date", DAY.isoformat()]
    code, _, errors = warm.run("portail", ["build", *address], folder, os.environ, 300)
    assert code == 0, errors
    return folder / "output"


def shared(site, kind):
    """The page of the draft of a kind."""
    (page,) = site.glob(f"brouillons/{SECRET}-{kind}-????????????/index.html")
    return page


def telling(site):
    """The files of a site that name a draft, by their path."""
    found = set()
    for file in site.rglob("*"):
        if file.is_file():
            data = data_of(file)
            path = file.relative_to(site).as_posix()
            if SECRET in path or SECRET.encode() in data:
                found.add(path)
    return found


@pytest.mark.site
def test_each_kind_has_a_page_that_nothing_else_tells_of(tmp_path, monkeypatch):
    folder = portal(tmp_path / "portail")
    monkeypatch.chdir(folder)
    site = built(folder)
    pages = {kind: shared(site, kind) for kind in KINDS}
    assert telling(site) == {page.relative_to(site).as_posix() for page in pages.values()}
    for file in pages.values():
        page = file.read_text(encoding="utf-8")
        assert '<meta name="robots" content="noindex' in page
        assert "Cette page n’est dans aucune liste" in page
    # Edited, it is drawn again; published, it is at its address and in lists.
    edited, shown = (
        folder / f"content/{kind}/{SECRET}-{kind}.md" for kind in ("lieux", "articles")
    )
    edited.write_text(edited.read_text("utf-8") + "\nUne phrase de plus.\n", encoding="utf-8")
    text = shown.read_text("utf-8").replace("statut: partage", "statut: publie")
    shown.write_text(text, encoding="utf-8")
    found = telling(built(folder))
    assert "Une phrase de plus." in pages["lieux"].read_text(encoding="utf-8"), "same address"
    assert f"articles/{SECRET}-articles/index.html" in found and "articles/index.html" in found
    assert not pages["articles"].exists()


@pytest.mark.site
def test_a_portal_whose_first_contents_are_shared_drafts_is_published(tmp_path):
    """What their pages lead to may not be there yet: lists, themes, years of a rendezvous, the map
    of a territory, the reminder of a promised sequel."""
    past = {"du": "2020-10-02", "au": "2020-10-12", "theme": "L’eau"}
    more = {
        "articles": {"suite": "2021-11-15", "themes": ["numerique"]},
        "events": {"temps_fort": f"{SECRET}-temps-forts", "edition": 2021},
        "dossiers": {"elements": [f"articles/{SECRET}-articles"]},
        "ressources": {"type": "exposition"},
        "temps-forts": {"editions": {2020: past, 2021: {"theme": "Le vent"}}},
        "territoires": {"type": "region", "code": "32"},
    }
    project = Project(tmp_path)
    files = {kind: entry(kind, statut="partage", **more.get(kind, {})) for kind in KINDS}
    files["territoires/"] = entry("territoires", statut="partage")
    for kind, text in files.items():
        project.write({f"content/{kind.strip('/')}/{SECRET}-{kind.replace('/', '-2')}.md": text})
    for apercu in ("1", ""):
        project.does("build", PORTAIL_PREVIEW=apercu)
    told = telling(project.output)
    assert all(file.startswith("brouillons/") for file in told)
    assert len(told) > len(KINDS), "and the map"


def test_a_preview_shows_it_at_both_addresses_and_a_draft_alone_has_no_page(tmp_path):
    tree = Tree(tmp_path)
    files = {f"articles/{one}": entry("articles", statut=one) for one in ("partage", "brouillon")}
    previewed = {*tree.pages(files, preview=True)}
    (address,) = (url for url in previewed if url.startswith("/brouillons/partage-"))
    assert "/articles/partage/" in previewed
    pages = tree.pages()
    assert [url for url in pages if url.startswith("/brouillons/")] == [address]
    assert "/articles/partage/" not in pages
    assert pages[address].view().noindex
    assert address in {word for one in tree.site().report for word in one.message.split()}


def test_its_address_is_of_its_file_and_of_the_secret_of_the_portal(tmp_path):
    def address(kind="articles", body="Une phrase.", **settings):
        tree = Tree(tmp_path / str(len([*tmp_path.iterdir()])))
        site = tree.site({f"{kind}/nuit": entry(kind, body, statut="partage")}, **settings)
        (draft,) = site.drafts.values()
        return draft.url

    assert address() == address(body="Une autre."), "it can be corrected once it was given"
    every = {address(), address("lieux"), address(brouillons="un"), address(brouillons="deux")}
    assert len(every) == 4 and "/brouillons/nuit/" not in every
