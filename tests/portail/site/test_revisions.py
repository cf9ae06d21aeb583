"""When an event was last changed, as calendars tell it: what its file says, what Git remembers."""

import subprocess
from datetime import date

import icalendar
import pytest

from commits import commit, git, proposal
from plans import TODAY, Tree, entry, write
from portail.cli.contents import MemoryStore
from portail.features.services.calendriers.output import plan_calendars
from portail.history import log_of
from portail.site.revisions import Revisions, lack_of

_ALL = "fetch -q --refetch --no-filter"
OLD, NEW = "content/events/nuit.md", "content/events/nuit-noire.md"


def event(body="Une phrase.", **fields):
    told = {"publie_le": "2021-09-01", "debut": f"{TODAY} 20:00", "lieu": "musee"} | fields
    return entry("events", body, **told)


@pytest.fixture
def trunk(tmp_path):
    """A repository with an event, since 1 September."""
    write(tmp_path, {"events/nuit": event(), "lieux/musee": entry("lieux")})
    commit(tmp_path)
    return tmp_path


def stamp(root, name="nuit"):
    """The moment of the last change of the event in its calendar, and its sequence."""
    site = Tree(root).site()
    files = {one.url: one for one in plan_calendars(site)}
    text = "".join(files[f"/evenements/{name}/evenement.ics"].produce())
    (one,) = icalendar.Calendar.from_ical(text).events
    assert one["DTSTAMP"].dt == one["LAST-MODIFIED"].dt
    return f"{one['LAST-MODIFIED'].dt:%Y-%m-%d %H:%M}", int(one["SEQUENCE"])


def change(root, day, files):
    name = f"p-{day.replace(':', '-')}"
    proposal(root, name, files, day="2021-09-02")
    git(root, "merge", "-q", "--no-ff", "-m", "Merge", name, day=day)


@pytest.mark.parametrize(
    "fields",
    [{"debut": f"{TODAY} 21:00"}, {"etat": "complet"},
     {"lieu": None, "adresse": {"commune": "Lille"}}],
    ids=["when", "state", "where"],
)  # fmt: skip
def test_a_merge_that_changes_what_calendars_show_is_their_day(fields, trunk):
    day, sequence = stamp(trunk)
    assert day == "2021-09-01 00:00"
    change(trunk, "2021-09-20", {OLD: event(**fields)})
    moved = stamp(trunk)
    assert moved[0] == "2021-09-20 12:00" and moved[1] > sequence
    # A word of its text is not shown: nothing is new for a telephone.
    change(trunk, "2021-09-21", {OLD: event("Une autre phrase.", **fields)})
    assert stamp(trunk) == moved
    # A rename that is declared goes on from there.
    renamed = event("Une autre phrase.", anciennes_urls=["/evenements/nuit/"], **fields)
    change(trunk, "2021-09-22", {OLD: None, NEW: renamed})
    assert stamp(trunk, "nuit-noire")[0] == "2021-09-22 12:00"


def test_each_change_of_one_day_is_told(trunk):
    """What is published in the morning may move at noon, and again in the afternoon."""
    seen = [stamp(trunk)]
    for hour in (13, 15):
        change(trunk, f"2021-09-01T{hour}:00", {OLD: event(debut=f"{TODAY} {hour}:00")})
        seen.append(stamp(trunk))
    assert [moment for moment, _ in seen] == [
        "2021-09-01 00:00", "2021-09-01 13:00", "2021-09-01 15:00",
    ]  # fmt: skip
    sequences = [sequence for _, sequence in seen]
    assert sequences == sorted(set(sequences)) and sequences[-1] < 2**31


def test_a_day_that_is_left_out_is_a_change(trunk):
    rows = ["du: 2021-10-01", "au: 2021-10-20", "tous_les: [vendredi]", "sauf:"]
    head = "\n  ".join(["---\nhoraires:", *rows, "  - 2021-10-08\n"])
    text = event(debut=None).replace("---\n", head, 1)
    change(trunk, "2021-09-10", {OLD: text})
    change(trunk, "2021-09-13", {OLD: text.replace("2021-10-08", "2021-10-15")})
    assert stamp(trunk)[0] == "2021-09-13 12:00"


def test_a_place_that_moves_moves_its_events(trunk):
    place = "content/lieux/musee.md"
    change(trunk, "2021-09-05", {place: entry("lieux", "Un autre texte.")})
    assert stamp(trunk)[0] == "2021-09-01 00:00"
    change(
        trunk,
        "2021-09-06",
        {place: entry("lieux", "Un autre texte.", commune="Lille")},
    )
    assert stamp(trunk)[0] == "2021-09-06 12:00"


@pytest.mark.parametrize(
    ("how", "why", "mended"),
    [("--depth=1", "ce clone n’en a que la fin", "fetch -q --unshallow"),
     ("--filter=blob:none", "ce clone n’a pas les textes d’avant", _ALL),
     ("--filter=tree:0", "ce clone n’a pas les textes d’avant", _ALL)],
)  # fmt: skip
def test_a_clone_without_its_history_says_so_until_it_has_it(how, why, mended, trunk, tmp_path):
    change(trunk, "2021-09-20", {OLD: event(debut=f"{TODAY} 21:00")})
    git(trunk, "config", "uploadpack.allowFilter", "true")
    git(trunk, "config", "uploadpack.allowAnySHA1InWant", "true")
    clone, store = tmp_path / "clone", MemoryStore()
    git(trunk, "clone", "-q", how, trunk.as_uri(), str(clone))
    assert stamp(clone)[0] == "2021-09-01 00:00"
    lack = lack_of(Revisions(clone / "content", date(2021, 12, 31), store))
    assert f"entière ({why})" in lack and f"→ git {mended.replace(' -q', '')}" in lack
    git(clone, *mended.split())
    assert stamp(clone) == stamp(trunk) and stamp(clone)[0] == "2021-09-20 12:00"
    assert told(clone, store) == told(trunk, MemoryStore()), "nothing false was kept"


def test_attributes_of_git_hide_no_change(trunk):
    (trunk / ".gitattributes").write_text("*.md -diff\n", encoding="utf-8")
    change(trunk, "2021-09-20", {OLD: event(debut=f"{TODAY} 21:00")})
    assert stamp(trunk)[0] == "2021-09-20 12:00"


def test_a_history_that_cannot_be_read_is_said_and_undoes_nothing(trunk, tmp_path, monkeypatch):
    store = MemoryStore()
    change(trunk, "2021-09-20", {OLD: event(debut=f"{TODAY} 21:00")})
    before = told(trunk, store)
    assert not lack_of(Revisions(trunk / "content", date(2021, 12, 31), store))
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    for _ in range(2):
        now = Revisions(trunk / "content", date(2021, 12, 31), store)
        assert "safe.directory" in lack_of(now) and "dubious ownership" in lack_of(now)
        assert dict(now) == before, "what was read once stays true"
    fresh = Revisions(trunk / "content", date(2021, 12, 31), MemoryStore())
    assert lack_of(fresh) and not dict(fresh)
    monkeypatch.setenv("PATH", str(tmp_path))
    now = Revisions(trunk / "content", date(2021, 12, 31), store)
    assert "git n’est pas installé" in lack_of(now) and dict(now) == before


def test_git_is_asked_once_and_only_for_calendars(trunk, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "portail.site.revisions.log_of",
        lambda folder, *rest: asked.append(folder) or log_of(folder, *rest),
    )
    site = Tree(trunk).site()
    files = [one for one in plan_calendars(site) if "nuit" in one.url or "agenda" in one.url]
    assert not asked, "neither a check nor a plan"
    for one in files:
        list(one.produce())
    assert len(asked) == 2, "events, places"


def told(root, store):
    return dict(Revisions(root / "content", date(2021, 12, 31), store))


def test_commits_that_were_read_are_not_read_again(trunk, monkeypatch):
    asked = []

    def noted(command, **options):
        asked.extend([command] if "log" in command else [])
        return run(command, **options)

    run = subprocess.run
    monkeypatch.setattr("portail.history.subprocess.run", noted)
    store = MemoryStore()
    change(trunk, "2021-09-10", {OLD: event(debut=f"{TODAY} 21:00")})
    first = told(trunk, store)
    assert len(asked) == 2 and len(first) == 2
    assert first == told(trunk, MemoryStore())
    before = git(trunk, "rev-parse", "HEAD")
    asked.clear()
    assert told(trunk, store) == first
    assert not asked
    change(trunk, "2021-09-12", {OLD: event(debut=f"{TODAY} 22:00")})
    after = told(trunk, store)
    assert [any(word.startswith(f"{before}..") for word in one) for one in asked] == [True, True]
    assert after == told(trunk, MemoryStore()) != first


def test_another_history_is_read_whole(trunk, tmp_path):
    """One that is rewritten, one that another branch has, one that is fetched further."""
    store = MemoryStore()
    change(trunk, "2021-09-10", {OLD: event(debut=f"{TODAY} 21:00")})
    told(trunk, store)
    git(trunk, "commit", "-q", "--amend", "-m", "Autrement", "--date=2021-09-14", day="2021-09-14")
    assert told(trunk, store) == told(trunk, MemoryStore())
    git(trunk, "reset", "-q", "--hard", "HEAD^")
    change(trunk, "2021-09-15", {OLD: event(etat="complet")})
    assert told(trunk, store) == told(trunk, MemoryStore())
    # A merge the other way round: what was the trunk is a side of it.
    git(trunk, "checkout", "-q", "-b", "autre", "HEAD^")
    (trunk / OLD).write_text(event(lieu=None), encoding="utf-8")
    commit(trunk, day="2021-09-18")
    git(trunk, "merge", "-q", "-s", "ours", "-m", "Merge", "-", day="2021-09-19")
    assert told(trunk, store) == told(trunk, MemoryStore())
    clone = tmp_path / "clone"
    git(trunk, "clone", "-q", "--depth=1", trunk.as_uri(), str(clone))
    short = MemoryStore()
    told(clone, short)
    git(clone, "fetch", "-q", "--unshallow")
    assert told(clone, short) == told(clone, MemoryStore())


def test_what_a_file_says_counts_too(trunk):
    change(trunk, "2021-09-10", {OLD: event(debut=f"{TODAY} 21:00", modifie="2021-09-15")})
    assert stamp(trunk)[0] == "2021-09-15 00:00"


def test_what_is_after_the_day_of_the_build_is_not_known(trunk):
    change(trunk, "2021-12-01", {OLD: event(debut=f"{TODAY} 21:00")})
    assert stamp(trunk)[0] == "2021-09-01 00:00"


def test_without_git_the_file_says_it_alone(tmp_path):
    write(tmp_path, {"events/nuit": event(modifie="2021-09-03"), "lieux/musee": entry("lieux")})
    assert stamp(tmp_path)[0] == "2021-09-03 00:00"
