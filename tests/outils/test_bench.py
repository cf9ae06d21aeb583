"""The bench compares the same pages, and what it could not compare is not a pass."""

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import warm
from bench import compare
from bench_edits import EDITS, Site, chosen
from bench_serve import Server
from bench_targets import ITEMS, Key, exit_code, growth, rows
from corpus import DAY, Generator, corpus
from doses import dose
from measure import BuildFailed, cost, peak_memory, snapshot, ticks
from npm import ToolMissing
from peers import HUGO, PELICAN, PORTAIL, Peer, linked
from plans import result_of
from portail.config import SiteConfig
from portail.day import Day
from projects import LIMIT
from serving import served

BARE = [sys.executable, "-I", "-S"]
"""Python, that starts at once."""
NAMES = ["Portail", "Pelican", "Hugo"]


@cache
def contents():
    """A corpus that several tests look at."""
    return [*Generator(600).items()]


@cache
def few():
    """A smaller one, to be written."""
    return [*Generator(dose(50, 100), words=(30, 60)).items()]


def test_the_corpus_is_the_same_each_time_with_all_that_contents_may_say():
    assert contents() == [*Generator(600).items()] != [*Generator(600, seed=2).items()]
    assert len({item.url for item in contents()}) == len(contents())
    events = [item.fields for item in contents() if item.folder == "events"]
    keys = {"debut", "seances", "horaires", "rrule", "lieu", "adresse", "en_ligne"}
    assert keys <= {key for one in events for key in one}
    texts = "".join(item.body for item in contents())
    marks = ("## ", "\n- ", "\n1. ", "|---|", "[^1]", "](lieux/", "« ")
    assert [mark for mark in marks if mark not in texts] == []


def test_the_corpus_has_no_fault(tmp_path):
    items = corpus(tmp_path, dose(80, 150), words=(30, 60))
    assert any(item.picture for item in items)
    day = Day(DAY, pinned=True)
    config = SiteConfig(region="Hauts-de-France")
    result = result_of(tmp_path / "content", config, day)
    assert [*result.report] == []
    assert result.plan is not None


def test_every_generator_gets_every_item(tmp_path):
    some = [*contents()[:40], *(item for item in contents() if item.picture)]
    for peer in (PORTAIL, PELICAN, HUGO):
        folder = tmp_path / peer.name
        peer.write(folder, some)
        peer.prepare(folder)
        assert len([*(folder / "content").rglob("*.md")]) == len(some)
        files = {path.name for path in folder.rglob("*") if path.suffix in (".jpg", ".png")}
        assert {item.picture for item in some if item.picture} <= files
        assert '"Banc"' in (folder / peer.settings).read_text(encoding="utf-8")
    assert not [item for item in contents() if "](lieux/" in linked(item)]


def test_the_settings_of_the_bench_build_a_portal(tmp_path):
    """Hugo is fetched and Pelican is slow: a bench finds out for them. ``test_a_peer_that_fails…``
    runs what a peer asks for."""
    site = Site(PORTAIL, tmp_path / "site", few()[:20])
    python, _, module, *arguments = site.command
    code, *told = warm.run(module, arguments, site.folder, site.env, LIMIT)
    assert (python, code) == (sys.executable, 0), told
    assert (site.output / "index.html").is_file()


@pytest.mark.parametrize("peer", [PORTAIL, PELICAN, HUGO], ids=NAMES)
def test_every_edit_changes_one_thing(peer, tmp_path):
    """The same one of each generator; another one at each run."""
    site = Site(peer, tmp_path / "site", few())
    before, days = snapshot(site.folder), {}
    for number in range(2):
        for name, edit in EDITS.items():
            edit(site, number)
            after = snapshot(site.folder)
            changed = [path for path, one in after.items() if before.get(path) != one]
            assert len(changed) == (name not in ("no change", "new day", "Sunday", "Monday")), name
            before = after
            days[name] = site.day.isoweekday()
    assert days["new day"] == 2 and days["Monday"] == 1
    assert len(site.edited) == 4
    event = site.edited[chosen(few(), "events", 1).url]
    assert "Une phrase de plus, numéro 2." in event.body
    assert str(event.fields["titre"]).endswith(", suite 2")
    assert str(event.fields["debut"])[:10] != str(chosen(few(), "events", 1).fields["debut"])[:10]
    with pytest.raises(LookupError):
        site.rewrite(peer.settings, re.compile("nulle part"), "")


def test_targets_are_judged():
    measured = {
        "Portail: event, body, CPU": 2, "Hugo: event, body, CPU": 8, "Portail: check, warm": 1,
        "Portail: check, cold": 2, "Portail: template": 1, "Portail: template, load": 0.6,
    }  # fmt: skip
    figures = {Key(ITEMS, *key.split(": ")): [value] for key, value in measured.items()}
    found = {one.name.removesuffix(", 5,000"): one for one in rows(figures, [ITEMS], NAMES)}
    body, check = found["event, body, CPU / Hugo"], found["check, warm / check, cold"]
    assert (body.found, body.verdict) == (0.25, "ok")
    assert (check.found, check.verdict) == (0.5, "over")
    assert found["template"].verdict == "not judged, load 0.6"
    assert found["no change, CPU / Hugo"].verdict == "not measured"
    assert [exit_code([body, found[one]]) for one in ("template", "no change, CPU / Hugo")] == [
        2,
        2,
    ]
    assert (exit_code([body]), exit_code([body, check])) == (0, 1)
    assert not [name for name in found if "exponent" in name], "one size has no growth"


def test_growth_is_an_exponent():
    sizes = (1000, ITEMS)
    figures = {Key(size, "Portail", "cold, CPU"): [size / 500] for size in sizes}
    assert growth(figures, "Portail", "cold, CPU", sizes) == pytest.approx(1)
    found = {one.name: one for one in rows(figures, sizes, NAMES)}
    assert found["cold, CPU, 1,000 → 5,000, exponent"].verdict == "ok"


def test_a_peer_that_fails_has_no_figure(capsys):
    def write(folder, items):
        for item in items:
            (folder / f"{item.folder}-{item.slug}.md").write_text(item.body, encoding="utf-8")

    def prepare(folder):
        (folder / "conf").write_text('"Banc" <main>', encoding="utf-8")

    def command(folder, output):
        code = "import pathlib, sys; o = pathlib.Path(sys.argv[1]); o.mkdir(exist_ok=True)"
        page = "(o / 'a.html').write_text(str(len([*o.parent.glob('*')])))"
        return [*BARE, "-c", f"{code}; {page}", str(output)]

    def broken(folder, output):
        return [*BARE, "-c", "import sys; sys.exit('panne')"]

    def missing(folder, output):
        raise ToolMissing("nowhere to be found")

    peers = [
        Peer(name, write, prepare, one, "conf", "conf")
        for name, one in (("Portail", command), ("Pelican", broken), ("Hugo", missing))
    ]
    figures = {}
    compare(peers, 20, 2, figures)
    assert {key.by for key in figures} == {"Portail"}
    assert {len(figures[Key(20, "Portail", one)]) for one in ("cold", "new day, CPU")} == {2}
    assert figures[Key(20, "Portail", "MB written for one sentence")] == [0, 0]
    assert figures[Key(20, "Portail", "peak memory, MB")][0] > 1
    assert 0 < figures[Key(20, "Portail", "files an item")][0] < 0.05
    said = capsys.readouterr().err
    assert "Pelican, 20: not measured. exit 1: panne" in said
    assert "Hugo, 20: not measured. nowhere to be found" in said


def test_a_served_page_is_awaited(tmp_path):
    page = tmp_path / "a/index.html"
    page.parent.mkdir()
    page.write_text("avant", encoding="utf-8")
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        with served(tmp_path) as address:
            server = Server(process, address.rstrip("/"))
            assert server.page("nulle-part/") == ""
            edit = lambda: page.write_text("avant, après", encoding="utf-8")  # noqa: E731
            assert 0 < server.shown("a/", edit, "après") < 60
            process.communicate(b"\n")
            with pytest.raises(BuildFailed, match="never showed"):
                server.wait(lambda: False, 0)
    finally:
        process.kill()
        process.wait()


def test_processor_time_of_children_counts(tmp_path):
    code = "n = sum(range(20_000_000))"
    command = f"import subprocess, sys; subprocess.run([sys.executable, '-IS', '-c', '{code}'])"
    spent = cost([*BARE, "-c", command], tmp_path)
    assert spent.cpu > 0.1
    assert spent.wall > 0
    assert ticks(os.getsid(0)) >= 0


def test_memory_of_all_processes_together(tmp_path):
    # Both have their memory before either ends, whichever starts late.
    child = "a = bytearray(60_000_000); print(flush=True); input()"
    code = (
        "import subprocess, sys, time; "
        f"two = [subprocess.Popen([sys.executable, '-c', {child!r}], stdin=-1, stdout=-1) "
        "for _ in 'ab']; [p.stdout.readline() for p in two]; time.sleep(0.5); "
        "[p.communicate(b'x\\n') for p in two]"
    )
    together = Path("/proc/self/smaps_rollup").is_file()
    assert peak_memory([sys.executable, "-c", code], tmp_path) > (110 if together else 55)
