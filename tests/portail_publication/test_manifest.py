"""Manifests: what they vouch for, and what empties them."""

import os
import shutil
from pathlib import Path

import pytest
from msgspec.json import decode, encode

from portail.diagnostics import PlanError
from portail.files import digest_bytes
from portail.memory import FILE, Memory
from portail_publication import manifest
from portail_publication.manifest import Entry, Manifest


@pytest.fixture
def memory(tmp_path):
    return Memory(tmp_path / FILE)


@pytest.fixture
def tree(tmp_path):
    root = tmp_path / "arbre"
    (root / "lieux/été").mkdir(parents=True)
    (root / "lieux/été/index.html").write_bytes(b"page")
    (root / "a.txt").write_bytes(b"texte")
    return root


def described(root):
    files = {}
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        status = path.stat()
        digest = digest_bytes(path.read_bytes())
        name = path.relative_to(root).as_posix()
        stamp = status.st_size, status.st_mtime_ns
        files[name] = Entry("f", digest, *stamp, "", status.st_ino)
    return Manifest(files, {"images": "g"})


def test_a_manifest_follows_its_tree(tree, memory, tmp_path):
    manifest.save(memory, tree, described(tree))
    moved = tree.rename(tmp_path / "ailleurs")
    assert manifest.load(memory, moved) == described(moved)
    assert manifest.is_known(memory, moved)
    other = tmp_path / "autre"
    other.mkdir()
    assert manifest.load(memory, other) == Manifest()
    assert not manifest.is_known(memory, tmp_path / "absent")
    manifest.drop(memory, moved)
    assert manifest.load(memory, moved) == Manifest()


def copied(tree, name):
    """The tree as an archive gives it back: other inodes, other times."""
    root = Path(shutil.copytree(tree, tree.with_name(name)))
    for path in root.rglob("*"):
        os.utime(path, (1, 1))
    return root


def test_a_copy_takes_the_manifest_of_which_it_has_the_most(tree, memory, tmp_path):
    earlier = copied(tree, "avant")
    (earlier / "a.txt").write_bytes(b"autre")
    for root in (earlier, tree):
        manifest.save(memory, root, described(root))
    copy = copied(tree, "copie")
    manifest.adopt(memory, copy)
    adopted = manifest.load(memory, copy)
    assert adopted == described(copy)
    assert adopted.intact(copy) == adopted.files
    manifest.adopt(memory, earlier)
    assert manifest.load(memory, earlier) == described(earlier), "it had one of its own"


def test_what_a_copy_lacks_is_known_and_not_believed(tree, memory, tmp_path):
    manifest.save(memory, tree, described(tree))
    copy = copied(tree, "copie")
    (copy / "a.txt").write_bytes(b"TEXTE")
    manifest.adopt(memory, copy)
    adopted = manifest.load(memory, copy)
    assert adopted.files.keys() == {"a.txt", "lieux/été/index.html"}
    assert adopted.trees == {"images": "g"}
    assert adopted.files["a.txt"][3:] == (-1, "", 0)
    assert adopted.intact(copy).keys() == {"lieux/été/index.html"}
    (copy / "a.txt").unlink()
    (copy / "a.txt").symlink_to(tree / "a.txt")
    assert adopted.intact(copy).keys() == {"lieux/été/index.html"}


def test_a_foreign_manifest_is_empty(tree, memory):
    manifest.save(memory, tree, described(tree))
    ((key, data),) = memory.recall("manifestes").items()
    for content in (
        encode(decode(data) | {"format": 99}), b"", b"null", b"{", b'{"format":1}', b"\xff",
        b"[" * 99999, b'{"format":1,"trees":{},"files":{"a":[1]}}',
    ):  # fmt: skip
        memory.keep("manifestes", {key: content})
        assert manifest.load(memory, tree) == Manifest(), content[:40]


def test_a_manifest_that_a_former_version_wrote_is_taken_once(tree, memory, tmp_path):
    manifest.save(memory, tree, described(tree))
    ((key, data),) = memory.recall("manifestes").items()
    memory.discard()
    file = tmp_path / f"manifeste-{key}.json"
    for content, found in ((data, described(tree)), (b"", Manifest())):
        file.write_bytes(content)
        manifest.take_former(memory, tmp_path)
        assert manifest.load(memory, tree) == found and not file.exists()


@pytest.mark.parametrize("spoilt", ["touched", "longer", "a folder", "a link"])
def test_only_what_is_as_written_is_intact(tree, spoilt):
    """A link has the size and the time of the file that was there."""
    known, page = described(tree), tree / "lieux/été/index.html"
    assert known.intact(tree) == known.files
    if spoilt == "longer":
        page.write_bytes(b"page plus longue")
    elif spoilt != "touched":
        page.unlink()
        page.mkdir() if spoilt == "a folder" else page.symlink_to("page")
    when = 1 if spoilt == "touched" else known.files["lieux/été/index.html"].mtime_ns
    os.utime(page, ns=(0, when), follow_symlinks=False)
    assert list(known.intact(tree)) == ["a.txt"]


def test_a_file_that_was_put_back_is_intact_where_it_is_now(tree):
    known, page = described(tree), tree / "a.txt"
    copy = tree / "copie"
    copy.write_bytes(page.read_bytes())
    os.utime(copy, ns=(0, page.stat().st_mtime_ns))
    now = copy.stat().st_ino
    copy.replace(page)
    assert known.files["a.txt"].inode != now
    assert known.intact(tree) == known.files | {"a.txt": known.files["a.txt"]._replace(inode=now)}


def test_names_that_are_no_text_are_kept(tree, memory, tmp_path):
    """As those that a ``Tree`` may write, in bytes that are not UTF-8."""
    odd = Manifest({"a\udcff.txt": Entry("f", "d", 1, 2)}, {"im\udce9ges": "g"})
    manifest.save(memory, tree, odd)
    assert manifest.load(memory, tree) == odd


def test_a_tree_that_is_not_there_has_no_manifest(memory, tmp_path):
    gone = tmp_path / "absent"
    with pytest.raises(FileNotFoundError):
        manifest.save(memory, gone, Manifest())
    manifest.drop(memory, gone)
    assert manifest.load(memory, gone) == Manifest()
    assert not [*tmp_path.iterdir()]


def test_a_manifest_that_cannot_be_written_is_told(tree, memory):
    memory.path.mkdir()
    with pytest.raises(PlanError, match="qui dit ce qui est publié, ne s’écrit pas"):
        manifest.save(memory, tree, described(tree))


def test_a_tree_knows_nothing_of_what_came_after_its_date(tree, memory, tmp_path):
    assert manifest.date_of(memory, tree) == 0
    manifest.date(memory, tree, 7)
    assert manifest.date_of(memory, tree.rename(tmp_path / "ailleurs")) == 7


def test_manifests_of_trees_that_are_gone_are_removed(tree, memory, tmp_path):
    roots = [tmp_path / name for name in "abc"]
    for root in roots:
        root.mkdir()
        manifest.save(memory, root, Manifest())
    manifest.forget(memory, roots[0], tmp_path / "absent")
    assert [manifest.is_known(memory, root) for root in roots] == [True, False, False]
