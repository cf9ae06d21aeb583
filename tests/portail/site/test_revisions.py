"""When an event was last changed, as calendars tell it: what its file says, what Git remembers."""

from __future__ import annotations

from pathlib import Path

import icalendar
import pytest

from commits import commit, git, proposal
from plans import TODAY, Tree, entry, write
from portail.features.calendriers.output import plan_calendars

OLD, NEW = "content/events/nuit.md", "content/events/nuit-noire.md"


def event(body: str = "Une phrase.", **fields: object) -> str:
    told = {"publie_le": "2021-09-01", "debut": f"{TODAY} 20:00", "lieu": "musee"} | fields
    return entry("events", body, **told)


@pytest.fixture
def trunk(tmp_path: Path) -> Path:
    """A repository with an event, since 1 September."""
    write(tmp_path, {"events/nuit": event(), "lieux/musee": entry("lieux")})
    commit(tmp_path)
    return tmp_path


def stamp(root: Path, name: str = "nuit") -> tuple[str, int]:
    """The day of the last change of the event in its calendar, and its sequence."""
    site = Tree(root).site()
    files = {one.url: one for one in plan_calendars(site)}
    text = "".join(files[f"/evenements/{name}/evenement.ics"].produce())
    (one,) = icalendar.Calendar.from_ical(text).events
    assert one["DTSTAMP"].dt == one["LAST-MODIFIED"].dt
    return f"{one['LAST-MODIFIED'].dt:%Y-%m-%d}", int(one["SEQUENCE"])


def change(root: Path, day: str, files: dict[str, str | None]) -> None:
    proposal(root, f"p-{day}", files, day="2021-09-02")
    git(root, "merge", "-q", "--no-ff", "-m", "Merge", f"p-{day}", day=day)


@pytest.mark.parametrize(
    "fields",
    [{"debut": f"{TODAY} 21:00"}, {"etat": "complet"},
     {"lieu": None, "adresse": {"commune": "Lille"}}],
    ids=["when", "state", "where"],
)  # fmt: skip
def test_a_merge_that_changes_what_calendars_show_is_their_day(
    fields: dict[str, object], trunk: Path
) -> None:
    day, sequence = stamp(trunk)
    assert day == "2021-09-01"
    change(trunk, "2021-09-20", {OLD: event(**fields)})
    moved = stamp(trunk)
    assert moved[0] == "2021-09-20" and moved[1] > sequence
    # A word of its text is not shown: nothing is new for a telephone.
    change(trunk, "2021-09-21", {OLD: event("Une autre phrase.", **fields)})
    assert stamp(trunk) == moved
    # A rename that is declared goes on from there.
    renamed = event("Une autre phrase.", anciennes_urls=["/evenements/nuit/"], **fields)
    change(trunk, "2021-09-22", {OLD: None, NEW: renamed})
    assert stamp(trunk, "nuit-noire")[0] == "2021-09-22"


def test_what_a_file_says_counts_too(trunk: Path) -> None:
    change(trunk, "2021-09-10", {OLD: event(debut=f"{TODAY} 21:00", modifie="2021-09-15")})
    assert stamp(trunk)[0] == "2021-09-15"


def test_what_is_after_the_day_of_the_build_is_not_known(trunk: Path) -> None:
    change(trunk, "2021-12-01", {OLD: event(debut=f"{TODAY} 21:00")})
    assert stamp(trunk)[0] == "2021-09-01"


def test_without_git_the_file_says_it_alone(tmp_path: Path) -> None:
    write(tmp_path, {"events/nuit": event(modifie="2021-09-03"), "lieux/musee": entry("lieux")})
    assert stamp(tmp_path)[0] == "2021-09-03"
