"""The site of one generator of the bench, and what is changed in it between two builds.

Every edit is the same for each generator: an item, its theme, its settings or the day; another
item and another text at each run, so that nothing kept from before can serve.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from corpus import DAY, Item
from measure import Cost, cost, peak_memory, snapshot
from peers import Peer

SENTENCE = "\nUne phrase de plus, numéro {}.\n"
_MAIN = re.compile(r'<main(?: data-banc="\d+")?')
_NAME = re.compile(r'"Banc[^"]*"')


class Site:
    """A folder where a generator builds; items are as they were last written."""

    def __init__(self, peer: Peer, folder: Path, items: list[Item]) -> None:
        self.peer, self.folder, self.output = peer, folder, folder / "output"
        self.items = items
        self.day = DAY
        self.on_a_forge = False
        self.edited: dict[str, Item] = {}
        folder.mkdir(parents=True)
        peer.write(folder, items)
        peer.prepare(folder)

    @property
    def env(self) -> Mapping[str, str]:
        """The environment of a build: the day, which no setting pins, as in a living portal, and
        what every forge sets."""
        noon = datetime(self.day.year, self.day.month, self.day.day, 12, tzinfo=UTC)
        given = {"SOURCE_DATE_EPOCH": str(int(noon.timestamp()))}
        return {**os.environ, **given, "CI": "true" if self.on_a_forge else ""}

    @property
    def command(self) -> list[str]:
        """The command line of a build. Raises `ToolMissing`."""
        return self.peer.command(self.folder, self.output)

    def build(self) -> Cost:
        """Build; what it took. Raises `BuildFailed`."""
        return cost(self.command, self.folder, self.env)

    def memory(self) -> float:
        """Build; the peak of its memory in megabytes. Raises `BuildFailed`."""
        return peak_memory(self.command, self.folder, self.env)

    def forget(self) -> None:
        """Remove the output and the caches: the next build is cold."""
        for name in ("output", *self.peer.caches):
            path = self.folder / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        for path in self.folder.glob(".output.*"):
            shutil.rmtree(path)

    def carry(self) -> None:
        """Bring all to another machine, as a forge does: every file is a new one, of now; of what
        is beside the output, there is what the workflows of a new portal keep."""
        here = self.folder.with_name(f"{self.folder.name}-ailleurs")
        left = shutil.ignore_patterns("arbre", "neuf", "verrou")
        shutil.copytree(self.folder, here, ignore=left, copy_function=shutil.copyfile)
        shutil.rmtree(self.folder)
        here.rename(self.folder)

    def written(self, before: Mapping[str, tuple[int, bytes]]) -> int:
        """Bytes of the files of the output that are not as they were in a snapshot."""
        now = snapshot(self.output)
        return sum(state[0] for path, state in now.items() if before.get(path) != state)

    def change(self, item: Item, changed: Callable[[Item], Item]) -> Item:
        """Write an item again, changed from what it has become."""
        after = self.edited[item.url] = changed(self.edited.get(item.url, item))
        self.peer.write(self.folder, [after])
        return after

    def rewrite(self, name: str, pattern: re.Pattern[str], text: str) -> None:
        """Replace what a file of the site says once at least. Raises `LookupError`."""
        path = self.folder / name
        after, count = pattern.subn(text, path.read_text(encoding="utf-8"))
        if not count:
            raise LookupError(f"{path}: no {pattern.pattern}")
        path.write_text(after, encoding="utf-8")


def chosen(items: list[Item], folder: str, number: int) -> Item:
    """The item that a run edits: another one each time. Events have one start and one end."""
    some = [item for item in items if item.folder == folder and (folder != "events" or plain(item))]
    return some[(number * 37 + len(some) // 2) % len(some)]


def plain(event: Item) -> bool:
    """Whether an event has a single date, with hours, and takes place."""
    start = str(event.fields.get("debut", ""))
    return ":" in start and not {"rrule", "etat"} & event.fields.keys()


def longer(item: Item, number: object) -> Item:
    """One more sentence at the end of the body."""
    return replace(item, body=item.body + SENTENCE.format(number))


def retitled(item: Item, number: int) -> Item:
    """Another title, with a word that no other has."""
    title = f"{str(item.fields['titre'])[:110]}, suite {number}"
    return replace(item, fields=item.fields | {"titre": title})


def moved(item: Item, days: int) -> Item:
    """An event, so many days later."""

    def later(text: object) -> str:
        day, _, hour = str(text).partition(" ")
        return f"{date.fromisoformat(day) + timedelta(days=days)} {hour}"

    times = {key: later(item.fields[key]) for key in ("debut", "fin")}
    return replace(item, fields=item.fields | times)


def next_day(site: Site, number: int) -> None:
    """The day after: nothing else changes."""
    site.day += timedelta(days=1)


def of_items(folder: str, edit: Callable[[Item, int], Item]) -> Callable[[Site, int], None]:
    """An edit of the item of a folder that a run takes."""

    def apply(site: Site, number: int) -> None:
        site.change(chosen(site.items, folder, number), lambda item: edit(item, number + 1))

    return apply


EDITS: Mapping[str, Callable[[Site, int], None]] = {
    "no change": lambda site, number: None,
    "event, body": of_items("events", longer),
    "event, title": of_items("events", retitled),
    "event, date": of_items("events", moved),
    "article, body": of_items("articles", longer),
    "template": lambda site, number: site.rewrite(
        site.peer.template, _MAIN, f'<main data-banc="{number + 1}"'
    ),
    "setting": lambda site, number: site.rewrite(site.peer.settings, _NAME, f'"Banc {number + 1}"'),
    "new day": next_day,
}
"""What is done before a build that is not cold, in this order."""
FORGE = " on a forge"
"""What ends the name of a measure of a build as forges make them, ``CI`` set and all carried."""
ON_A_FORGE = tuple(name for name in EDITS if name.startswith(("no ", "event")) or name == "new day")
"""What is done there, in this order: the first build looks at what others made."""
