"""The bench compares the same pages, and what it could not compare is not a pass."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import bench_agenda
import bench_flux
import bench_lettre
import bench_recherche
from bench import Result, compare, edit, measure
from corpus import DAY, FIXED, MIX, Generator, Item, corpus, write
from measure import BuildFailed, peak_memory, seconds
from npm import ToolMissing
from peers import HUGO, PELICAN, Peer, linked
from portail.config import Day, SiteConfig
from portail.pipeline import run
from portail.resources import data_dir
from portail.source.store import MemoryStore
from prose import words

OUTILS = Path(__file__).resolve().parents[2] / "outils"
ITEMS = [*Generator(600).items()]


def test_the_same_corpus_every_time() -> None:
    assert [*Generator(50).items()] == [*Generator(50).items()]
    assert [*Generator(50, seed=2).items()] != [*Generator(50).items()]


def test_the_mix_and_the_length_of_a_real_portal() -> None:
    counts = Counter(item.folder for item in ITEMS)
    assert {folder: counts[folder] for folder in FIXED} == FIXED
    for folder, share in MIX.items():
        assert abs(counts[folder] / 600 - share / 100) < 0.05, folder
    lengths = [words([item.body]) for item in ITEMS]
    assert min(lengths) >= 300
    assert max(lengths) <= 820
    assert 450 < sum(lengths) / len(lengths) < 600
    assert len({item.url for item in ITEMS}) == len(ITEMS)
    events = [item.fields for item in ITEMS if item.folder == "events"]
    assert all(
        any(key in one for one in events) for key in ("debut", "seances", "horaires", "rrule")
    )
    assert all(any(key in one for one in events) for key in ("lieu", "adresse", "en_ligne"))
    texts = "".join(item.body for item in ITEMS)
    assert all(
        mark in texts for mark in ("## ", "\n- ", "\n1. ", "|---|", "[^1]", "](lieux/", "« ")
    )


def test_the_corpus_has_no_fault(tmp_path: Path) -> None:
    corpus(tmp_path, 150, words=(30, 60))
    day = Day(DAY, pinned=True)
    result = run(tmp_path / "content", data_dir(), SiteConfig(), day, MemoryStore())
    assert [*result.report] == []
    assert result.plan is not None


def test_every_generator_gets_every_item(tmp_path: Path) -> None:
    some = ITEMS[:40]
    write(tmp_path / "portail", some)
    for peer in (PELICAN, HUGO):
        peer.write(tmp_path / peer.name, some)
        assert all((tmp_path / peer.name / peer.edited(item)).is_file() for item in some)
        assert len([*(tmp_path / peer.name / "content").rglob("*.md")]) == len(some)
    assert len([*(tmp_path / "portail" / "content").rglob("*.md")]) == len(some)
    assert not [item for item in ITEMS if "](lieux/" in linked(item)]


def test_an_edit_changes_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("Texte.\n", encoding="utf-8")
    edit(path, 3)
    assert path.read_text(encoding="utf-8") == "Texte.\n\nUne phrase de plus, numéro 3.\n"


def test_a_missing_peer_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    ours, pelican = Result([1.0], [0.1], [0.1], 100.0), Result([4.0], [4.0], [4.0], 50.0)
    assert compare({"Portail": ours, "Pelican": pelican}) is False
    said = capsys.readouterr().out
    assert "cold: 0.25 × Pelican (target ≤ 0.6): met" in said
    assert "one edit: not compared with Hugo" in said
    slow = Result([0.1], [0.1], [0.1], 100.0)
    assert compare({"Portail": ours, "Pelican": slow}) is True
    assert "MISSED" in capsys.readouterr().out


def test_a_peer_that_fails_has_no_result(capsys: pytest.CaptureFixture[str]) -> None:
    def write(folder: Path, items: list[Item]) -> None:
        (folder / "a.md").write_text("Texte.\n", encoding="utf-8")

    def command(folder: Path, output: Path) -> list[str]:
        code = "import pathlib, sys; o = pathlib.Path(sys.argv[1]); o.mkdir(exist_ok=True)"
        page = "(o / 'a.html').write_text('a')"
        return [sys.executable, "-c", f"{code}; {page}", str(output)]

    def broken(folder: Path, output: Path) -> list[str]:
        return [sys.executable, "-c", "import sys; sys.exit('panne')"]

    def missing(folder: Path, output: Path) -> list[str]:
        raise ToolMissing("nowhere to be found")

    peers = [
        Peer(name, write, one, lambda item: "a.md")
        for name, one in (("Portail", command), ("Pelican", broken), ("Hugo", missing))
    ]
    results = measure(peers, ITEMS[-40:], 2)
    assert [*results] == ["Portail"]
    found = results["Portail"]
    assert (len(found.cold), len(found.unchanged), len(found.edit), found.pages) == (2, 2, 2, 1)
    assert found.value("cold") == min(found.cold)
    assert found.memory > 1
    said = capsys.readouterr().err
    assert "Pelican: not measured. exit 1: panne" in said
    assert "Hugo: not measured. nowhere to be found" in said


def test_the_agenda_is_measured_beside_a_peer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Few events, no time compared: that both find the same occurrences, and every figure."""
    assert (
        bench_agenda.measure(bench_agenda.read(tmp_path, bench_agenda.Agenda(60).items()), 1)
        is True
    )
    said = capsys.readouterr().out
    for figure in ("recurring-ical-events", "data of the filters", "every calendar", "plan of"):
        assert figure in said
    assert bench_agenda.judged("une mesure", 2.0, 1.5, "s") is False
    assert "une mesure: 2.00 s (target ≤ 1.5): MISSED" in capsys.readouterr().out


def test_feeds_data_and_letter_are_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Few contents, no time compared: every output writes something, and every figure."""
    items = bench_flux.Whole(150, (20, 40)).items()
    corpus = bench_agenda.read(tmp_path, items)
    assert bench_flux.measure(corpus, 1, tmp_path / "site") is True
    said = capsys.readouterr().out
    for name in bench_flux.MEASURED:
        assert re.search(rf"  {name}: [\d.]+ s, [1-9]\d* files", said), name
    for figure in ("everything", "written", "× feedgenerator"):
        assert figure in said
    feeds = tmp_path / "site/0"
    for path in ("flux.xml", "territoires/departement-80/flux.xml", "api/v1/lieux.json"):
        assert (feeds / path).is_file(), path
    assert bench_lettre.measure(corpus, 1) is True
    said = capsys.readouterr().out
    assert re.search(r"150 contents, 26 letters, [1-9]\d* lines", said)
    assert "one edition" in said and "6 editions" in said


def test_the_search_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Few contents, no time compared: an edit makes few files again, no change none."""
    items = [*bench_recherche.Spoken(80, (30, 60)).items()]
    corpus = bench_recherche.Corpus(tmp_path, items, map)
    edited = next(item for item in items if item.folder == "events")
    bench_recherche.measure(corpus, tmp_path / edited.path, 1, bench_recherche.ITEMS)
    corpus.store.close()
    said = capsys.readouterr().out
    assert "80 contents" in said
    assert "files made again when nothing changed: 0.00  (target ≤ 0): met" in said
    assert (found := re.search(r"one edit: (\d+) files are other ones", said))
    assert 2 <= int(found[1]) < 12
    for figure in ("cold", "memory added", "index", "a file of terms, median"):
        assert figure in said


def test_the_words_of_the_search_are_as_frequent_as_those_of_a_language() -> None:
    counts = Counter(bench_recherche.Language().draw(40_000).split())
    said = sorted((n for one, n in counts.items() if len(one) > 5), reverse=True)
    assert len(said) > 4000
    assert said[0] > 3 * said[20] > 0


def test_the_corpus_of_the_agenda_has_its_size() -> None:
    whens = [item.fields for item in bench_agenda.Agenda(2000).items() if item.folder == "events"]
    assert len(whens) == 2000
    assert {"debut", "seances", "horaires", "rrule"} <= {key for one in whens for key in one}


def test_stages_are_those_of_the_code() -> None:
    """A stage that was renamed would be timed no more."""
    code = "import etapes; etapes.watch()"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=OUTILS, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_failed_build_is_not_a_time(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import sys; sys.exit('panne')"]
    with pytest.raises(BuildFailed, match="exit 1: panne"):
        seconds(command, tmp_path)
    with pytest.raises(BuildFailed):
        peak_memory(command, tmp_path)


def test_memory_of_all_processes_together(tmp_path: Path) -> None:
    child = "a = bytearray(60_000_000); import time; time.sleep(0.5)"
    code = (
        "import subprocess, sys; "
        f"[p.wait() for p in [subprocess.Popen([sys.executable, '-c', {child!r}]) for _ in 'ab']]"
    )
    together = Path("/proc/self/smaps_rollup").is_file()
    assert peak_memory([sys.executable, "-c", code], tmp_path) > (110 if together else 55)
