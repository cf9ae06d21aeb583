"""What is remembered, and what is refused rather than trusted."""

import gc
import json
import os
import pickle
import sqlite3
import time
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path, PurePosixPath

import pytest
from pydantic import BaseModel, ConfigDict

from portail.agenda.occurrences import Occurrence
from portail.body.document import BodyFacts, BodyHtml, Heading, ImageRef, Link
from portail.clock import PARIS
from portail.codes import diagnostic
from portail.diagnostics import CacheError, Position
from portail.files import digest_bytes
from portail.model.kinds import Kind
from portail.source.store import Loaded, Stamp
from portail_publication import records
from portail_publication.store import DiskStore, checksum, open_store
from remake import replace
from work import calls

OLD = 1_600_000_000_000_000_000
STAMP = Stamp(10, OLD)
PATH = PurePosixPath("content/events/nuit.md")


def at(number):
    return PATH.with_name(f"n{number}.md")


def digest(number):
    return f"{number:032x}"


class Etat(Enum):
    PROGRAMME = "programme"


class Seance(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    debut: datetime
    etat: Etat = Etat.PROGRAMME


class Fiche(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    slug: str
    kind: Kind = Kind.EVENT
    source: PurePosixPath = PurePosixPath()
    jour: date | None = None
    prix: Decimal = Decimal("5.50")
    seances: tuple[Seance, ...] = ()
    tags: frozenset[str] = frozenset()


class Interdit(BaseModel):
    slug: str


ADMIT = (Fiche, Seance, Etat)


def record(number=0, path=PATH, size=4):
    entry = Fiche(
        slug=f"nuit-{number}",
        source=path,
        jour=date(2021, 10, 9),
        seances=(Seance(debut=datetime(2021, 10, 9, 14, number % 60)),),
        tags=frozenset({"a", "b"}),
    )
    facts = BodyFacts(
        toc=tuple(Heading(2, f"h{n}", f"Titre {n}") for n in range(size)),
        links=(Link("lieux/x", 3, 4, 7),),
        images=(ImageRef("a.jpg", "alt", 1, 2, 3),),
        external=("https://exemple.org/",),
        words=300,
        excerpt=f"Extrait {number}",
        digest=digest(number),
    )
    begin = datetime(2021, 10, 31, 2, 30, tzinfo=PARIS)
    return Loaded(
        path,
        digest(number),
        entry,
        facts,
        (Occurrence(begin, begin.replace(fold=1), False, "programme", 0),),
        (diagnostic("A322", Position(path, 3, 4, 5), valeur="ici"),),
        (800, 600),
    )


def body(number=0):
    return BodyHtml(f"<p>Corps {number}</p>", f"Corps {number}")


def worded(number):
    """A body with its words and its Markdown, as it is put."""
    return replace(body(number), words=f"mots {number}", source=f"*Corps* {number}")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cache"


def sql(folder, statement, *values):
    """Run a statement in the database of bodies; the rows that it gives."""
    with closing(sqlite3.connect(folder / "corps.sqlite")) as connection, connection:
        return connection.execute(statement, values).fetchall()


def store(folder, salt="sel", **options):
    return DiskStore(folder, salt, admit=ADMIT, **options)


def filled(folder, count=1):
    """A store on disk with ``count`` records."""
    one = store(folder)
    for number in range(count):
        one.put(record(number, at(number)), STAMP, worded(number))
    one.keep(map(at, range(count)))
    return one


def test_what_was_put_is_found_in_another_run(folder, monkeypatch):
    filled(folder, 3)
    monkeypatch.setattr(records, "_last", {})  # that of another process
    again = store(folder)
    for number in range(3):
        expected, found = record(number, at(number)), again.find(at(number), STAMP)
        assert found == again.find_digest(at(number), digest(number)) == expected
        assert again.body(digest(number)) == body(number)
        assert again.source(digest(number)) == f"*Corps* {number}"
    assert found.occurrences[0].debut.tzinfo is PARIS
    assert hash(found.entry) == hash(expected.entry)
    assert found.entry.model_copy() == found.entry
    with pytest.raises(Exception, match="frozen"):
        found.entry.slug = "x"


def test_stamps_and_digests(folder):
    again = filled(folder)
    path = at(0)
    assert again.find(path, STAMP) is not None
    assert again.find(path, Stamp(11, OLD)) is None
    assert again.find(path, Stamp(10, OLD + 1)) is None
    assert again.find(PATH, STAMP) is None
    assert again.find_digest(path, "autre") is None
    assert store(folder, verify=True).find(path, STAMP) is None
    assert store(folder, verify=True).find_digest(path, digest(0)) is not None
    other = store(folder, salt="autre")
    assert other.find(path, STAMP) is None
    with pytest.raises(CacheError):
        other.body(digest(0))


def test_an_edit_that_gives_back_size_and_date_is_seen(folder):
    """So do tools that write the same dates everywhere: archives, images, some checkouts."""
    one, stamp = store(folder), Stamp(10, OLD, OLD + 5, 7)
    one.put(record(), stamp, worded(0))
    one.keep([PATH])
    again = store(folder)
    assert again.find(PATH, stamp) is not None
    for other in (stamp._replace(ctime_ns=OLD + 6), stamp._replace(inode=8)):
        assert again.find(PATH, other) is None
        assert again.find_digest(PATH, digest(0)) is not None, "its bytes alone tell"
    now = time.time_ns()
    again.put(record(), stamp._replace(ctime_ns=now), None)
    again.keep([PATH])
    assert store(folder).find(PATH, stamp._replace(ctime_ns=now)) is None, "of this very moment"


def test_nothing_is_believed_of_what_is_to_be_forgotten(folder):
    filled(folder, 2)
    again = store(folder, clean=True)
    assert again.find(at(0), STAMP) is None
    assert again.find_digest(at(0), digest(0)) is None
    with pytest.raises(CacheError):
        again.body(digest(0))
    again.put(record(0, at(0)), STAMP, worded(0))
    again.keep([at(0)])
    assert store(folder).find(at(0), STAMP) is not None
    assert store(folder).find(at(1), STAMP) is None


def test_a_file_as_young_as_the_cache_is_hashed(folder):
    """It may have been changed again within one step of the clock of the file system."""
    one = store(folder)
    now = time.time_ns()
    one.put(record(), Stamp(10, now), body())
    one.keep([PATH])
    again = store(folder)
    assert again.find(PATH, Stamp(10, now)) is None
    assert again.find_digest(PATH, digest(0)) is not None
    os.utime(folder / "fiches.bin", ns=(now + 10**10, now + 10**10))
    assert store(folder).find(PATH, Stamp(10, now)) is not None


@pytest.mark.parametrize("ahead", [0, 3600], ids=["now", "clock set back"])
def test_on_a_disk_that_counts_in_seconds_a_file_just_written_is_hashed(folder, ahead):
    """Read, then changed in the same two seconds, to the same size; the build lasts longer."""
    second = 10**9
    then = (time.time_ns() // (2 * second) * 2 + ahead) * second
    one = store(folder)
    one.put(record(), Stamp(10, then), body())
    one.keep([PATH])
    os.utime(folder / "fiches.bin", ns=(then + 60 * second, then + 60 * second))
    again = store(folder)
    assert again.find(PATH, Stamp(10, then)) is None
    assert again.find_digest(PATH, digest(0)) is not None


def test_bodies_are_purged_now_and_then(folder):
    one = filled(folder, 8)
    for kept, left in ((5, 8), (4, 8), (3, 3), (1, 1)):
        one.keep(map(at, range(kept)))
        for table in ("body", "words", "source"):
            assert sql(folder, f"SELECT count(*) FROM {table}") == [(left,)]
    assert store(folder).find(at(1), STAMP) is None


def test_nothing_new_writes_nothing(folder):
    filled(folder)
    before = (folder / "fiches.bin").stat()
    store(folder).keep([at(0)])
    assert (folder / "fiches.bin").stat().st_ino == before.st_ino


def test_only_changed_segments_are_pickled_again(folder, monkeypatch):
    filled(folder, 200)
    again = store(folder)
    dumped = []
    original = records._dumped

    def counted(part, reducers):
        dumped.append(len(part))
        return original(part, reducers)

    monkeypatch.setattr(records, "_dumped", counted)
    for times, number in enumerate((900, 901), 1):
        stamp = Stamp(number, OLD)
        again.put(record(number, at(7)), stamp, body(number))
        again.keep(map(at, range(200)))
        assert len(dumped) == times
        assert store(folder).find(at(7), stamp) == record(number, at(7))
        assert store(folder).find(at(8), STAMP) is not None


def test_few_bodies_are_held_in_memory(folder):
    one = store(folder)
    for number in range(512):
        assert not (folder / "corps.sqlite").exists()
        one.put(record(number, at(number), 0), STAMP, body(number))
    assert sql(folder, "SELECT count(*) FROM body") == [(512,)]


def test_the_same_records_make_the_same_file(tmp_path):
    filled(tmp_path / "a", 40)
    one = store(tmp_path / "b")
    for number in reversed(range(40)):
        one.put(record(number, at(number)), STAMP, worded(number))
    one.keep(map(at, range(40)))
    a, b = ((tmp_path / name / "fiches.bin").read_bytes() for name in "ab")
    assert a == b


# What is spoilt, cut, foreign, hostile


def finds_any(folder):
    again = store(folder)
    return any(again.find(at(number), STAMP) for number in range(20))


@pytest.mark.parametrize("place", [0, 1, 10, 500, -1, -100])
def test_a_spoilt_file_of_records_is_made_again(folder, place):
    filled(folder, 20)
    file = folder / "fiches.bin"
    data = bytearray(file.read_bytes())
    data[place] ^= 0x55
    for content in (bytes(data), data[: place or 5], b"", b"\n", b"null\n", b"{}\n", data + b"x"):
        file.write_bytes(content)
        assert not finds_any(folder)
    filled(folder, 20)
    assert store(folder).find(at(3), STAMP) is not None


def test_records_end_where_they_say(folder):
    """All that is there is right; there is more, or a segment less."""
    filled(folder, 20)
    file = folder / "fiches.bin"
    first, _, rest = file.read_bytes().partition(b"\n")
    header = json.loads(first)
    *header["segments"], (length, _) = header["segments"]
    fewer = json.dumps(header).encode() + b"\n" + rest[:-length]
    for content in (file.read_bytes() + b"x", fewer):
        file.write_bytes(content)
        assert not finds_any(folder)


def test_another_build_may_write_in_between(folder):
    """The segments of its file are not taken for those that this build has read."""
    filled(folder, 40)
    one, two, stamp = store(folder), store(folder), Stamp(11, OLD)
    for build, number in ((two, 3), (one, 7)):
        build.put(record(900, at(number)), stamp, body(900))
        build.keep(map(at, range(40)))
    again = store(folder)
    assert again.find(at(7), stamp) == record(900, at(7))
    assert again.find(at(3), stamp) is None
    assert again.find(at(3), STAMP) == record(3, at(3))


@pytest.mark.parametrize("content", [b"", b"garbage" * 99, None])
def test_lost_bodies_are_made_again(folder, content):
    filled(folder)
    file = folder / "corps.sqlite"
    file.unlink()
    if content is not None:
        file.write_bytes(content)
    again = store(folder)
    assert again.find(at(0), STAMP) is None
    assert again.find_digest(at(0), digest(0)) is None
    again.put(record(0, at(0)), STAMP, body())
    again.keep([at(0)])
    assert store(folder).body(digest(0)) == body()


@pytest.mark.parametrize("html", ["'<p>Faux</p>'", "CAST(html AS BLOB)", "NULL", "3"])
def test_a_spoilt_body_is_not_trusted(folder, html):
    filled(folder).close()
    sql(folder, f"UPDATE body SET html = {html}")
    again = store(folder)
    with pytest.raises(CacheError) as caught:
        again.body(digest(0))
    assert str(caught.value) == (f"le texte {0:032x} est illisible dans « {folder} » : recommencez")
    assert store(folder).find(at(0), STAMP) is None


def test_words_are_read_without_bodies(folder):
    filled(folder, 3)
    again = store(folder)
    again.put(record(7), STAMP, worded(7))
    digests = [digest(number) for number in (7, 2, 0)]
    assert again.words(digests) == ["mots 7", "mots 2", "mots 0"]
    assert again.words([]) == []
    with pytest.raises(CacheError):
        again.words(["autre"])


@pytest.mark.parametrize("table", ["words", "source"])
@pytest.mark.parametrize(
    "statement",
    ["UPDATE {0} SET {0}='x'", "UPDATE {0} SET {0}=CAST({0} AS BLOB)", "DELETE FROM {0}"],
)
def test_spoilt_words_and_sources_are_not_trusted(folder, statement, table):
    """A bit of a row is enough to change the type of a value."""
    filled(folder)
    sql(folder, statement.format(table))
    again = store(folder)
    with pytest.raises(CacheError, match="recommencez"):
        again.words([digest(0)]) if table == "words" else again.source(digest(0))
    assert store(folder).find(at(0), STAMP) is None


def test_texts_are_recalled_until_others_are_remembered(folder):
    one = filled(folder)
    one.remember("x", {"a": "un", "b": "deux"})
    again = store(folder)
    assert again.recall("x", ["b", "a", "c"]) == {"a": "un", "b": "deux"}
    again.remember("x", {"b": "deux", "d": "trois"})
    assert store(folder).recall("x", ["a", "b", "d"]) == {"b": "deux", "d": "trois"}
    assert store(folder, "autre").recall("x", ["b"]) == {}


@pytest.mark.parametrize("text", ["'x'", "CAST(text AS BLOB)", "NULL"])
def test_a_spoilt_text_is_forgotten(folder, text):
    filled(folder).remember("x", {"a": "un", "b": "deux"})
    sql(folder, f"UPDATE kept SET text={text} WHERE key='a'")
    again = store(folder)
    assert again.recall("x", ["a", "b"]) == {"b": "deux"}
    again.remember("x", {"a": "un"})
    assert store(folder).recall("x", ["a"]) == {"a": "un"}


def test_what_is_recalled_is_not_written_again(folder):
    filled(folder).remember("x", {"a": "un", "b": "deux"})
    before = (folder / "corps.sqlite").read_bytes()
    again = store(folder)
    again.recall("x", ["a", "b"])
    again.remember("x", {"a": "un", "b": "deux"})
    again.close()
    assert (folder / "corps.sqlite").read_bytes() == before


def test_a_store_that_is_busy_is_left_alone(folder, monkeypatch):
    filled(folder, 2).close()
    other, connect = sqlite3.connect(folder / "corps.sqlite"), sqlite3.connect
    other.execute("BEGIN EXCLUSIVE")
    monkeypatch.setattr(sqlite3, "connect", lambda path, timeout: connect(path, timeout=0.05))
    assert store(folder).find(at(0), STAMP) is None
    other.close()
    assert store(folder).body(digest(1)) == body(1)


def test_a_cache_that_cannot_be_written_is_memory(tmp_path):
    file = tmp_path / "cache"
    file.write_text("un fichier à la place du dossier")
    one = store(file)
    one.put(record(), STAMP, body())
    one.keep([PATH])
    assert one.body(digest(0)) == body()
    assert one.find_digest(PATH, digest(0)) == record()
    assert file.read_text() == "un fichier à la place du dossier"


def test_a_full_disk_keeps_bodies_in_memory(folder, monkeypatch):
    one = filled(folder)

    def full(*args, **options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("portail_publication.records.atomic_write", full)
    monkeypatch.setattr(one._database, "connect", full)
    one.put(record(5), STAMP, body(5))
    one.keep([PATH])
    assert one.body(digest(5)) == body(5)


def forged(folder, segment):
    """A file of records that is right in every way, and whose segment of ``n0.md`` is another."""
    filled(folder)
    file = folder / "fiches.bin"
    first, _, rest = file.read_bytes().partition(b"\n")
    header = json.loads(first)
    segments, start = [], 0
    for length, _ in header["segments"]:
        segments.append(rest[start : start + length])
        start += length
    (number,) = [n for n, one in enumerate(segments) if b"n0.md" in one]
    segments[number] = segment
    header["segments"] = [(len(one), digest_bytes(one)) for one in segments]
    file.write_bytes(json.dumps(header).encode() + b"\n" + b"".join(segments))


class Hostile:
    """Pickles as a call of anything."""

    def __init__(self, function, *arguments):
        self.call = function, arguments

    def __reduce__(self):
        return self.call


def named(module, name, *arguments):
    """A pickle that calls ``module.name`` with texts."""
    texts = b"".join(b"\x8c" + bytes([len(one)]) + one for one in arguments)
    name_ = b"\x8c%c%b\x8c%c%b\x93" % (len(module), module.encode(), len(name), name.encode())
    return b"\x80\x04" + name_ + b"(" + texts + b"tR."


HOSTILE = {
    "system": lambda mark: pickle.dumps(Hostile(os.system, f"touch {mark}")),
    "exec": lambda mark: pickle.dumps(Hostile(exec, f"open({str(mark)!r}, 'w')")),
    "getattr": lambda mark: pickle.dumps(Hostile(getattr, mark, "touch")),
    "open": lambda mark: named("builtins", "open", str(mark).encode(), b"w"),
    "touch": lambda mark: pickle.dumps(Hostile(Path.touch, mark)),
    "path": lambda mark: pickle.dumps(mark),
    "imported": lambda mark: named("portail.model.vocabulary", "Path", b"/etc"),
    "method": lambda mark: named("portail.model.vocabulary", "Vocabularies.load"),
    "function": lambda mark: named("portail.model.vocabulary", "nearest", b"a", b"b"),
    "module": lambda mark: named("portail.model.vocabulary", "yaml"),
    "helper": lambda mark: named("portail_publication.records", "importlib"),
    "writer": lambda mark: named("portail_publication.records", "atomic_write"),
    "model": lambda mark: named("portail_publication.records", "_model", b"a", b"b", b"c"),
    "zone": lambda mark: named("portail_publication.records", "_zone", b"../../etc/passwd"),
    "absent": lambda mark: named("portail.model.inexistant", "X"),
    "absent feature": lambda mark: named("portail.features.inexistant.model", "X"),
    "in a feature": lambda mark: named("portail.features.kinds.lieux.model", "phrase", b"groupe"),
    "other": lambda mark: pickle.dumps(["pas des fiches"]),
    "wrong": lambda mark: pickle.dumps({"content/a.md": (1, 2, "pas une fiche")}),
}


@pytest.mark.parametrize("attack", sorted(HOSTILE))
def test_a_hostile_file_is_not_executed(folder, tmp_path, attack):
    mark = tmp_path / "execute"
    forged(folder, HOSTILE[attack](mark))
    again = store(folder)
    assert again.find(at(0), STAMP) is None
    again.put(record(0, at(0)), STAMP, body())
    again.keep([at(0)])
    assert store(folder).find(at(0), STAMP) == record(0, at(0))
    assert not mark.exists()


def test_a_class_that_is_only_named_is_refused_too(folder):
    """By its name, not by a checksum that the forger forgot: the same record of ours is read."""
    reducers = records._Reducers(records._PLAIN | records._named(ADMIT))
    right = record(0, at(0))
    wrong = replace(right, entry=Path)
    for one, found in ((right, right), (wrong, None)):
        forged(folder, records._dumped({str(at(0)): (tuple(STAMP), one)}, reducers))
        assert store(folder).find(at(0), STAMP) == found


def test_a_class_that_is_not_admitted_cannot_be_put(folder):
    one = store(folder)
    one.put(Loaded(PATH, "0" * 32, Interdit(slug="x"), None), STAMP, None)
    with pytest.raises(TypeError, match=r"\.Interdit cannot be kept in a record$"):
        one.keep([PATH])


def test_values_are_recalled_as_they_were(folder):
    value = ([1, "deux"], {PATH: record(0)}, folder, frozenset({Kind.EVENT}))
    filled(folder).remember("x", {"a": value, "b": "texte"})
    for verify in (False, True):
        again = store(folder, verify=verify)
        assert again.recall("x", ["a", "b"]) == {"a": value, "b": "texte"}


@pytest.mark.parametrize("verify", [False, True])
@pytest.mark.parametrize("change", ["text=replace(text, 'te', 'tE')", "seal=seal+1"])
def test_a_value_that_its_seal_does_not_hold_is_not_recalled(folder, change, verify):
    filled(folder).remember("x", {"a": "texte", "b": "autre"})
    sql(folder, f"UPDATE kept SET {change} WHERE key='a'")
    assert store(folder, verify=verify).recall("x", ["a", "b"]) == {"b": "autre"}


def test_a_stamp_alone_is_not_written_where_none_is_believed(folder):
    filled(folder)
    before = (folder / "fiches.bin").stat().st_mtime_ns
    again = store(folder, verify=True)
    again.put(again.find_digest(at(0), digest(0)), STAMP._replace(mtime_ns=5), None)
    again.keep([at(0)])
    assert (folder / "fiches.bin").stat().st_mtime_ns == before


@pytest.mark.parametrize(("front", "kept"), [("", True), ("titre: autre", False)])
def test_a_value_names_the_records_that_are_kept(folder, front, kept):
    """It is not kept twice, and stands as long as their fields do."""
    one = filled(folder)
    entry = one.find(at(0), STAMP).entry
    one.remember("x", {"a": (entry,)})
    assert str(entry.slug) not in str(sql(folder, "SELECT text FROM kept"))
    again = store(folder)
    again.put(replace(record(1, at(0)), entry=entry, front=front), STAMP, worded(1))
    assert again.recall("x", ["a"]).get("a") == ((entry,) if kept else None)


@pytest.mark.parametrize("attack", sorted(HOSTILE))
def test_hostile_values_are_not_executed(folder, tmp_path, attack):
    mark = tmp_path / "execute"
    data = HOSTILE[attack](mark)
    filled(folder).remember("x", {"a": "texte"})
    sql(folder, "UPDATE kept SET text=?, seal=?", data, checksum(data))
    assert type(store(folder).recall("x", ["a"])["a"]) in (list, dict, type(None))
    assert not mark.exists()


def test_a_value_that_has_no_place_is_not_kept(folder):
    filled(folder).remember("x", {"a": Interdit(slug="x")})
    assert store(folder).recall("x", ["a"]) == {}


def test_an_enum_is_written_the_same_by_every_python(folder, monkeypatch):
    """3.11.2 writes one as a call of ``getattr``, which a record may not hold."""
    filled(folder)
    written = (folder / "fiches.bin").read_bytes()
    for kind in (Etat, Kind):
        monkeypatch.setattr(
            kind, "__reduce_ex__", lambda one, protocol: (getattr, (type(one), one.name))
        )
    again = folder.with_name("autre")
    filled(again)
    assert (again / "fiches.bin").read_bytes() == written
    assert store(again).find(at(0), STAMP) == record(0, at(0))


def test_bodies_are_read_by_forked_processes(folder):
    one = filled(folder, 3)
    assert one.body(digest(0)) == body()
    for _ in range(3):
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                code = 7 if one.body(digest(2)) == body(2) else 2
            finally:
                os._exit(code)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
    assert one.body(digest(1)) == body(1)


def test_a_thousand_records_load_in_few_calls(folder):
    """None but those of one reading: nothing is done again for each of its neighbours."""
    filled(folder, 1000)
    assert calls(lambda: store(folder)) < 100 * 1000
    assert gc.isenabled()
    assert store(folder).find(at(999), STAMP) is not None


def test_open_store(folder):
    one = open_store(folder, "sel", verify=True)
    assert one.find(PATH, Stamp(1, OLD)) is None
    one.keep([])
    one.close()
