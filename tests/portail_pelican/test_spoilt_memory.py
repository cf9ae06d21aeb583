"""Rows of a memory changed by hand, their checksums too: nothing that they name is run, and the
next build ends in a site or in a sentence."""

import json
import random
import shutil
import sqlite3
from contextlib import closing, suppress

import pytest
from msgspec import msgpack

from plans import entry
from portail.memory import FILE, _seal
from projects import Project

pytestmark = [pytest.mark.site, pytest.mark.long]

ODD = ("piege", "piege.lance", "x", ".x.y", "", "\0", "portail.__main__", "portail.cli.main", 0, -1)
ODD += (2**40, None, True, 1.5, b"", b"\xff" * 7, [], ["piege", "lance", []], {})


def changed(chance, value):
    """``value`` with one of its leaves replaced, or taken away."""
    if isinstance(value, dict) and value and chance.random() < 0.95:
        key = chance.choice([*value])
        if chance.random() < 0.2:
            return {(chance.choice(ODD[:8]) if key is one else one): v for one, v in value.items()}
        return value | {key: changed(chance, value[key])}
    if isinstance(value, list) and value and chance.random() < 0.95:
        rank = chance.randrange(len(value))
        if chance.random() < 0.1:
            return value[:rank] + value[rank + 1 :]
        return [*value[:rank], changed(chance, value[rank]), *value[rank + 1 :]]
    if isinstance(value, str) and " " in value and chance.random() < 0.7:
        words = value.split(" ")
        words[chance.randrange(len(words))] = chance.choice(ODD[:6])
        return " ".join(words)
    return chance.choice(ODD)


def spoilt(chance, data):
    """The bytes of a row, changed as what they are: MessagePack, JSON, text, else bytes."""
    for read, write in (
        (msgpack.decode, msgpack.encode),
        (json.loads, lambda value: json.dumps(value).encode()),
        (bytes.decode, str.encode),
    ):
        try:
            value = read(data)
            return write(changed(chance, value))
        except (ValueError, TypeError):
            continue
    at = chance.randrange(len(data) or 1)
    return data[:at] + chance.randbytes(4) + data[at + 4 :]


def spoil(file, chance):
    """Change one row in three of the memory ``file``."""
    with closing(sqlite3.connect(file)) as connection, connection:
        rows = connection.execute("SELECT room, key, value FROM kept").fetchall()
        for room, key, value in rows:
            if not room or chance.random() < 2 / 3:
                continue
            data = spoilt(chance, value)
            connection.execute(
                "UPDATE kept SET value=?, seal=? WHERE room=? AND key=?",
                (data, _seal(room, key, data), room, key),
            )


def test_whatever_its_rows_say_nothing_of_them_is_run(tmp_path, monkeypatch, capfd):
    (tmp_path / "piege.py").write_text("open('piege', 'w')\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    project = Project(tmp_path)
    texts = {f"articles/a{rank}": entry("articles", titre=f"Texte {rank}") for rank in range(4)}
    texts |= {f"lieux/l{rank}": entry("lieux", titre=f"Lieu {rank}") for rank in range(4)}
    texts |= {f"events/e{rank}": entry("events", lieu=f"l{rank}") for rank in range(4)}
    project.write({f"content/{ref}.md": text for ref, text in texts.items()})
    project.build(SITEURL="https://c.exemple.org")
    memory = tmp_path / ".cache" / FILE
    shutil.copy(memory, tmp_path / f"garde-{FILE}")
    for seed in range(60):
        shutil.copy(tmp_path / f"garde-{FILE}", memory)
        spoil(memory, random.Random(seed))
        project.write({"content/articles/a0.md": entry("articles", f"Une phrase {seed}.")})
        capfd.readouterr()
        with suppress(SystemExit):  # a list without its calendar, as such a row says
            project.build(SITEURL="https://c.exemple.org")
        said = capfd.readouterr()
        assert "Traceback" not in said.out + said.err, seed
        assert not (tmp_path / "piege").exists(), seed
