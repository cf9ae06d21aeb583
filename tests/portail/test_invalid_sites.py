"""One failing mini-site per diagnostic code, and the page that explains it.

``tests/sites/invalides/<CODE>/`` holds the smallest ``content/`` that raises the code, and
``attendu.txt``, what a contributor reads then. What Git or Windows cannot carry is made here.
"""

from __future__ import annotations

import io
import re
import shutil
import socket
from collections.abc import Callable
from datetime import date
from functools import cache, partial
from pathlib import Path

import pytest
from PIL import Image

from doses import together
from pictures import shot_data
from portail.body import limits, render
from portail.cli.memory import MemoryStore
from portail.codes import all_codes
from portail.config import SiteConfig
from portail.day import Day
from portail.geo.territories import Geography
from portail.model.vocabulary import Vocabularies
from portail.pipeline import run
from portail.resources import data_dir
from portail.terminal.readable import one_line

ROOT = Path(__file__).resolve().parents[2]
SITES = ROOT / "tests" / "sites" / "invalides"
PAGES = ROOT / "docs" / "codes"
DAY = Day(date(2027, 9, 27), pinned=True)

ELSEWHERE = frozenset(
    "A135 E136 E137 E138 A141 E145 E146 E147 E148 E149 A147 A148 A149 E142 E174 E139 A140 A150 A151"
    " A152 E155 A155 E158 A158 E156 E157 A509 C519 E133 A160 E165 E166 E505 E506".split()
)
"""Codes raised beside the pipeline, on two folders or on what was rendered."""

HEAD = "---\ntitre: Essai\nresume: Un essai.\npublie_le: 2027-09-20\n---\n\n"
TEXT = HEAD + "Une phrase.\n"
MERGE = "<<<<<<< HEAD\nUne nuit.\n=======\nDeux nuits.\n>>>>>>> chouette\n"
Make = Callable[[Path, pytest.MonkeyPatch], None]


def text(name, content=TEXT):
    """A mini-site of one text."""

    def make(content_folder, patch):
        file = content_folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")

    return make


def media(name, data):
    """A mini-site of one joined file."""

    def make(content_folder, patch):
        (content_folder / "medias").mkdir(parents=True)
        (content_folder / "medias" / name).write_bytes(data())

    return make


def picture(form, size=(8, 8)):
    """Bytes of a small picture."""
    stream = io.BytesIO()
    Image.new("1", size).convert("L" if form == "JPEG" else "1").save(stream, form)
    return stream.getvalue()


def shot():
    """A photograph with the coordinates of its place."""
    stream = io.BytesIO()
    Image.new("L", (8, 8)).save(stream, "JPEG", exif=shot_data())
    return stream.getvalue()


def animation():
    """A GIF of 501 frames that all differ from the one before."""
    frames = [Image.new("L", (2, 2), rank % 2 * 255) for rank in range(501)]
    stream = io.BytesIO()
    frames[0].save(stream, "GIF", save_all=True, append_images=frames[1:])
    return stream.getvalue()


def symlink(content, patch):
    (content / "articles").mkdir(parents=True)
    (content / "articles" / "essai.md").symlink_to("/etc/hostname")


def same_name(content, patch):
    for name in ("Affiche.gif", "affiche.gif"):
        folder = content / "medias"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(picture("GIF"))


def unreadable(content, patch):
    """A socket: nobody can open it as a file, not even the superuser."""
    (content / "articles").mkdir(parents=True)
    patch.chdir(content / "articles")  # the address of a socket is short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("essai.md")


def slow(content, patch):
    text("articles/essai.md", HEAD + "Une *phrase*.\n\n" * 8_000)(content, patch)
    patch.setattr(limits, "SECONDS", 1e-6)


def distrusted(content, patch):
    """The second barrier, told that the first let something through."""
    text("articles/essai.md")(content, patch)
    patch.setattr(render, "sanitise", lambda html: (html, "<script>"))


MADE = {
    "A167": media("affiche.jpg", shot),
    "E108": text("articles/essai.md", HEAD.replace("Un essai.", "essai " * 13_000)),
    "E111": symlink,
    "E114": same_name,
    "E118": unreadable,
    "E119": text("articles/aux.md"),
    "E120": media("affiche.jpg", lambda: picture("PNG")),
    "E121": media("affiche.jpg", lambda: picture("JPEG") + bytes(5_100_000)),
    "E122": media("affiche.png", lambda: picture("PNG", (8_000, 6_000))),
    "E123": media("affiche.jpg", lambda: picture("JPEG")[:-40]),
    "E124": text("articles/es\u200bsai.md"),
    "E126": media("affiche.gif", animation),
    "E143": text("articles/essai.md", HEAD + MERGE),
    "E144": media("affiche.png", lambda: picture("PNG", (10, 16_384))),
    "E301": text("articles/essai.md", HEAD + "Une phrase.\n\n" * 16_000),
    "E302": text("articles/essai.md", HEAD + "Une phrase. " * 1_800),
    "E305": slow,
    "E325": distrusted,
}
"""Mini-sites that no commit could carry: huge, binary, with what Git or some systems refuse."""


@pytest.fixture(autouse=True)
def _tables_read_once(monkeypatch):
    """The reference data do not change from one mini-site to the next."""
    monkeypatch.setattr(Vocabularies, "load", lambda *folders: _lists())
    monkeypatch.setattr(Geography, "load", lambda data, region: _places(region))


_lists = cache(partial(Vocabularies.load, data_dir()))
_places = cache(partial(Geography.load, data_dir()))


def report(content):
    return run(content, data_dir(), SiteConfig(region="Hauts-de-France"), DAY, MemoryStore()).report


def copied(code, folder):
    """A copy of the mini-site of ``code``: its ``content/``."""
    shutil.copytree(SITES / code / "content", folder / "content")
    return folder / "content"


@pytest.mark.parametrize("code", [code for code in all_codes() if code not in ELSEWHERE])
def test_the_mini_site_says_exactly_this(code, tmp_path, monkeypatch):
    content = tmp_path / "content"
    if code in MADE:
        content.mkdir()
        MADE[code](content, monkeypatch)
    else:
        copied(code, tmp_path)
    # Their values are those of examples too.
    found = [item for item in report(content) if item.code in {*all_codes()} - {"A154"} | {code}]
    expected = (SITES / code / "attendu.txt").read_text(encoding="utf-8")
    assert "".join(one_line(item) + "\n" for item in found) == expected
    assert code in {item.code for item in found}


def sections(code):
    """Headings of a page and what follows each, « # » lines of examples left alone."""
    parts = {}
    heading, fenced = "", False
    for line in (PAGES / f"{code}.md").read_text(encoding="utf-8").splitlines(keepends=True):
        fenced ^= line.startswith("```")
        if line.startswith("#") and not fenced:
            heading = line.strip()
            parts[heading] = ""
        else:
            parts[heading] += line
    return parts


def example(code, heading):
    """The first block of a section of a page, if it is an example to paste."""
    block = re.match(
        r"[^`]*?```(?:yaml|markdown|json)\n(.*?)\n```\n", sections(code)[f"## {heading}"], re.DOTALL
    )
    return block[1] if block else None


PAIRS = [code for code in all_codes() if (PAGES / f"{code}.md").exists() and example(code, "Avant")]


@pytest.mark.parametrize("code", PAIRS)
def test_what_the_page_advises_mends_the_mini_site(code, tmp_path):
    before, after = example(code, "Avant"), example(code, "Après")
    assert before and after, f"{code}.md: an example without its other half"
    content = copied(code, tmp_path)
    texts = [*content.rglob("*.md"), *content.glob("*.yml"), *content.rglob("*.json")]
    holders = [file for file in sorted(texts) if before in read(file)]
    assert len(holders) == 1, f"{code}.md: its example is not that of the mini-site"
    holders[0].write_bytes(holders[0].read_bytes().replace(before.encode(), after.encode(), 1))
    left = [one_line(item) for item in report(content) if item.code[0] == "E" or item.code == code]
    assert not left


def read(file):
    return file.read_text(encoding="utf-8", errors="replace")


def test_every_code_has_its_page_and_its_mini_site():
    assert {file.stem for file in PAGES.glob("[EAC]*.md")} == set(all_codes())
    assert {folder.name for folder in SITES.iterdir()} == set(all_codes()) - set(ELSEWHERE)
    committed = {code for code in all_codes() if (SITES / code / "content").is_dir()}
    assert committed == set(all_codes()) - set(MADE) - set(ELSEWHERE)


@together(all_codes)
def test_a_page_says_what_why_and_what_to_write(code):
    parts = sections(code)
    assert list(parts) == [
        f"# {code} · {all_codes()[code].titre}",
        "## Avant",
        "## Après",
        "## Pourquoi",
    ]
    assert all(part.strip() for part in parts.values())
