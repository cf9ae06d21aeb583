"""What no tracked file may contain, and what no template or style sheet may load."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from checkout import ROOT
from doses import cases

TEXT = {".py", ".md", ".toml", ".yml", ".yaml", ".html", ".css", ".js", ".json", ".txt", ".xml"}
TEXT |= {".csv", ".svg", ".lock", ".cfg", ".ini", ".sh", ""}
VERBATIM = ("tests/sites/", "tests/data/fuzz/")
"""Files that are wrong on purpose."""

MARKERS = re.compile(r"^(<{7}|>{7}|\|{7}) ", re.MULTILINE)
SECRET = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")
SAFE = re.compile(r"\|\s*safe\b|\bMarkup\s*\(|\{%-?\s*autoescape\s+false")
INDEX = re.compile(r"^\s*--?(?:extra-)?(?:index-url|find-links|i|f)\b|file://", re.MULTILINE)
ADDRESS = re.compile(r"https?://[^\s\"']+")
PUBLIC = re.compile(r"https://[\w-]+(\.[\w-]+)*\.[a-z]{2,}/")

# Something a browser fetches by itself, from elsewhere: not a link that a reader follows.
REMOTE = r"""(?:https?:)?//"""
LOADS = {
    ".html": re.compile(
        rf"<(?:script|img|iframe|source|video|audio|embed|object|input|track|use|image)\b[^>]*?"
        rf"\b(?:src|srcset|data|poster|href)\s*=\s*[\"']?\s*{REMOTE}"
        rf"|<link\b(?![^>]*rel=[\"']?(?:canonical|license|alternate|author|me)\b)[^>]*?"
        rf"\bhref\s*=\s*[\"']?\s*{REMOTE}"
        rf"|url\(\s*[\"']?{REMOTE}",
        re.IGNORECASE,
    ),
    ".css": re.compile(rf"url\(\s*[\"']?{REMOTE}|@import\s+[\"']{REMOTE}", re.IGNORECASE),
    ".js": re.compile(
        rf"(?:\bfrom|\bimport|\bimport\(|\bfetch\(|\.src\s*=|\bnew\s+URL\(|\bsendBeacon\()"
        rf"\s*[\"'`]{REMOTE}",
        re.IGNORECASE,
    ),
}


@cache
def tracked():
    """Paths of the files Git knows, or of all of them in an unpacked archive."""
    if (ROOT / ".git").exists():
        done = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
        )
        names = [name for name in done.stdout.split("\0") if name]
    else:
        names = [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if path.is_file()]
    hidden = (".venv/", ".cache/", "output/")
    return tuple(sorted(n for n in names if (ROOT / n).is_file() and not n.startswith(hidden)))


def test_no_link_is_tracked():
    """A link to an environment would take the place of the real one wherever it is checked out."""
    if (ROOT / ".git").exists():
        done = subprocess.run(
            ["git", "ls-files", "-s"], cwd=ROOT, capture_output=True, check=True, text=True
        )
        assert [line for line in done.stdout.splitlines() if line.startswith("120000")] == []


def texts(prefix="", suffixes=TEXT):
    """(path, text) of the tracked text files below `prefix`, in a package too."""
    for name in tracked():
        if (
            re.sub(r"^plugins/portail_\w+/(?=theme/)", "", name).startswith(prefix)
            and Path(name).suffix in suffixes
        ):
            yield name, (ROOT / name).read_text(encoding="utf-8", errors="replace")


def hits(pattern, files):
    """``path:line: text`` for each match."""
    return [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {match.group()[:120]}"
        for name, text in files
        for match in pattern.finditer(text)
    ]


@pytest.mark.parametrize("pattern", [MARKERS, SECRET], ids=["conflict", "secret"])
def test_nothing_forgotten_in_a_file(pattern):
    files = ((n, t) for n, t in texts() if n != "tests/test_hygiene.py")
    assert hits(pattern, files) == []


def test_files_are_utf8_with_plain_newlines():
    wrong = []
    for name in tracked():
        if Path(name).suffix in TEXT and not name.startswith(VERBATIM):
            content = (ROOT / name).read_bytes()
            try:
                content.decode("utf-8")
            except UnicodeDecodeError:
                wrong.append(f"{name}: not UTF-8")
            if b"\r" in content or content.startswith(b"\xef\xbb\xbf"):
                wrong.append(f"{name}: carriage return or byte order mark")
            if content and not content.endswith(b"\n"):
                wrong.append(f"{name}: no newline at the end")
    assert not wrong, "\n".join(wrong)


def test_no_test_is_in_a_folder_that_is_left_out(pytestconfig):
    files = [
        Path(name)
        for name in tracked()
        if re.fullmatch(r"(plugins/\w+/)?tests/(.+/)?test_\w+\.py", name)
    ]
    left = pytestconfig.getini("norecursedirs")
    assert len(files) > 500
    assert not [path for path in files for part in path.parts if any(map(Path(part).match, left))]


def test_no_template_switches_escaping_off():
    assert hits(SAFE, texts("theme/templates/")) == []


@cases("suffix", sorted(LOADS))
def test_the_theme_loads_nothing_from_elsewhere(suffix):
    assert hits(LOADS[suffix], texts("theme/", {suffix})) == []


def test_the_lock_names_the_public_index_only():
    names = ["uv.lock", *(name for name in tracked() if re.fullmatch(r"requirements.*\.txt", name))]
    for name in names:
        text = (ROOT / name).read_text(encoding="utf-8")
        assert INDEX.search(text) is None, name
        assert [url for url in ADDRESS.findall(text) if not PUBLIC.match(url)] == []


def test_no_step_of_a_workflow_keeps_the_key_of_the_checkout():
    """What else they may do is told by ``test_workflows.py``."""
    workflows = dict(texts(".github/workflows/", {".yml", ".yaml"}))
    assert workflows
    for name, text in workflows.items():
        assert text.count("persist-credentials: false") == text.count("actions/checkout@"), name
