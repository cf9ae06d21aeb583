"""One failing mini-site per diagnostic code, and what explains it.

``tests/sites/invalides/<CODE>/`` holds the smallest ``content/`` that raises the code, and
``attendu.txt``, what a contributor reads then. What Git or Windows cannot carry is made here.
"""

import re
import shutil
import socket
from datetime import date
from pathlib import Path

import pytest

from checkout import ROOT
from doses import together
from pictures import gif_of_frames, picture, png, shot_data
from plans import result_of, write
from portail.body import limits, render
from portail.cli.explanations import explanation, page_of
from portail.codes import all_codes
from portail.config import SiteConfig
from portail.day import Day
from portail.resources import rows
from portail.site import draft
from portail.source.document import split
from portail.terminal.readable import one_line

DAY = Day(date(2027, 9, 27), pinned=True)

SITES = ROOT / "tests/sites/invalides"
OURS = {
    code: row for code, row in all_codes().items() if not row.explication or (SITES / code).is_dir()
}
"""Those of the core, and of packages those that have a mini-site."""

ELSEWHERE = frozenset(
    "A150 A151 A152 C522 E156 E157 A509 C519 E133 A160 E165 E166 E505 E506 A522 A523 A169".split()
)
"""Codes raised beside the pipeline, on two folders or on what was rendered."""

HEAD = "---\ntitre: Essai\nresume: Un essai.\npublie_le: 2027-09-20\n---\n\n"
TEXT = HEAD + "Une phrase.\n"
MERGE = "<<<<<<< HEAD\nUne nuit.\n=======\nDeux nuits.\n>>>>>>> chouette\n"
ESSAI = "articles/essai.md"


FAULTY = """
def faulty(text, path):
    return split(text, path) if path.stem == "autre" else int("#")
"""
"""A mistake of ours in what reads one of two files."""

MADE = {
    "C175": {ESSAI: TEXT, "articles/.essai.md.swp": "x", "articles/essai.md~": TEXT},
    "E175": {"articles/.essai.md": TEXT},
    "C168": {"medias/releve.csv": "jour;vent\n1;=HYPERLINK(A1)\n"},
    "A167": {"medias/affiche.jpg": picture("JPEG", exif=shot_data())},
    "E108": {ESSAI: HEAD.replace("Un essai.", "essai " * 13_000)},
    "E111": {},
    "E114": {f"medias/{name}.gif": picture("GIF") for name in ("Affiche", "affiche")},
    "E118": {},
    "E119": {"articles/aux.md": TEXT},
    "E120": {"medias/affiche.jpg": picture("PNG")},
    "E121": {"medias/affiche.jpg": picture("JPEG") + bytes(5_100_000)},
    "E122": {"medias/affiche.png": png(8_000, 6_000, rows=1)},
    "E123": {"medias/affiche.jpg": picture("JPEG")[:-40]},
    "E124": {"articles/es\u200bsai.md": TEXT},
    "E159": {ESSAI: TEXT, "newsletters/.gitignore": "*.html\n"},
    "E126": {"medias/affiche.gif": gif_of_frames(501)},
    "E143": {ESSAI: HEAD + MERGE},
    "E144": {"medias/affiche.png": png(10, 16_384)},
    "E161": {ESSAI: TEXT, "articles/autre.md": HEAD + "[Ici](#nulle-part).\n"},
    "E301": {ESSAI: HEAD + "Une phrase.\n\n" * 16_000},
    "E302": {ESSAI: HEAD + "Une phrase. " * 1_800},
    "E305": {ESSAI: HEAD + "Une *phrase*.\n\n" * 8_000},
    "E325": {ESSAI: TEXT},
}
"""Mini-sites that no commit could carry: huge, binary, with what Git or some systems refuse."""


def report(content):
    return result_of(content, SiteConfig(region="Hauts-de-France"), DAY).report


def copied(code, folder):
    """A copy of the mini-site of ``code``: its ``content/``, and its kinds if it has some."""
    shutil.copytree(SITES / code, folder, dirs_exist_ok=True)
    return folder / "content"


def besides(code, content, monkeypatch):
    """What is not the bytes of a file."""
    if code in ("E111", "E118"):
        (content / "articles").mkdir(parents=True)
        monkeypatch.chdir(content / "articles")  # the address of a socket is short
    if code == "E111":
        Path("essai.md").symlink_to("/etc/hostname")
    elif code == "E118":  # nobody can open a socket as a file, not even the superuser
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("essai.md")
    elif code == "E305":
        monkeypatch.setattr(limits, "SECONDS", 1e-6)
    elif code == "E161":
        names = {"split": split}
        exec(compile(FAULTY, "lecture.py", "exec"), names)
        monkeypatch.setattr(draft, "split", names["faulty"])
    elif code == "E325":  # the second barrier, told that the first let something through
        monkeypatch.setattr(render, "sanitise", lambda html: (html, "<script>"))


@pytest.mark.parametrize("code", [code for code in OURS if code not in ELSEWHERE])
def test_the_mini_site_says_exactly_this(code, tmp_path, monkeypatch):
    if code in MADE:
        content = write(tmp_path, MADE[code])
        besides(code, content, monkeypatch)
    else:
        content = copied(code, tmp_path)
    # Their values are those of examples too.
    found = [item for item in report(content) if item.code in {*all_codes()} - {"A154"} | {code}]
    expected = (SITES / code / "attendu.txt").read_text(encoding="utf-8")
    assert "".join(one_line(item) + "\n" for item in found) == expected
    assert code in {item.code for item in found}


def shown(code):
    """Whether the example of a code is lines of a file of its mini-site, not names of files."""
    example = explanation(code).exemple
    return example and code not in MADE and "content/" not in example.split("\n")[0]


PAIRS = [code for code in OURS if code not in ELSEWHERE and shown(code)]


@pytest.mark.parametrize("code", PAIRS)
def test_what_the_page_advises_mends_the_mini_site(code, tmp_path):
    example = explanation(code)
    content = copied(code, tmp_path)
    endings = ("*.md", "*.yml", "*.html", "*.py")
    texts = [file for ending in endings for file in tmp_path.rglob(ending)]
    holders = [file for file in sorted(texts) if example.wrong in read(file)]
    assert len(holders) == 1, f"{code}: its example is not that of the mini-site"
    mended = holders[0].read_bytes().replace(example.wrong.encode(), example.right.encode(), 1)
    holders[0].write_bytes(mended)
    left = [one_line(item) for item in report(content) if item.code[0] == "E" or item.code == code]
    assert not left


def read(file):
    return file.read_text(encoding="utf-8", errors="replace")


def test_every_code_has_its_mini_site_and_is_explained():
    assert rows("explications").keys() == {code for code in OURS if not OURS[code].explication}
    assert {folder.name for folder in SITES.iterdir()} == {*OURS} - ELSEWHERE
    committed = {code for code in OURS if (SITES / code / "content").is_dir()}
    assert committed == {*OURS} - {*MADE} - ELSEWHERE


@together(all_codes)
def test_a_page_is_short_and_leaves_nothing_to_fill(code):
    more = explanation(code)
    assert len(re.findall(r"\w[^ ]*", more.pourquoi)) <= 25
    assert len(re.findall(r"\w[^ ]*", more.regle.partition("\n")[0])) <= 45
    assert more.regle or more.exemple or more.pourquoi
    assert bool(more.wrong) is bool(more.right), "an example without its other half"
    page = page_of(code)
    assert page.startswith(f"# {code} · {all_codes()[code].titre}\n")
    assert not re.search(r"\{[a-z_]+\}", page)
