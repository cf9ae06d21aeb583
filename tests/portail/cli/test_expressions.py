"""What ``re`` makes of patterns is kept: the same expressions, and none that a file that is spoilt
or of another Python says."""

import re
import subprocess
import sys
from re import _compiler

import pytest

from portail.cli import expressions
from portail.cli.expressions import Expressions

PATTERNS = (
    (r"(?P<jour>\d\d)/(?P<mois>\d\d)", re.IGNORECASE),
    (r"(?<=é)[^\W_]{2,}|(?i:Été)\b", 0),
    (b"[a-z]+(x)?", re.MULTILINE),
    ("[\U0001f300-\U0001faff«]", 0),
)
TEXT = "Le 03/04, l’été, ÉTÉ, étage ; 🌕 abcx"


@pytest.fixture
def used(tmp_path, monkeypatch):
    """A table of a command; how many patterns Python itself compiled."""
    compiled = []
    python, engine = _compiler.compile, _compiler._sre

    def run(pattern, flags=0):
        compiled.append(pattern)
        return python(pattern, flags)

    def start():
        compiled.clear()
        re.purge()
        monkeypatch.setattr(_compiler, "compile", run)
        monkeypatch.setattr(_compiler, "_sre", engine)
        one = Expressions(tmp_path)
        one.use()
        return one, compiled

    return start


def found(pattern, flags):
    one = re.compile(pattern, flags)
    text = TEXT.encode() if isinstance(pattern, bytes) else TEXT
    rows = [(match.span(), match.groups(), match.groupdict()) for match in one.finditer(text)]
    return one.flags, one.groups, dict(one.groupindex), rows


def test_what_is_kept_finds_the_same_and_is_not_compiled(used):
    expected = [found(*one) for one in PATTERNS]
    for again in (False, True):
        one, compiled = used()
        assert [found(*each) for each in PATTERNS] == expected
        assert [*compiled] == ([] if again else [pattern for pattern, _ in PATTERNS])
        one.keep()


@pytest.mark.parametrize("damage", [b"", b"1\n", "flip", "version"])
def test_a_file_that_is_spoilt_or_of_another_python_is_not_believed(
    used, tmp_path, damage, monkeypatch
):
    one, _ = used()
    expected = [found(*each) for each in PATTERNS]
    one.keep()
    (file,) = tmp_path.iterdir()
    data = bytearray(file.read_bytes())
    if damage == "version":
        monkeypatch.setattr(expressions, "_FORMAT", 0)
    elif damage == "flip":
        data[-40] ^= 1
        file.write_bytes(data)
    else:
        file.write_bytes(damage)
    one, compiled = used()
    assert [found(*each) for each in PATTERNS] == expected
    assert len(compiled) == len(PATTERNS)
    one.keep()
    _, compiled = used()
    assert [found(*each) for each in PATTERNS] == expected and not compiled


def test_a_faulty_pattern_is_still_told(used):
    used()
    with pytest.raises(re.error, match="unterminated"):
        re.compile("[a")


def test_little_is_not_written_again(used, tmp_path, monkeypatch):
    monkeypatch.setattr(expressions, "_MANY", 2)
    one, _ = used()
    for pattern, flags in PATTERNS:
        re.compile(pattern, flags)
    one.keep()
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    one, _ = used()
    re.compile("une de plus")
    one.keep()
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_nothing_is_written_where_there_is_no_cache(tmp_path):
    one = Expressions(tmp_path / "absent")
    one._new = {("a", 0): ()}
    one.keep()
    assert not [*tmp_path.iterdir()]


def test_pelican_does_without_what_no_portal_needs_until_it_is_asked():
    code = """
import sys
import portail_pelican, pelican.readers, pelican.utils, pelican.writers
there = {"docutils", "PIL", "feedgenerator", "watchfiles", "dateutil"} & {*sys.modules}
assert not there, there
import docutils.core
assert pelican.readers.docutils.core is docutils.core
assert pelican.utils.dateutil.parser.parse("2021-01-02").day == 2
import feedgenerator
feed = pelican.writers.Atom1Feed(title="a", link="b", description="c")
assert type(feed) is feedgenerator.Atom1Feed
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
