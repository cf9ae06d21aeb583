"""What programs that keep calendars make of ours: each event, none twice, none lost.

vdirsyncer fetches every calendar of a built site from a server, as it does each hour; calcurse
imports each; ical.js, which Thunderbird and Nextcloud read with, expands each. Events are counted
beside those that icalendar finds, occurrences beside those of recurring_ical_events.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

import icalendar
import recurring_ical_events

from npm import ToolMissing, apt, install, pinned
from pages import site_url
from serving import served

ICAL = pinned("ical.js")
SECONDS = 600
EXPAND = """
const ICAL = require(process.argv[1]), fs = require("fs"), found = {};
for (const path of JSON.parse(fs.readFileSync(0, "utf8"))) {
  const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(path, "utf8")));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  }
  const events = calendar.getAllSubcomponents("vevent").map((one) => new ICAL.Event(one));
  const whole = events.filter((one) => !one.isRecurrenceException());
  let occurrences = 0;
  for (const one of whole) {
    for (const days = one.iterator(); days.next();) occurrences += 1;
  }
  found[path] = [events.length, new Set(whole.map((one) => one.uid)).size, occurrences];
}
console.log(JSON.stringify(found));
"""
_PAIR = """
[pair {name}]
a = "there{name}"
b = "here{name}"
collections = null
[storage there{name}]
type = "http"
url = "{url}"
[storage here{name}]
type = "filesystem"
path = "{target}"
fileext = ".ics"
"""


class Held(NamedTuple):
    """What a calendar holds."""

    components: int
    """Series, and those of their occurrences that differ."""
    events: int
    """Identifiers."""
    occurrences: int


Found: TypeAlias = Mapping[Path, Sequence[int]]
Calendars: TypeAlias = Mapping[Path, Held]
Reader: TypeAlias = Callable[[Path, Path, Calendars], Found]
"""The built site, an empty folder, its calendars → what a program finds in each."""


def check_calendars(output: Path) -> tuple[list[str], int]:
    """(findings, number of calendars) of a built site. Raises ``ToolMissing``."""
    calendars = {path: held(path.read_bytes()) for path in sorted(output.rglob("*.ics"))}
    findings = [] if calendars else ["*.ics — no calendar"]
    for name, (counted, reader) in READERS.items() if calendars else ():
        with tempfile.TemporaryDirectory() as folder:
            listed = reader(output, Path(folder), calendars)
        findings += (
            f"{path.relative_to(output)} — {name}: {text}"
            for path, text in differences(counted, calendars, listed)
        )
    return findings, len(calendars)


def held(data: bytes) -> Held:
    """What icalendar and recurring_ical_events find in a calendar."""
    calendar = icalendar.Calendar.from_ical(data)
    names = [str(event["UID"]) for event in calendar.events]
    occurrences = list(recurring_ical_events.of(calendar).all())
    return Held(len(names), len(set(names)), len(occurrences))


def differences(
    counted: Sequence[str], calendars: Calendars, listed: Found
) -> Iterator[tuple[Path, str]]:
    """Calendars of which a program finds another number of what it counts (fields of ``Held``)."""
    for path, numbers in listed.items():
        for name, number in zip(counted, numbers, strict=True):
            wanted = getattr(calendars[path], name)
            if number != wanted:
                yield path, f"{number} {name} of {wanted}"


def by_vdirsyncer(output: Path, folder: Path, calendars: Calendars) -> Found:
    """Events of each calendar: as many files as it keeps of it."""
    folders = {path: folder / "kept" / str(rank) for rank, path in enumerate(calendars)}
    with served(output, site_url(output)) as host:
        lines = [f'[general]\nstatus_path = "{folder}/status"']
        for path, target in folders.items():
            target.mkdir(parents=True)
            url = f"{host}/{path.relative_to(output).as_posix()}"
            lines.append(_PAIR.format(name=target.name, url=url, target=target))
        (folder / "config").write_text("\n".join(lines), encoding="utf-8")
        for command in ("discover", "sync"):
            run(["vdirsyncer", "--config", str(folder / "config"), command])
    return {path: [len([*target.glob("*.ics")])] for path, target in folders.items()}


def by_calcurse(output: Path, folder: Path, calendars: Calendars) -> Found:
    """Components of each calendar; what it skips is not among them."""
    listed = {}
    for rank, path in enumerate(calendars):
        printed = run(["calcurse", "--directory", str(folder / str(rank)), "--import", str(path)])
        numbers = re.search(r"(\d+) apps? / (\d+) events?", printed)
        listed[path] = [sum(map(int, numbers.groups())) if numbers else 0]
    return listed


def by_ical_js(output: Path, folder: Path, calendars: Calendars) -> Found:
    """Components, events, occurrences of each calendar."""
    library = install(ICAL) / "dist" / "ical.es5.cjs"
    printed = run(["node", "-e", EXPAND, str(library)], json.dumps([*map(str, calendars)]))
    return {Path(path): numbers for path, numbers in json.loads(printed).items()}


def run(command: Sequence[str], stdin: str = "") -> str:
    """What a program says. Raises ``ToolMissing`` without it, or if it fails."""
    name = command[0]
    if shutil.which(name) is None:
        raise ToolMissing(f"{name} is missing.\n  {apt({'node': 'nodejs'}.get(name, name))}")
    done = subprocess.run(
        [*command], input=stdin, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    if done.returncode:
        raise ToolMissing(f"{name} failed:\n{done.stderr[-2000:]}")
    return done.stdout


READERS: Mapping[str, tuple[Sequence[str], Reader]] = {
    "vdirsyncer": (("events",), by_vdirsyncer),
    "calcurse": (("components",), by_calcurse),
    "ical.js": (("components", "events", "occurrences"), by_ical_js),
}
"""Program → what it counts, how it is asked."""
