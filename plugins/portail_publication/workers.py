"""A map over forked processes, for what is long and has no side effect in memory."""

from __future__ import annotations

import ctypes
import os
import pickle
import select
import selectors
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from itertools import chain
from typing import Any, Generic, NamedTuple, NoReturn, TypeVar

from portail.diagnostics import PlanError, PortailError
from portail.machine import KILLED, reason_of, refused
from portail.model.entry import Entry
from portail.outputs.base import TemplatePage
from portail.resources import frozen_gc
from portail.site.greffons import blamed
from portail.site.item import Item

_PR_SET_PDEATHSIG = 1


@contextmanager
def sigterm_unwinds() -> Iterator[None]:
    """SIGTERM raises ``SystemExit`` inside, so that ``finally`` blocks stop the children."""
    main = threading.current_thread() is threading.main_thread()
    if not main or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return

    def leave(number: int, frame: object) -> NoReturn:
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def death_of_parent() -> Callable[[], object]:
    """A function that a child calls to be killed with its parent: Linux's ``prctl``, looked up
    before forking. Elsewhere it does nothing, and children stop at their next batch."""
    with suppress(OSError, AttributeError):
        if sys.platform == "linux":
            return partial(ctypes.CDLL(None).prctl, _PR_SET_PDEATHSIG, signal.SIGKILL)
    return lambda: None


def cores() -> int:
    """How many cores this process may use; all of them where the system does not say (macOS)."""
    allowed = getattr(os, "sched_getaffinity", None)
    if allowed:
        return len(allowed(0))
    return os.cpu_count() or 1


Given = TypeVar("Given")
Result = TypeVar("Result")

_MAX_BATCHES = 1024  # 4 bytes each: fits the smallest pipe of Linux, so writing never blocks
_SHOWN = 10


class Failure(NamedTuple):
    item: object
    error: str
    trace: str = ""
    # What the machine refused, when the item is not at fault.
    refusal: Exception | None = None


class MapError(PlanError):
    """Items that failed, all of them, in ``failures``."""

    def __init__(self, failures: Sequence[Failure], *head: str) -> None:
        self.failures = tuple(failures)
        causes: dict[str, list[object]] = {}
        for failure in self.failures:
            causes.setdefault(failure.error, []).append(failure.item)
        lines = [*head]
        lines += [_cause(error, items) for error, items in [*causes.items()][:_SHOWN]]
        hidden = len(causes) - _SHOWN
        if hidden > 0:
            lines.append(f"… et {hidden} de plus")
        super().__init__("\n".join(lines))


def _cause(error: str, items: Sequence[object]) -> str:
    if len(items) == 1:
        return f"{items[0]} : {error}"
    noun = "pages" if all(str(item).endswith(".html") for item in items) else "fichiers"
    return f"{error} ({len(items)} {noun}, dont {items[0]})"


def stream_forked(
    function: Callable[[Given], Result],
    items: Sequence[Given],
    workers: int,
    threshold: int = 64,
    progress: Callable[[int], None] | None = None,
    *,
    here: bool = False,
) -> Iterator[tuple[Given, Result]]:
    """Each of ``items`` with the result of ``function`` for it, in their order, as soon as it can
    be; those that fail are passed over.

    Over ``workers`` processes from ``threshold`` items on; results are pickled. With ``here`` this
    process is one of the workers. Raises ``MapError`` with every item that failed, or whose process
    died.
    """
    if workers > 1 and len(items) >= max(threshold, 2) and hasattr(os, "fork"):
        rows = _Pool(function, items, min(workers, len(items)), progress, here).run()
    else:
        rows = (_attempt(function, item, progress, done) for done, item in enumerate(items, 1))
    failures = []
    for item, row in zip(items, rows, strict=True):
        if row[0]:
            yield item, row[1]
        else:
            failures.append(Failure(item, *row[1]))
    if refusal := next((failure.refusal for failure in failures if failure.refusal), None):
        raise refusal
    if failures:
        raise MapError(failures)


class Begun(Generic[Result]):
    """The result of ``work``, which another process works out meanwhile."""

    def __init__(self, work: Callable[[], Result]) -> None:
        self._work = work
        self._pool = _Pool(lambda work: work(), [work], 1, None, here=False)
        self._pool.start()

    @property
    def ready(self) -> bool:
        """Whether it waits for who asks for it."""
        return bool(select.select([*self._pool.pipes], [], [], 0)[0])

    def __call__(self) -> Result:
        [(done, result)] = self._pool.run()
        return result if done else self._work()

    def __del__(self) -> None:
        self._pool.stop()


# (True, result) or (False, (error, traceback)).
_Row = tuple[bool, Any]


def _attempt(
    function: Callable[[Any], Any],
    item: object,
    progress: Callable[[int], None] | None = None,
    done: int = 0,
) -> _Row:
    try:
        row: _Row = True, function(item)
    except Exception as error:
        sentence = blamed(error)
        refusal = error if not sentence and refused(error) else None
        if not sentence and isinstance(error, OSError):
            sentence = reason_of(error)
        if not sentence:
            ours = isinstance(error, PortailError)  # a sentence
            sentence = str(error) if ours else f"{type(error).__name__}: {error}{_in_hand(error)}"
        row = False, (sentence, traceback.format_exc(), refusal)
    if progress:
        progress(done)
    return row


def _in_hand(error: Exception) -> str:
    # The content that the innermost function had in hand, were it by its reference.
    named: object = ""
    trace = error.__traceback__
    while trace:
        held = trace.tb_frame.f_locals
        named = held.get("ref") or named
        for value in held.values():
            entry = value.entry if isinstance(value, Item) else value
            if isinstance(entry, Entry | TemplatePage):
                named = entry.source or named
        trace = trace.tb_next
    if named:
        return f" (en dessinant {named})"
    return ""


class _Pool:
    """A run of forked processes; batches are handed out through a pipe that every child reads."""

    def __init__(
        self,
        function: Callable[[Any], Any],
        items: Sequence[Any],
        workers: int,
        progress: Callable[[int], None] | None,
        here: bool,
    ) -> None:
        self.function = function
        self.items = items
        self.workers = workers
        self.progress = progress
        self.here = here
        fair = len(items) // (workers * 32)
        self.size = max(1, min(fair, 64), -(-len(items) // _MAX_BATCHES))
        self.rows: dict[int, _Row] = {}  # those that wait for one before them
        self.done = self.given = 0
        self.pipes: dict[int, int] = {}  # result pipe → pid
        self.deaths: list[str] = []
        self.tokens = -1

    def start(self) -> None:
        self.tokens, giver = os.pipe()
        # The first batch, which may be the longest, is for a child: meanwhile it holds no one.
        starts = range(self.size, len(self.items), self.size)
        os.write(giver, b"".join(start.to_bytes(4, "big") for start in starts))
        os.close(giver)
        _flush()
        with frozen_gc():
            self._fork(self.tokens)

    def run(self) -> Iterator[_Row]:
        try:
            with frozen_gc(), sigterm_unwinds():
                if self.tokens < 0:
                    self.start()
                yield from self._gather(self.tokens)
        finally:
            self.stop()
        lost = False, (f"processus arrêté ({', '.join(self.deaths) or 'sans raison dite'})", "")
        for index in range(self.given, len(self.items)):
            yield self.rows.pop(index, lost)

    def _fork(self, tokens: int) -> None:
        parent = os.getpid()
        follow = death_of_parent()
        for _ in range(self.workers - self.here):
            reader, writer = os.pipe()
            # A signal between the fork and the child's own handlers would unwind both.
            mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
            try:
                pid = os.fork()
                if pid == 0:
                    for inherited in (*self.pipes, reader):
                        os.close(inherited)
                    first = () if self.pipes else (0,)
                    self._child(parent, follow, chain(first, _starts(tokens)), writer)
                os.close(writer)
                self.pipes[reader] = pid
            except OSError:
                os.close(reader)
                os.close(writer)
                if not self.pipes:
                    raise
                return  # fewer processes than asked, the work is the same
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, mask)

    def _child(
        self, parent: int, follow: Callable[[], object], starts: Iterable[int], writer: int
    ) -> NoReturn:
        status = 1
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
            follow()
            for start in starts:
                if os.getppid() != parent:
                    break
                batch = self.items[start : start + self.size]
                _send(writer, start, [_attempt(self.function, item) for item in batch])
            status = 0
        except BrokenPipeError:
            pass  # nobody waits for it any more
        except BaseException:
            traceback.print_exc()
        finally:
            _flush()
            os._exit(status)

    def _gather(self, tokens: int) -> Iterator[_Row]:
        with selectors.DefaultSelector() as selector:
            for reader in self.pipes:
                selector.register(reader, selectors.EVENT_READ, bytearray())
            if self.here:
                for start in _starts(tokens):
                    for rank, item in enumerate(self.items[start : start + self.size], start):
                        yield from self._put(rank, [_attempt(self.function, item)])
                        # Or children would wait: pipes are small.
                        yield from self._hear(selector, 0)
            while self.pipes:
                yield from self._hear(selector)

    def _hear(
        self, selector: selectors.BaseSelector, seconds: float | None = None
    ) -> Iterator[_Row]:
        for key, _ in selector.select(seconds):
            data = os.read(key.fd, 1 << 18)
            key.data.extend(data)
            if data:
                yield from self._take(key.data)
            else:
                selector.unregister(key.fd)
                self._bury(key.fd)

    def _take(self, buffer: bytearray) -> Iterator[_Row]:
        # Take every whole frame out of ``buffer``; give the rows whose turn it is.
        while len(buffer) >= 8 and len(buffer) >= (end := 8 + int.from_bytes(buffer[:8], "big")):
            start, rows = pickle.loads(bytes(buffer[8:end]))  # noqa: S301 - our own child's
            del buffer[:end]
            yield from self._put(start, rows)

    def _put(self, start: int, rows: Sequence[_Row]) -> Iterator[_Row]:
        self.rows.update(enumerate(rows, start))
        self.done += len(rows)
        if self.progress:
            self.progress(self.done)
        while self.given in self.rows:
            self.given += 1
            yield self.rows.pop(self.given - 1)

    def _bury(self, reader: int) -> None:
        os.close(reader)
        pid = self.pipes.pop(reader)
        status = 0
        with suppress(ChildProcessError):  # that of another process, as this one was forked since
            _, status = os.waitpid(pid, 0)
        if code := os.waitstatus_to_exitcode(status):
            outcome = f"signal {-code}" if code < 0 else f"sortie {code}"
            self.deaths.append(KILLED if code == -signal.SIGKILL else outcome)

    def stop(self) -> None:
        if self.tokens >= 0:
            os.close(self.tokens)
            self.tokens = -1
        for reader, pid in self.pipes.items():
            os.close(reader)
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)
        self.pipes.clear()


def _starts(tokens: int) -> Iterator[int]:
    while token := os.read(tokens, 4):
        yield int.from_bytes(token, "big")


def _flush() -> None:
    with suppress(Exception):  # closed, or absent
        sys.stdout.flush()
        sys.stderr.flush()


def _send(writer: int, start: int, rows: list[_Row]) -> None:
    try:
        payload = pickle.dumps((start, rows), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        text = f"résultat intransmissible ({type(error).__name__}: {error})"
        why = text, traceback.format_exc()
        payload = pickle.dumps((start, [(False, why)] * len(rows)))
    with memoryview(len(payload).to_bytes(8, "big") + payload) as frame:
        sent = 0
        while sent < len(frame):
            sent += os.write(writer, frame[sent:])
