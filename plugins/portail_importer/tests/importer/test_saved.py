"""Old sites, as their generators build them or as wget saves them: what their readers saw comes in,
and nothing else does."""

import os

import pytest

from doses import rows_of
from portail.cli import main
from portail.diagnostics import Refused
from portail_importer.importer.sources.links import Links
from portail_importer.importer.sources.saved import picture_bytes, read_site
from portail_importer.importer.sources.writing import markdown_of

CAMILLE = "Camille Fictive"


def first(title):
    return f"Le premier paragraphe de « {title} » dit bien des choses, que son lecteur découvre."


SOURCES = {
    "pelicanconf.py": "output", "_config.yml": "_site", "hugo.toml": "public",
    "config.toml": "public", "mkdocs.yml": "site",
}  # fmt: skip


@pytest.mark.parametrize(("settings", "built"), SOURCES.items())
def test_the_sources_of_a_site_are_refused_with_the_folder_to_give(settings, built, site, capsys):
    folder = site.parent / "ancien"
    (folder / built).mkdir(parents=True)
    (folder / settings).write_text("")
    (folder / "brouillon.html").write_text("<main><h1>Un brouillon</h1><p>Pas fini.</p></main>")
    assert main(["importer", str(folder)]) == 2
    assert capsys.readouterr().err.rstrip().endswith(f"portail importer {folder / built}")


# Built by others: what each theme is known to write.


def write(folder, pages):
    for name, text in pages.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def page(title, body, head=""):
    return (
        f"<!DOCTYPE html><html lang='fr'><head><title>{title} | Le labo</title>"
        f"<meta name='description' content='Un blog de plus.'>{head}</head><body class='home'>"
        f"<header><a rel='author' href='/'>Le labo</a></header><main>{body}</main></body></html>"
    )


def post(rank, root, links=""):
    """Of « minima », the theme of Jekyll."""
    return page(f"Essai {rank}", (
        f"<article><header><h1 class='p-name'>Essai {rank}</h1><p class='post-meta'><time class="
        f"'dt-published' datetime='2024-03-0{rank}T10:00:00+00:00'>x</time> <span class='p-author'>"
        f"{CAMILLE}</span></p></header><div class='e-content' itemprop='articleBody'><p>"
        f"{first(rank)} {'Un mot. ' * 20}</p>{links}<p><a href='{root}/essai-1.html'>Un</a></p>"
        "</div></article>"
    ))  # fmt: skip


def listing(root, names):
    items = "".join(f"<li><a href='{root}/{name}'>{name}</a></li>" for name in names)
    return page("Le labo", f"<h2>Textes</h2><ul>{items}</ul>")


@pytest.mark.parametrize(
    ("root", "address"),
    [
        ("", ""),
        ("/labo", ""),
        ("https://a.example.org", "https://a.example.org"),
        ("https://a.example.org/labo", "https://a.example.org/labo"),
    ],
)
def test_a_site_of_jekyll(root, address, tmp_path):
    posts = {f"essai-{rank}.html": post(rank, root) for rank in range(1, 6)}
    led = f"<meta http-equiv='refresh' content='0; url={root}/essai-1.html'>"
    site = write(tmp_path, {
        "index.html": listing(root, posts), **posts,
        "ancien/un.html": f"<title>Redirecting…</title>{led}<h1>Redirecting…</h1>",
    })  # fmt: skip
    found = [*read_site(site)]
    texts = [it for it in found if not it.refused]
    assert {it.titre for it in texts} == {f"Essai {rank}" for rank in range(1, 6)}
    for text in texts:
        assert text.extra["auteurs"] == [CAMILLE]
        assert text.publie_le == f"2024-03-0{text.titre[-1]}"
        assert address == "" or f"({address}/essai-1.html)" in markdown_of(text.html).markdown
    (alias,) = (it for it in found if it.titre == "ancien/un.html")
    assert alias.refused.startswith("Elle ne fait que mener à")


@pytest.mark.parametrize(
    "names", ["index.html?p={}", "index.html?p={}.html", "sujet.php?id={}", "sujet-{}"]
)
@pytest.mark.parametrize("links", ["as they were", "converted"])
def test_a_site_that_wget_saved(names, links, tmp_path):
    saved = {rank: names.format(rank) for rank in range(1, 6)}
    plain = {rank: it.replace("index.html", "").removesuffix(".html") for rank, it in saved.items()}
    led = [f"/{it}" for it in plain.values()]
    words = "<p><a href='tag/eau.html'>eau</a></p>"
    if links == "converted":
        led = [it.replace("?", "%3F") for it in saved.values()]
    items = "".join(f"<li><a href='{it}'>{it}</a></li>" for it in led)
    site = write(tmp_path, {
        "a.example.org/index.html": page("Le labo", f"<ul>{items}</ul>"),
        **{f"a.example.org/{name}": post(rank, "", words) for rank, name in saved.items()},
    })  # fmt: skip
    found = {it.titre: it for it in read_site(site) if not it.refused}
    assert found.keys() == {f"Essai {rank}" for rank in range(1, 6)}
    assert found["Essai 3"].mots == ("eau",)
    assert found["Essai 3"].url == f"https://a.example.org/{plain[3]}"


@pytest.mark.parametrize(("written", "file"), rows_of("portail_importer/tests/importer/liens.yml"))
def test_the_file_that_an_address_means(written, file, tmp_path):
    pages = ["index.html", "un.html", "index.html?p=3.html", "en/index.html", "en/deux.html"]
    links = Links(tmp_path, [*pages, "en/index.html?p=2"])
    assert links.page("en/index.html", written) == file


def test_what_is_no_ordinary_file_is_never_opened(tmp_path):
    """A pipe has no end: by its name, without one, behind a link, as a picture."""
    site = write(tmp_path, {"un.html": post(1, "", "<img src='vue.png' alt='Une vue'>")})
    for name in ("tube.html", "sans-suffixe", "vue.png"):
        os.mkfifo(site / name)
    (site / "lien.html").symlink_to("tube.html")
    found = {it.titre: it for it in read_site(site)}
    assert {name for name, it in found.items() if it.refused} == {"tube.html", "lien.html"}
    with pytest.raises(Refused):
        picture_bytes(site, found["Essai 1"].picture)
