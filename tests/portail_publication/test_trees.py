"""Two trees: scanned, assembled, exchanged, mended."""

import ctypes
import errno
import os
import shutil
from pathlib import Path

import pytest
from essai import files

from portail.outputs.base import parents_of
from portail_publication import trees
from portail_publication.manifest import Entry, Manifest
from portail_publication.trees import assemble, recover, scan, steady, swap, why_in_place


def written(root, content):
    for name, text in content.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def two_trees(root):
    return written(root / "arbre", {"a": "1"}), written(root / "o", {"a": "0"})


def entries(root, content):
    return {
        name: Entry("f", text, (root / name).stat().st_size, (root / name).stat().st_mtime_ns)
        for name, text in content.items()
    }


def linked(published):
    """Each file is that of the published tree."""
    return lambda path: (f"{published}/{path}", False)


def moved(drafts):
    """Each file is the draft."""
    return lambda path: (f"{drafts}/0", True)


def test_scan_and_folders(tmp_path):
    written(tmp_path, {"a": "1", "b/c/d": "22", ".git/HEAD": "x", "b/.git/x": "y"})
    (tmp_path / "b/lien").symlink_to(tmp_path)
    (tmp_path / "vide").mkdir()
    found = scan(tmp_path)
    assert {*found.folders} == {"b", "b/c", "b/.git", "vide"}
    assert {*found.files} == {"a", "b/c/d", "b/.git/x", "b/lien"}
    assert parents_of(["a", "b/c/d", "b/e"]) == {"b", "b/c"}


def test_a_folder_holds_what_is_told_as_long_as_it_has_its_time(tmp_path):
    tree = written(tmp_path / "arbre", {"a/b": "1", "a/c/d": "2", "e/f": "3"})
    young = steady(scan(tree).folders)
    assert young == dict.fromkeys(("a", "a/c", "e"), 0), "what comes now may give them their time"
    for folder in ("a", "e"):
        os.utime(tree / folder, ns=(0, 10**18))
    told = Manifest(entries(tree, files(tree)), folders=steady(scan(tree).folders))
    found = scan(tree, told)
    assert ({*found.files}, found.folders) == ({*scan(tree).files}, scan(tree).folders)
    written(tree, {"a/venu": "4", "e/neuf/venu": "5"})
    (tree / "a/c/d").unlink()
    shutil.rmtree(tree / "e/neuf")
    (tree / "e/neuf").symlink_to(tree)
    assert {*scan(tree, told).files} == {"a/b", "a/venu", "e/f", "e/neuf"}


def test_assemble_takes_moves_links_and_removes(tmp_path):
    tree = written(tmp_path / "arbre", {"garde": "g", "vieux/x": "", "devient": "", "autre/y": "1"})
    published = written(tmp_path / "publie", {"lie": "l", "garde": "g", "autre/y": "2"})
    drafts = written(tmp_path / "neuf", {"0": "n"})
    have = entries(tree, {"garde": "g", "autre/y": "1"})
    wanted = entries(published, {"lie": "l", "garde": "g", "autre/y": "2"})
    wanted["devient/dossier"] = entries(drafts, {"0": "n"})["0"]
    other = (tree / "autre/y").stat().st_ino
    kinds = {True: moved(drafts), False: linked(published)}
    made = assemble(
        tree, scan(tree), have, wanted, lambda path: kinds[path == "devient/dossier"](path)
    )
    assert files(tree) == {
        "autre/y": b"2", "devient/dossier": b"n", "garde": b"g", "lie": b"l",
    }  # fmt: skip
    assert (tree / "lie").samefile(published / "lie")
    assert not (tree / "garde").samefile(published / "garde")
    assert (published / "autre/y").read_text() == "2"
    assert (tree / "autre/y").stat().st_ino != other
    assert not (drafts / "0").exists()
    for name, entry in made.items():
        assert entry.mtime_ns == (tree / name).stat().st_mtime_ns


def test_a_file_stays_when_it_is_the_published_one_or_was_left_alone(tmp_path):
    """What somebody put in its place, of the same bytes or not, is taken away."""
    content = {"lie": "un", "laisse": "deux", "touche": "trois", "autre": "quatre"}
    published = written(tmp_path / "publie", content)
    tree = written(tmp_path / "arbre", content)
    have, wanted = entries(tree, content), Manifest(entries(published, content)).intact(published)
    (tree / "lie").unlink()
    (tree / "lie").hardlink_to(published / "lie")
    os.utime(tree / "touche", ns=(1, 1))
    (tree / "autre").unlink()
    (tree / "autre").symlink_to(published / "autre")
    left = (tree / "laisse").stat().st_ino
    made = assemble(tree, scan(tree), have, wanted, linked(published))
    assert (tree / "laisse").stat().st_ino == left
    for name in ("lie", "touche", "autre"):
        assert (tree / name).lstat().st_ino == (published / name).stat().st_ino, name
    for name, entry in made.items():
        assert entry.mtime_ns == (tree / name).lstat().st_mtime_ns, name
    del have["lie"]
    assert assemble(tree, scan(tree), have, wanted, linked(published)) == made


def test_without_hard_links_files_are_copied_with_their_time(tmp_path, monkeypatch):
    def refused(*args, **options):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    published = written(tmp_path / "publie", {"a/b": "x"})
    tree = tmp_path / "arbre"
    tree.mkdir()
    wanted = entries(published, {"a/b": "x"})
    assert assemble(tree, scan(tree), {}, wanted, linked(published)) == wanted
    assert (tree / "a/b").stat().st_mtime_ns == wanted["a/b"].mtime_ns
    assert files(tree) == {"a/b": b"x"}


@pytest.mark.parametrize("one_step", [True, False])
def test_swap(tmp_path, monkeypatch, one_step):
    if not one_step:
        monkeypatch.setattr(trees, "_swapped", lambda one, other: False)
    side = tmp_path / "cote"
    tree, output = written(side / "arbre", {"a": "1"}), tmp_path / "output"
    swap(tree, output)
    assert files(output) == {"a": b"1"}
    assert not tree.exists()
    written(tree, {"a": "2"})
    written(output, {".git/HEAD": "x"})
    swap(tree, output)
    assert files(output) == {".git/HEAD": b"x", "a": b"2"}
    assert files(tree) == {"a": b"1"}
    assert [path.name for path in side.iterdir()] == ["arbre"]


def test_a_second_rename_that_fails_is_undone(tmp_path, monkeypatch):
    monkeypatch.setattr(trees, "_swapped", lambda one, other: False)
    tree, output = two_trees(tmp_path)
    rename = os.rename

    def failing(one, other):
        if one == tree:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        rename(one, other)

    monkeypatch.setattr(os, "rename", failing)
    with pytest.raises(OSError, match="cross-device"):
        swap(tree, output)
    assert files(output) == {"a": b"0"}
    assert files(tree) == {"a": b"1"}


@pytest.mark.parametrize(
    ("present", "expected"),
    [
        ({"ancien": "0", "arbre": "1"}, {"output": b"0", "arbre": b"1"}),
        ({"ancien": "0", "output": "1"}, {"arbre": b"0", "output": b"1"}),
        ({"output": "1"}, {"output": b"1"}),
        ({}, {}),
    ],
)
def test_recover(tmp_path, present, expected):
    for name, text in present.items():
        written(tmp_path / name, {"v": text})
    recover(tmp_path / "arbre", tmp_path / "output")
    found = {path.parent.name: path.read_bytes() for path in tmp_path.glob("*/v")}
    assert found == expected


def test_a_parent_is_written_in_and_gone_through(tmp_path, monkeypatch):
    assert why_in_place(tmp_path / "absent") is None
    monkeypatch.setattr(os.path, "ismount", lambda path: True)
    assert why_in_place(tmp_path) == "c’est un point de montage"
    assert why_in_place(tmp_path / "absent") is None
    for missing in (os.W_OK, os.X_OK):
        monkeypatch.setattr(os, "access", lambda path, mode, missing=missing: not mode & missing)
        assert why_in_place(tmp_path / "absent") == f"on ne peut rien écrire dans « {tmp_path} »"


def test_git_left_in_the_other_tree_waits_for_an_output(tmp_path):
    tree, output = written(tmp_path / "arbre", {".git/HEAD": "x"}), tmp_path / "output"
    recover(tree, output)
    assert files(tree) == {".git/HEAD": b"x"}
    output.mkdir()
    recover(tree, output)
    assert files(output) == {".git/HEAD": b"x"}
    written(tree, {".git/HEAD": "y"})
    recover(tree, output)
    assert files(output) == {".git/HEAD": b"x"}, "what is published is not replaced"


class Libc:
    """A C library whose exchange fails as ``error`` says: a number, or what Python raises."""

    def __init__(self, error):
        self.error = error

    def renameat2(self, *arguments):
        if isinstance(self.error, Exception):
            raise self.error
        ctypes.set_errno(self.error)
        return -1


@pytest.mark.parametrize(
    "error",
    [
        errno.ENOSYS, errno.EINVAL, errno.ENOTSUP,
        AttributeError("renameat2"), TypeError("argument"), OSError("no library"),
    ],
)  # fmt: skip
def test_a_system_without_exchange_renames_twice(tmp_path, monkeypatch, error):
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: Libc(error))
    tree, output = two_trees(tmp_path)
    swap(tree, output)
    assert files(output) == {"a": b"1"}
    assert files(tree) == {"a": b"0"}


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.EBUSY])
def test_an_exchange_that_is_refused_is_told(tmp_path, monkeypatch, number):
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: Libc(number))
    tree, output = two_trees(tmp_path)
    with pytest.raises(OSError, match=os.strerror(number)) as caught:
        swap(tree, output)
    assert (caught.value.errno, caught.value.filename) == (number, str(output))
    assert files(output) == {"a": b"0"}


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EXDEV])
def test_a_move_is_a_copy_across_file_systems_only(tmp_path, monkeypatch, number):
    drafts, tree = written(tmp_path / "neuf", {"0": "n"}), tmp_path / "arbre"
    tree.mkdir()
    wanted = {"a": entries(drafts, {"0": "n"})["0"]}
    replace = os.replace

    def failing(one, other):
        if Path(str(one)).parent != Path(str(other)).parent:
            raise OSError(number, os.strerror(number))
        replace(one, other)

    monkeypatch.setattr(os, "replace", failing)
    if number == errno.EXDEV:
        assemble(tree, scan(tree), {}, wanted, moved(drafts))
        assert files(tree) == {"a": b"n"}
        return
    with pytest.raises(OSError, match=os.strerror(number)):
        assemble(tree, scan(tree), {}, wanted, moved(drafts))
    assert files(tree) == {}


def test_a_copy_that_is_cut_leaves_the_old_file_and_a_draft_that_the_next_one_removes(
    tmp_path, monkeypatch
):
    drafts, tree = written(tmp_path / "neuf", {"0": "n"}), written(tmp_path / "arbre", {"a": "v"})
    wanted = {"a": entries(drafts, {"0": "n"})["0"]}

    def failing(one, other):
        if Path(str(one)).parent != Path(str(other)).parent:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", failing)
        with pytest.raises(KeyboardInterrupt):
            assemble(tree, scan(tree), {}, wanted, moved(drafts))
    assert files(tree) == {".a.nouveau": b"n", "a": b"v"}
    assemble(tree, scan(tree), {}, wanted, moved(drafts))
    assert files(tree) == {"a": b"n"}


def test_what_the_system_says_of_an_exchange_is_raised(tmp_path):
    one = written(tmp_path / "a", {"a": "a"})
    try:
        done = trees._swapped(one, written(tmp_path / "b", {"b": "b"}))
    except OSError:
        done = False
    if not done:
        pytest.skip("this file system has no swap of names")
    with pytest.raises(FileNotFoundError):
        trees._swapped(one, tmp_path / "absent")
