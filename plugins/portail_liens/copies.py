"""The sources of a harvest are asked side by side, and what each last sent is kept: one that says
that nothing has changed is read from there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import as_completed
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from portail.cli.arguments import Manner
from portail.files import atomic_write, bytes_in
from portail.text.addresses import address_parts

from .fetching import FILE_BYTES, NONE, Fetcher, NotFetched, Validators, side_by_side

# The name by which a ``robots.txt`` may speak of a harvest.
NAME = "Portail-moisson"
_MOST_HEADER = 500


class Answer(NamedTuple):
    """What a source sent; else why there is nothing, a French sentence."""

    key: str
    data: bytes
    trouble: str = ""


class _Copy(msgspec.Struct):
    """The first line of the file of a copy, whose bytes follow."""

    address: str
    etag: str
    modified: str


def ask(addresses: Mapping[str, str], folder: Path, manner: Manner) -> Iterator[Answer]:
    """The answer of each address, by its key, as they come; copies are kept in ``folder``."""
    with side_by_side(manner, NAME) as (fetcher, pool):
        # In the order of the list on each host: one that says to wait is not asked for the rest.
        by_host: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for key, address in addresses.items():
            by_host[address_parts(address).netloc].append((key, address))
        tasks = [pool.submit(_answers, rows, folder, fetcher) for rows in by_host.values()]
        for task in as_completed(tasks):
            yield from task.result()


def _answers(rows: Iterable[tuple[str, str]], folder: Path, fetcher: Fetcher) -> list[Answer]:
    return [_answer(key, address, folder / key, fetcher) for key, address in rows]


def _answer(key: str, address: str, file: Path, fetcher: Fetcher) -> Answer:
    header, kept = _read(file, address)
    validators = Validators(header.etag, header.modified) if header else NONE
    try:
        fetched = fetcher.fetch(address, FILE_BYTES, validators)
    except NotFetched as error:
        return Answer(key, b"", str(error))
    if fetched.body is None:
        return Answer(key, kept)
    etag, modified = (text[:_MOST_HEADER] for text in fetched.validators)
    line = msgspec.json.encode(_Copy(address, etag, modified))
    with suppress(OSError):  # a copy only spares the source: the harvest goes on without it
        atomic_write(file, line + b"\n" + fetched.body, durable=False)
    return Answer(key, fetched.body)


def _read(file: Path, address: str) -> tuple[_Copy | None, bytes]:
    line, _, body = (bytes_in(file) or b"").partition(b"\n")
    with suppress(msgspec.MsgspecError, ValueError):
        copy = msgspec.json.decode(line, type=_Copy)
        if copy.address == address:
            return (copy, body)
        return (None, b"")
    return None, b""
