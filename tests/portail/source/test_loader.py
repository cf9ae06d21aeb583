"""Walk of the contents: order, kinds, slugs, and every file that may not be there."""

import os
import socket
import unicodedata
from pathlib import Path, PurePosixPath

import pytest

from portail.diagnostics import Position
from portail.model.kinds import Kind
from portail.source.loader import Listing, list_content

TEXT = "---\ntitre: A\n---\n"


@pytest.fixture
def lister(arbre):
    """A function that writes files below ``content/``, contents by default, and lists them."""

    def listed(*names, text=TEXT):
        return list_content(arbre({f"content/{name}": text for name in names}) / "content")

    return listed


def fault(listing):
    """The only thing that is wrong, placed at the head of its file."""
    (found,) = listing.diagnostics
    assert found.position == Position(found.position.path)
    return found


def said(found):
    return str(found.position.path), found.code, found.message, found.hint


def names(listing):
    return [str(one.path) for one in (*listing.documents, *listing.medias, *listing.beside)]


# ── What is listed ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", list(Kind))
def test_the_folder_gives_the_kind(lister, kind):
    listing = lister(f"{kind.value}/un-nom.md")
    (document,) = listing.documents
    assert (document.kind, document.slug) == (kind, "un-nom")
    assert document.path == PurePosixPath("content", kind.value, "un-nom.md")
    assert document.file.read_text() == TEXT
    assert document.stamp.size == len(TEXT)
    assert listing.diagnostics == []


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("events/2021-10-01-nuit.md", "nuit"),
        ("events/2021/10/nuit.md", "nuit"),
        ("events/nuit/index.md", "nuit"),
        ("events/2021/2021-10-01-nuit/index.md", "nuit"),
        ("events/nuit.MD", "nuit"),
        ("newsletters/2021-s39.md", "2021-s39"),
        ("articles/index.md", "index"),
        ("articles/2021-13-45-x.md", "2021-13-45-x"),
        ("articles/" + "a" * 80 + ".md", "a" * 80),
    ],
)
def test_the_name_gives_the_slug(lister, name, slug):
    listing = lister(name)
    assert [document.slug for document in listing.documents] == [slug]
    assert listing.diagnostics == []


def test_medias_and_frozen_issues(lister):
    listing = lister(
        "articles/a/index.md", "articles/a/photo.JPG", "medias/2021/plan.pdf", "lieux/x.csv",
        "newsletters/2021-s39.envoi.html",
    )  # fmt: skip
    assert [str(media.path) for media in listing.medias] == [
        "content/articles/a/photo.JPG", "content/lieux/x.csv", "content/medias/2021/plan.pdf",
    ]  # fmt: skip
    assert [str(one.path) for one in listing.beside] == ["content/newsletters/2021-s39.envoi.html"]
    assert listing.diagnostics == []


def test_files_of_systems_are_passed_over(lister):
    listing = lister("articles/.gitkeep", ".DS_Store", "medias/Thumbs.db", "lieux/desktop.ini")
    assert (names(listing), listing.diagnostics) == ([], [])


@pytest.mark.parametrize(
    "name",
    ["articles/._x.md", "lieux/.~lock.x.md#", "events/x.md~", "events/.x.md.swp", ".directory",
     "medias/.htaccess/b.jpg", ".obsidian/app.json", "articles/~$x.md", "articles/a/.b.PNG"],
)  # fmt: skip
def test_what_editors_leave_is_told_once_and_stops_nothing(lister, name):
    listing = lister(name, "articles/a.md", "medias/.b.jpg", text="x")
    assert [(one.code, "2 fichiers" in one.message) for one in listing.diagnostics] == [
        ("C175", True)
    ]
    assert names(listing) == ["content/articles/a.md"]
    assert (listing.medias, listing.unpublished) == ([], {})


@pytest.mark.parametrize(
    ("name", "meant"),
    [("articles/.nuit.md", "nuit.md"), ("articles/~$Nuit d’été.md", "nuit-d-ete.md"),
     ("events/nuit.md~", "nuit.md"), ("articles/.2027-01-02-nuit", "2027-01-02-nuit.md"),
     ("articles/README.md", "readme.md"), ("lieux/LISEZMOI.txt", "lisezmoi.md")],
)  # fmt: skip
def test_what_begins_as_a_content_is_told_with_the_name_it_should_have(arbre, name, meant):
    root = arbre({f"content/{name}": f"\ufeff{TEXT}"})
    found = fault(list_content(root / "content"))
    assert (found.code, found.position.path.name) == ("E175", name.rpartition("/")[2])
    assert f"« {meant} »" in found.hint
    arbre({f"content/{name.rpartition('/')[0]}/{meant}": TEXT})
    assert {one.code for one in list_content(root / "content").diagnostics} <= {"C175"}, "a copy"


@pytest.mark.parametrize(
    "name", ["newsletters/.gitignore", ".gitattributes", "articles/.gitmodules", "lieux/x/.git/a"]
)
def test_what_git_obeys_is_refused_unless_it_says_nothing(arbre, name):
    root = arbre({f"content/{name}": "*.json\n", "content/articles/a.md": TEXT})
    found = fault(list_content(root / "content"))
    assert (found.code, found.position.path.name[:4]) == ("E159", ".git")
    arbre({"content/articles/.gitignore": ""})
    assert len(list_content(root / "content").diagnostics) == 1, "it keeps a folder"


@pytest.mark.parametrize("git", ["content/.git", "content/.git/HEAD"], ids=["submodule", "root"])
def test_contents_may_be_a_repository_of_their_own(arbre, git):
    root = arbre({git: "gitdir: ../x", "content/.gitignore": "*~", "content/articles/a.md": TEXT})
    listing = list_content(root / "content")
    assert (names(listing), listing.diagnostics) == (["content/articles/a.md"], [])


def test_what_git_obeys_is_no_litter(lister):
    found = fault(lister("medias/.gitattributes.jpg"))
    assert found.message.endswith("un nom qui commence par un point n’y est pas admis.")


def test_the_order_is_that_of_paths_not_of_the_disk(arbre):
    wanted = ["articles/a/index.md", "articles/a.md", "articles/a-b.md", "articles/b.md",
              "events/a.md"]  # fmt: skip
    for name in reversed(wanted):
        arbre({f"content/{name}": TEXT})
    root = arbre({}) / "content"
    found = names(list_content(root))
    assert found == sorted(found, key=lambda name: PurePosixPath(name).parts)
    assert len(found) == len(wanted)


def test_an_empty_folder(tmp_path):
    assert list_content(tmp_path) == Listing()


@pytest.mark.parametrize("written", [".", "../contenus", "x/..", "./"])
def test_a_folder_written_in_any_way_has_its_name(arbre, monkeypatch, written):
    root = arbre({"contenus/articles/a.md": TEXT, "contenus/x/.gitkeep": ""})
    monkeypatch.chdir(root / "contenus")
    assert names(list_content(Path(written))) == ["contenus/articles/a.md"]


# ── What is refused ──────────────────────────────────────────────────────────────────


def test_a_missing_folder(tmp_path):
    assert said(fault(list_content(tmp_path / "content"))) == (
        "content",
        "E118",
        "Le fichier ne peut pas être ouvert : il n’est plus là.",
        "Vérifiez ses droits, ou remplacez-le.",
    )


@pytest.mark.parametrize(
    ("name", "proposed"),
    [
        ("articles/Nuit_Chouette.md", "nuit-chouette.md"),
        ("articles/L’été.md", "l-ete.md"),
        ("articles/" + "a" * 81 + ".md", ""),
        ("articles/日本.md", "mon-contenu.md"),
        ("events/2021-10-01-.md", "2021-10-01.md"),
    ],
)
def test_names_that_cannot_be_addresses(lister, name, proposed):
    listing = lister(name)
    found = fault(listing)
    assert (found.code, str(found.position.path)) == ("E110", f"content/{name}")
    if proposed:
        assert found.hint == f"Renommez-le, par exemple en « {proposed} »."
    assert names(listing) == []


def test_symbolic_links(arbre, tmp_path):
    root = arbre({"content/articles/a.md": TEXT, "secret.md": "x"}) / "content"
    (root / "articles/lien.md").symlink_to(tmp_path / "secret.md")
    (root / "lieux").symlink_to(root / "articles")
    (root / "events").symlink_to("/nulle/part")
    listing = list_content(root)
    assert [said(one)[:2] for one in listing.diagnostics] == [
        (f"content/{name}", "E111") for name in ("articles/lien.md", "events", "lieux")
    ]
    assert names(listing) == ["content/articles/a.md"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("articles/a.html", ".html"),  ("medias/a.zip", ".zip"),
         ("articles/sans-extension", "sans-extension"),
        ("articles/a.envoi.html", ".html"), ("articles/a.md.exe", ".exe"),
    ],
)  # fmt: skip
def test_types_that_are_not_published(lister, name, shown):
    listing = lister(name)
    (found,) = listing.unpublished.values()
    assert said(found)[:3] == (
        f"content/{name}",
        "E112",
        f"Les fichiers « {shown} » ne sont pas publiés.",
    )
    assert listing.diagnostics == names(listing) == []


@pytest.mark.parametrize("folder", ["", "events/", "articles/2021/", "medias/"])
@pytest.mark.parametrize(
    "name", ["README.md", "Readme.md", "README.txt", "README", "LISEZMOI.md", "LISEZ-MOI.md"]
)
def test_what_a_forge_shows_of_a_folder_is_left_alone(lister, folder, name):
    listing = lister(folder + name, "events/a.md", text="# Ce dossier\n\n---\n")
    assert names(listing) == ["content/events/a.md"]
    assert (listing.diagnostics, listing.unpublished) == ([], {})


def test_what_can_be_an_address_is_a_content(lister):
    listing = lister("articles/readme.md", "articles/lisez-moi.md", "articles/README-2.md")
    assert names(listing) == ["content/articles/lisez-moi.md", "content/articles/readme.md"]
    assert [one.code for one in listing.diagnostics] == ["E110"]


@pytest.mark.parametrize(
    ("folder", "nearest"),
    [("article", "articles"), ("evenement", "events"), ("Lieux", "lieux")],
)
def test_files_outside_the_folder_of_a_kind(lister, folder, nearest):
    listing = lister(f"{folder}/2021/a.md")
    assert said(fault(listing)) == (
        f"content/{folder}",
        "E113",
        f"« {folder} » n’est pas un dossier de contenus.",
        f"Le plus proche : « {nearest} ». Déplacez le fichier dans le dossier de son genre.",
    )
    assert names(listing) == []


@pytest.mark.parametrize(
    ("name", "at", "hint"),
    [
        ("a.md", "a.md", "Déplacez le fichier dans le dossier de son genre : articles, "),
        (
            "medias/a.md",
            "medias/a.md",
            "Déplacez le fichier dans le dossier de son genre : ",
        ),
        ("xyzxyz/a.md", "xyzxyz", "Déplacez le fichier dans le dossier de son genre : "),
        ("photo.jpg", "photo.jpg", "Déplacez le fichier dans medias/, ou à "),
    ],
)
def test_no_kind_is_guessed_from_the_name_of_a_file(lister, name, at, hint):
    found = fault(lister(name))
    assert (found.code, str(found.position.path)) == ("E113", f"content/{at}")
    assert found.hint.startswith(hint)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("articles/nuit.md", "articles/nuit.MD"),
        ("medias/Photo.jpg", "medias/photo.jpg"),
        ("medias/e\u0301te\u0301.jpg", "medias/été.jpg"),
        ("medias/STRASSE.jpg", "medias/straße.jpg"),
    ],
)
def test_names_that_some_systems_confuse(lister, first, second):
    listing = lister(first, second)
    found = fault(listing)
    # Accents that stand apart are told composed.
    kept, refused = (
        unicodedata.normalize("NFC", f"content/{name}") for name in sorted([first, second])
    )
    assert found.code == "E114"
    assert str(found.position.path) == refused
    assert names(listing) == [kept]


@pytest.mark.parametrize(
    ("name", "reserved"),
    [
        ("articles/aux.md", "aux.md"), ("medias/NUL.jpg", "NUL.jpg"), ("articles/con/a.md", "con"),

    ],
)  # fmt: skip
def test_names_that_windows_keeps(lister, name, reserved):
    assert said(fault(lister(name))) == (
        f"content/{name}",
        "E119",
        (
            f"« {reserved} » est un nom réservé par certains systèmes : il ne pourrait pas être "
            "copié partout."
        ),
        "Choisissez un autre nom.",
    )


@pytest.mark.parametrize(
    ("name", "shown", "reason"),
    [
        ("articles/a?.md", "a?.md", "le signe « ? » n’y est pas admis"),
        ("medias/a\\b.jpg", "a\\b.jpg", "le signe « \\ » n’y est pas admis"),
        ("medias/a\u202eb.jpg", "a\\u202eb.jpg", "il contient un caractère invisible (U+202E)"),
        (
            "medias/x /b.jpg",
            "b.jpg",
            "« x  » commence ou finit par une espace, ou finit par un point",
        ),
        (
            "medias/" + "/".join(["a" * 60] * 4) + "/b.jpg",
            "b.jpg",
            "il compte plus de 240 signes",
        ),
        ("medias/a.PHP.jpg", "a.PHP.jpg", "« .php » est l’extension d’un programme"),
    ],
)
def test_paths_that_cannot_be_copied_everywhere(lister, name, shown, reason):
    found = fault(lister(name))
    assert (found.code, str(found.position.path)) == ("E124", f"content/{name}")
    assert found.message == f"Le chemin « {shown} » ne peut pas être publié : {reason}."


def test_a_name_that_is_not_text(tmp_path):
    folder = tmp_path / "content/articles"
    folder.mkdir(parents=True)
    try:
        (folder / os.fsdecode(b"caf\xe9.md")).touch()
    except OSError:
        pytest.skip("this file system knows nothing but text")
    found = fault(list_content(tmp_path / "content"))
    assert found.code == "E124"
    assert str(found.position.path) == "content/articles/caf\\xe9.md", "sayable wherever it is said"


def test_a_second_text_in_the_folder_of_a_content(lister):
    listing = lister(
        "articles/nuit/index.md", "articles/nuit/hibou.md", "articles/nuit/photo.jpg",
        "articles/nuit/plus/loin.md", "articles/index.md", "articles/jour.md",
    )  # fmt: skip
    assert said(fault(listing)) == (
        "content/articles/nuit/hibou.md",
        "E125",
        "Ce dossier contient déjà « index.md » : « hibou.md » serait un second texte.",
        "Déplacez-le dans le dossier de son genre.",
    )
    assert names(listing) == [
        "content/articles/index.md", "content/articles/jour.md", "content/articles/nuit/index.md",
        "content/articles/nuit/plus/loin.md", "content/articles/nuit/photo.jpg",
    ]  # fmt: skip


@pytest.mark.parametrize("special", ["pipe", "socket"])
def test_what_would_keep_the_reader_waiting(tmp_path, monkeypatch, special):
    folder = tmp_path / "content/articles"
    folder.mkdir(parents=True)
    if special == "pipe":
        os.mkfifo(folder / "a.md")
    else:
        monkeypatch.chdir(folder)  # a socket's path is short
        socket.socket(socket.AF_UNIX).bind("a.md")
    assert said(fault(list_content(tmp_path / "content"))) == (
        "content/articles/a.md",
        "E118",
        "Le fichier ne peut pas être ouvert : ce n’est pas un fichier ordinaire.",
        "Vérifiez ses droits, ou remplacez-le.",
    )


def test_what_is_proposed_takes_its_place_among_the_contents(arbre):
    root = arbre({
        f"{folder}/{name}": TEXT
        for folder, names in {
            "content": ("events/a.md", "events/b/index.md", "medias/é.png"),
            "autre/content": ("events/a.md", "lieux/neuf/index.md", "medias/e\u0301.png"),
        }.items()
        for name in names
    })  # fmt: skip
    listing = list_content(root / "content", (), root / "autre" / "content")
    assert [str(one.path) for one in listing.documents] == [
        "content/events/a.md", "content/events/b/index.md", "content/lieux/neuf/index.md",
    ]  # fmt: skip
    own = [one.path.parts[1] for one in listing.documents if "autre" in one.file.parts]
    assert own == ["events", "lieux"]
    assert [str(one.path) for one in listing.medias] == ["content/medias/é.png"]
    assert not listing.diagnostics


def test_nothing_is_proposed_through_a_link(arbre):
    root = arbre({"ailleurs/b.md": TEXT, "autre/content/events/a.md": TEXT})
    (root / "content").mkdir()
    (root / "content" / "events").symlink_to(root / "ailleurs")
    listing = list_content(root / "content", (), root / "autre" / "content")
    assert (names(listing), fault(listing).code) == ([], "E111")
