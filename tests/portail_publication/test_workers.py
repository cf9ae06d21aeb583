"""The ordered map over processes: order, errors, deaths."""

import gc
import os
import signal
import time
from pathlib import Path

import pytest

from plans import entry
from portail_publication.workers import Begun, MapError, stream_forked


def map_forked(function, items, **means):
    """Every result, each beside its item."""
    found = list(stream_forked(function, items, **means))
    assert [item for item, _ in found] == [*items]
    return [result for _, result in found]


@pytest.mark.parametrize("workers", [0, 1, 2])
@pytest.mark.parametrize("count", [0, 1, 63, 1000])
@pytest.mark.parametrize("here", [False, True])
def test_results_are_in_order(workers, count, here):
    told = []
    means = {"workers": workers, "progress": told.append, "here": here}
    found = map_forked(lambda n: (n, n * n), range(count), **means)
    assert found == [(n, n * n) for n in range(count)]
    assert told == sorted(told)
    assert told[-1:] == ([count] if count else [])


def test_small_jobs_are_done_here():
    here = os.getpid()
    assert set(map_forked(lambda _: os.getpid(), range(63), workers=4)) == {here}
    assert here not in map_forked(lambda _: os.getpid(), range(64), workers=2)
    assert here not in map_forked(lambda _: os.getpid(), range(4), workers=2, threshold=4)


def test_this_process_works_too():
    """It takes what children send between two items: one of them sends more than a pipe holds."""

    def work(number):
        time.sleep(0.002)
        return os.getpid(), bytes(20_000)

    found = [pid for pid, _ in map_forked(work, range(200), workers=2, here=True)]
    assert len({*found}) == 2
    assert found[0] != os.getpid()


def test_slow_items_do_not_hold_the_others_up(tmp_path):
    """The first is done once most of the others are, which another process must do."""

    def work(number):
        end = time.monotonic() + 60
        while number == 0 and len([*tmp_path.iterdir()]) < 75 and time.monotonic() < end:
            time.sleep(0.01)
        (tmp_path / str(number)).touch()
        return os.getpid()

    pids = map_forked(work, range(100), workers=2)
    assert pids.count(pids[0]) < 30


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_while_the_others_are_made(tmp_path, workers):
    """The last waits until half of them are taken; those that failed are passed over."""
    taken = tmp_path / "moitie"

    def work(number):
        if number == 50:
            raise ValueError("mauvais")
        end = time.monotonic() + 60
        while number == 99 and not taken.exists() and time.monotonic() < end:
            time.sleep(0.01)
        return taken.exists()

    seen, found = [], stream_forked(work, range(100), workers)
    with pytest.raises(MapError, match="50 : ValueError: mauvais"):
        for number, half in found:
            seen.append((number, half))
            if number == 49:
                taken.touch()
    assert [number for number, _ in seen] == [n for n in range(100) if n != 50]
    assert seen[-1] == (99, True)


def test_children_end_with_a_stream_that_is_left(tmp_path):
    """However slow this process is: what they may do before it leaves is counted."""
    end = time.monotonic() + 60

    def work(number):
        time.sleep(0.001)
        while number > 300 and time.monotonic() < end:
            time.sleep(0.01)
        (tmp_path / str(number)).touch()
        return number

    stream = stream_forked(work, range(1000), 2)
    assert next(stream) == (0, 0)
    stream.close()
    done = len([*tmp_path.iterdir()])
    time.sleep(0.05)
    assert len([*tmp_path.iterdir()]) == done < 500


@pytest.mark.parametrize("workers", [1, 3])
def test_every_failure_is_told_with_its_item(workers):
    def work(number):
        if number % 10 == 3:
            raise ValueError(f"mauvais {number}")
        return number

    with pytest.raises(MapError) as caught:
        map_forked(work, range(120), workers=workers)
    failures = caught.value.failures
    assert [one.item for one in failures] == list(range(3, 120, 10))
    assert failures[0].error == "ValueError: mauvais 3"
    assert "in work" in failures[0].trace
    lines = str(caught.value).splitlines()
    assert lines[0] == "3 : ValueError: mauvais 3"
    assert lines[-1] == "… et 2 de plus"


@pytest.mark.parametrize("held", ["item", "entry", "ref"])
def test_what_fails_names_the_content_that_it_had_in_hand(tree, held):
    site = tree.site({"articles/nuit": entry("articles"), "articles/jour": entry("articles")})
    item = site.items["articles/nuit"]
    known = {"item": item, "entry": item.entry, "ref": "articles/nuit"}

    names = {}
    exec(f"def inside({held}): raise ValueError('non')", names)

    def work(path):
        ref = "articles/jour"
        return ref, names["inside"](known[held])

    with pytest.raises(MapError, match=r"agenda.txt : ValueError: non \(en dessinant .*nuit"):
        map_forked(work, ["agenda.txt"], workers=1)


def test_a_dead_child_is_told_and_the_others_finish():
    def work(number):
        if number == 70:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    with pytest.raises(MapError) as caught:
        map_forked(work, range(128), workers=2)
    failures = caught.value.failures
    assert 70 in [one.item for one in failures]
    assert {one.error for one in failures} == {
        "processus arrêté (signal 9 : la mémoire a sans doute manqué)"
    }
    assert len(failures) <= 8


def test_all_children_dead():
    with pytest.raises(MapError) as caught:
        map_forked(lambda _: os._exit(4), range(100), workers=2)
    assert len(caught.value.failures) == 100
    assert caught.value.failures[0].error == "processus arrêté (sortie 4, sortie 4)"


def test_a_result_that_cannot_be_sent():
    with pytest.raises(MapError, match="résultat intransmissible"):
        map_forked(lambda n: lambda: n, range(64), workers=2)


@pytest.fixture
def children(monkeypatch):
    """The processes that are forked during the test."""
    fork, pids = os.fork, []

    def counted():
        pid = fork()
        pids.append(pid)
        return pid

    monkeypatch.setattr(os, "fork", counted)
    return pids


def assert_gone(pids):
    for pid in pids:
        with pytest.raises(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)


def test_no_child_and_no_descriptor_is_left(children):
    descriptors = Path("/proc/self/fd") if Path("/proc/self/fd").is_dir() else Path("/dev/fd")
    before, handler = len(list(descriptors.iterdir())), signal.getsignal(signal.SIGTERM)
    map_forked(abs, range(200), workers=3)
    with pytest.raises(MapError):
        map_forked(lambda n: 1 // n, range(200), workers=3)
    assert len(children) == 6
    assert_gone(children)
    assert len(list(descriptors.iterdir())) == before
    assert gc.get_freeze_count() == 0 and gc.isenabled()
    assert signal.getsignal(signal.SIGTERM) is handler


def test_an_interruption_here_stops_the_children(children, tmp_path):
    def interrupt(done):
        raise KeyboardInterrupt

    def work(number):
        if number >= 5:
            time.sleep(60)
            (tmp_path / "fini").touch()
        return number

    with pytest.raises(KeyboardInterrupt):
        map_forked(work, range(64), workers=2, progress=interrupt)
    assert not (tmp_path / "fini").exists()
    assert len(children) == 2
    assert_gone(children)


def test_without_fork(monkeypatch):
    monkeypatch.delattr(os, "fork")
    assert set(map_forked(lambda _: os.getpid(), range(100), workers=4)) == {os.getpid()}


def test_fewer_processes_than_asked(monkeypatch):
    fork, calls = os.fork, []

    def limited():
        calls.append(1)
        if len(calls) > 1:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        return fork()

    monkeypatch.setattr(os, "fork", limited)
    assert map_forked(abs, range(100), workers=4) == list(range(100))
    assert len(calls) == 2


def test_work_that_is_begun_is_done_by_another_process_at_once(tmp_path):
    def work():
        (tmp_path / "fait").touch()
        return os.getpid(), bytes(200_000)  # more than a pipe holds

    begun = Begun(work)
    while not (tmp_path / "fait").exists():
        time.sleep(0.01)
    pid, data = begun()
    assert (pid != os.getpid(), len(data)) == (True, 200_000)


def test_work_that_is_begun_may_be_awaited_by_a_process_forked_since():
    begun, items = Begun(os.getpid), range(2)
    found = map_forked(lambda n: begun() if n else os.getpid(), items, workers=1 + 1, threshold=2)
    assert len({*found, os.getpid()}) == 3


def test_work_that_fails_elsewhere_fails_here():
    def work():
        raise LookupError(os.getpid())

    with pytest.raises(LookupError, match=str(os.getpid())):
        Begun(work)()


def test_a_process_whose_work_nobody_awaits_is_stopped(tmp_path):
    def work():
        (tmp_path / "qui").write_text(str(os.getpid()), encoding="ascii")
        time.sleep(60)

    begun, told = Begun(work), ""
    while not told:
        told = (tmp_path / "qui").read_text() if (tmp_path / "qui").exists() else ""
    del begun
    with pytest.raises(ProcessLookupError):
        os.kill(int(told), 0)


def test_a_process_that_nobody_hears_any_more_ends_without_a_word(capfd):
    reader, writer = os.pipe()
    begun = Begun(lambda: os.read(reader, 1))
    [(pipe, pid)] = begun._pool.pipes.items()
    os.close(pipe)
    begun._pool.pipes.clear()
    os.write(writer, b"x")
    os.waitpid(pid, 0)
    assert capfd.readouterr().err == ""
    os.close(reader)
    os.close(writer)
