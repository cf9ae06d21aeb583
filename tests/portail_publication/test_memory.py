"""What is remembered from a build to the next: given back as it was, or not at all."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress

import pytest
from essai import Essai, files

from portail.body.document import BodyHtml
from portail.diagnostics import CacheError
from portail.memory import _TABLE, FILE, Memory
from portail.source.store import Loaded, Stamp
from portail_publication.store import DiskStore

BLOCK, COUNT = 512, 40
VALUES = {f"n{number}": bytes([number]) * 99 for number in range(COUNT)}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cache" / FILE


@pytest.fixture
def full(path):
    """A memory that has values in two rooms."""
    memory = Memory(path, "sel")
    assert memory.recall("salle") == {} and not path.parent.exists(), "nothing is made to be read"
    assert memory.keep("salle", VALUES)
    assert memory.keep("autre", {"n0": b"ailleurs"})
    return memory


def asked(path, salt="sel"):
    """What a run finds in the room: each value is the one that was kept."""
    with closing(Memory(path, salt)) as memory:
        found = memory.recall("salle")
    assert found.items() <= VALUES.items()
    return len(found)


def sql(path, statement, *values):
    with closing(sqlite3.connect(path)) as connection, connection:
        return connection.execute(statement, values).fetchall()


def test_a_room_gives_back_what_it_was_given(full, path):
    again = Memory(path, "sel")
    assert again.recall("salle") == VALUES
    assert again.recall("salle", ["n1", "n3", "n99"]) == {n: VALUES[n] for n in ("n1", "n3")}
    assert again.recall("salle", map("n{}".format, range(2_000))) == VALUES
    assert again.recall("autre") == {"n0": b"ailleurs"}
    assert again.keys("salle") == VALUES.keys()
    assert again.recall("vide") == {}


def test_what_nothing_asks_for_is_forgotten(full):
    live = ["n0", "n1"]
    full.forget("salle", live, spare=COUNT)
    assert full.keys("salle") == VALUES.keys(), "few enough to stay"
    full.forget("salle", live)
    assert full.keys("salle") == {*live}
    assert full.drop("salle", ["n1", "n2"])
    assert (full.keys("salle"), full.keys("autre")) == ({"n0"}, {"n0"})


def test_what_other_code_kept_is_thrown_away(full, path):
    full.close()
    assert [asked(path, salt) for salt in ("", "sel", "autre", "sel")] == [COUNT, COUNT, 0, 0]
    full.discard()
    assert Memory(path).keep("salle", VALUES), "of no salt: that of the first who has one"
    assert [asked(path, salt) for salt in ("autre", "sel")] == [COUNT, 0]


def foreign(path, how):
    """Another file in the place of a memory."""
    path.unlink()
    match how:
        case "folder":
            path.mkdir()
        case bytes():
            path.write_bytes(how)
        case _:
            sql(path, "CREATE TABLE autre(room, key, value, seal)")
            for statement in how:
                sql(path, statement)


@pytest.mark.parametrize(
    "how",
    [
        b"",
        b"texte" * 999,
        b"SQLite format 3\0" + b"x" * 99,
        ["CREATE TABLE kept(room, key, value, seal)"],
        ["CREATE VIEW kept AS SELECT * FROM autre"],
        ["DROP TABLE autre", _TABLE, "CREATE TRIGGER t AFTER INSERT ON kept BEGIN SELECT 1; END"],
    ],
    ids=["empty", "text", "cut", "table", "view", "trigger"],
)
def test_a_foreign_file_gives_its_place(full, path, how):
    full.close()
    foreign(path, how)
    assert asked(path) == 0
    memory = Memory(path, "sel")
    assert memory.keep("salle", VALUES)
    assert memory.recall("salle") == VALUES


@pytest.mark.parametrize(
    "value", ["texte", None, 4, b"autre"], ids=["text", "nothing", "number", "bytes"]
)
def test_a_value_that_its_seal_does_not_hold_is_not_given(full, path, value):
    full.close()
    sql(path, "UPDATE kept SET value=? WHERE room='salle' AND key='n3'", value)
    assert asked(path) == COUNT - 1
    sql(path, "UPDATE kept SET key='n3' WHERE room='autre'")
    assert Memory(path, "sel").recall("autre") == {}, "of another key"


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path):
    (tmp_path / "fichier").write_text("")
    (tmp_path / FILE).mkdir()
    for place in (tmp_path / "fichier" / FILE, tmp_path / FILE):
        memory = Memory(place, "sel")
        assert memory.keep("salle", VALUES) is False
        assert (memory.recall("salle"), memory.keys("salle")) == ({}, set())
        assert memory.drop("salle", VALUES)
        memory.close()


def test_a_busy_file_is_left_alone(full, path, monkeypatch):
    full.close()
    inode = path.stat().st_ino
    other = sqlite3.connect(path)
    other.execute("BEGIN EXCLUSIVE")
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path, **_: connect(path, timeout=0.05))
    memory = Memory(path, "sel")
    assert (memory.recall("salle"), memory.keep("salle", VALUES)) == ({}, False)
    other.close()
    assert path.stat().st_ino == inode
    assert asked(path) == COUNT


def test_a_forked_process_has_its_own_connection(full):
    pid = os.fork()
    if pid == 0:
        code = 1
        with suppress(BaseException):
            right = full.recall("salle") == VALUES and full.keep("salle", {"n0": b"d'un autre"})
            full.close()
            code = 7 if right else 2
        os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
    assert full.recall("salle", ["n0", "n1"]) == {"n0": b"d'un autre", "n1": VALUES["n1"]}


WRITER = """
import sys
from pathlib import Path
from portail.memory import Memory
memory = Memory(Path(sys.argv[1]), "sel")
for turn in range(int(sys.argv[3])):
    values = {f"{n}": bytes([n]) * 999 for n in range(30)}
    assert memory.keep(sys.argv[2], values), turn
    memory.forget(sys.argv[2], [*values][turn % 30:])
    print(turn, flush=True)
"""


def writer(path, room, turns):
    command = [sys.executable, "-c", WRITER, str(path), room, str(turns)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_two_builds_at_once_keep_both(path):
    both = [writer(path, room, 60) for room in ("a", "b")]
    assert [one.communicate() and one.returncode for one in both] == [0, 0]
    memory = Memory(path, "sel")
    assert memory.keys("a") == memory.keys("b") == {str(n) for n in range(29, 30)}


@pytest.mark.parametrize("turn", range(0, 40, 8))
def test_a_build_that_is_killed_leaves_whole_values(full, path, turn):
    full.close()
    one = writer(path, "a", 9_999)
    while int(one.stdout.readline()) < turn:
        pass
    one.send_signal(signal.SIGKILL)
    one.communicate()
    assert asked(path) == COUNT
    memory = Memory(path, "sel")
    found = memory.recall("a")
    assert found == {key: bytes([int(key)]) * 999 for key in memory.keys("a")}


def damaged(data):
    """``data`` with a byte flipped in each block, where a text or a number is likely to be; then
    cut at the end of each."""
    for start in range(0, len(data), BLOCK):
        spoilt = bytearray(data)
        # The last sign of the block that is no zero: SQLite fills its pages from their end.
        last = len(data[start : start + BLOCK].rstrip(b"\0"))
        spoilt[start + max(last - 1, 0)] ^= 0x11
        yield bytes(spoilt)
    for end in range(0, len(data), BLOCK):
        yield data[:end]


def test_damaged_at_each_block_it_is_believed_nowhere_and_mended(full, path):
    full.close()
    whole = path.read_bytes()
    noticed = 0
    for content in damaged(whole):
        path.write_bytes(content)
        noticed += asked(path) < COUNT
        for _ in range(3):
            if asked(path) == COUNT:
                break
            with closing(Memory(path, "sel")) as memory:
                memory.recall("salle")
                memory.keep("salle", VALUES)
        assert asked(path) == COUNT, "spoilt for ever"
    assert noticed > 8


def test_a_publication_whose_memory_is_damaged_is_what_a_clean_one_is(tmp_path):
    """Its manifests: what is published next is what a clean build publishes."""
    essai = Essai(tmp_path / "site").fill(9)
    essai.images = {"a.png": b"A"}
    essai.publish()
    clean = {}
    file = essai.root / ".output.suivant" / FILE
    for rank, _ in enumerate(damaged(file.read_bytes())):
        version = rank % 2
        contents = [*damaged(file.read_bytes()), b""]
        file.write_bytes(contents[min(rank, len(contents) - 1)])
        essai.fiches["p1"].texte = f"version {version}"
        essai.publish()
        clean[version] = clean.get(version) or essai.clean()
        assert files(essai.out) == clean[version], rank


def test_a_memory_that_goes_away_during_a_build(tmp_path, path):
    """Its file is removed while it is open, with its folder: bodies stay for this build."""
    store = DiskStore(path.parent, "sel")
    assert store.memory.keep("salle", VALUES)
    path.unlink()
    path.parent.rmdir()
    body = BodyHtml("<p>Un.</p>", "Un.", "un", "Un.")
    store.put(Loaded(tmp_path.relative_to("/"), "0" * 32, None, None), Stamp(1, 1), body)
    store.keep([])
    assert (store.body("0" * 32), store.words(["0" * 32])) == (body, ["un"])
    with pytest.raises(CacheError):
        store.body("1" * 32)
