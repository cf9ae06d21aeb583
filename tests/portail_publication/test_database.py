"""A database that is thrown away when it is foreign, and not when it is busy."""

import os
import sqlite3

import pytest

from portail_publication.store import Database

TABLES = "CREATE TABLE mot(texte TEXT)"


def words(database):
    return [text for (text,) in database.connect().execute("SELECT texte FROM mot")]


def filled(path, tag="1"):
    database = Database(path, TABLES, tag)
    with database.connect() as connection:
        connection.execute("INSERT INTO mot VALUES('un')")
    return database


def test_the_same_tag_finds_the_same_rows(tmp_path):
    filled(tmp_path / "a/b.sqlite").close()
    assert words(Database(tmp_path / "a/b.sqlite", TABLES, "1")) == ["un"]
    assert words(Database(tmp_path / "a/b.sqlite", TABLES, "2")) == []
    assert words(Database(tmp_path / "a/b.sqlite", TABLES, "1")) == []


@pytest.mark.parametrize("content", [b"", b"texte" * 999, b"SQLite format 3\0" + b"x" * 99])
def test_foreign_files_are_replaced(tmp_path, content):
    path = tmp_path / "b.sqlite"
    path.write_bytes(content)
    assert words(filled(path)) == ["un"]


def test_another_database_is_replaced(tmp_path):
    path = tmp_path / "b.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE tag(autre TEXT)")
    connection.close()
    assert words(filled(path)) == ["un"]


def test_a_busy_file_is_left_alone(tmp_path, monkeypatch):
    filled(tmp_path / "b.sqlite").close()
    inode = (tmp_path / "b.sqlite").stat().st_ino
    other = sqlite3.connect(tmp_path / "b.sqlite")
    other.execute("BEGIN EXCLUSIVE")
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path, timeout: connect(path, timeout=0.05))
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        Database(tmp_path / "b.sqlite", TABLES, "1").connect()
    other.close()
    assert (tmp_path / "b.sqlite").stat().st_ino == inode
    assert words(Database(tmp_path / "b.sqlite", TABLES, "1")) == ["un"]


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "a").write_text("")
    with pytest.raises(OSError, match="exists"):
        Database(tmp_path / "a/b.sqlite", TABLES, "1").connect()


def test_a_forked_process_has_its_own_connection(tmp_path):
    database = filled(tmp_path / "b.sqlite")
    mine = database.connect()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            code = 7 if database.connect() is not mine and words(database) == ["un"] else 2
            database.close()
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
    assert database.connect() is mine
    assert words(database) == ["un"]
    database.discard()
    assert not (tmp_path / "b.sqlite").exists()
    assert words(database) == []
