"""What the program of others that keeps calendars makes of ours: each event, none twice, none lost.

ical.js, which Thunderbird and Nextcloud read with, expands every calendar of a built site. What it
counts stands beside what icalendar and recurring_ical_events find.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import icalendar
import recurring_ical_events

from npm import install, node, pinned

ICAL = pinned("ical.js")
EXPAND = """
const ICAL = require(LIBRARY), fs = require("fs"), found = {};
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


class Held(NamedTuple):
    """What a calendar holds."""

    components: int
    """Series, and those of their occurrences that differ."""
    events: int
    """Identifiers."""
    occurrences: int


def check_calendars(output: Path) -> tuple[list[str], int]:
    """(findings, number of calendars) of a built site. Raises ``ToolMissing``."""
    paths = sorted(output.rglob("*.ics"))
    if not paths:
        return ["*.ics — no calendar"], 0
    listed = expanded(paths)
    wanted = {path: held(path.read_bytes()) for path in paths}
    findings = [
        f"{path.relative_to(output)} — {listed[path]}, not {wanted[path]}"
        for path in paths
        if listed[path] != wanted[path]
    ]
    return findings, len(paths)


def held(data: bytes) -> Held:
    """What icalendar and recurring_ical_events find in a calendar."""
    calendar = icalendar.Calendar.from_ical(data)
    names = [str(event["UID"]) for event in calendar.events]
    occurrences = list(recurring_ical_events.of(calendar).all())
    return Held(len(names), len(set(names)), len(occurrences))


def expanded(paths: list[Path]) -> dict[Path, Held]:
    """What ical.js finds in calendars. Raises ``ToolMissing``."""
    script = EXPAND.replace("LIBRARY", json.dumps(str(install(ICAL) / "dist" / "ical.es5.cjs")))
    found = node(script, [*map(str, paths)])
    return {Path(path): Held(*numbers) for path, numbers in found.items()}
