"""The site of one generator of the bench, and what is changed in it between two builds.

Every edit is the same for each generator: an item, its theme, its settings or the day; another
item and another text at each run, so that nothing kept from before can serve.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from corpus import DAY, Item
from measure import Cost, cost, peak_memory, snapshot
from peers import Peer, put

ROOT = Path(__file__).resolve().parent.parent
SENTENCE = "\nUne phrase de plus, numéro {}.\n"
_MAIN = re.compile(r'<main(?: data-banc="\d+")?')
_NAME = re.compile(r'"Banc[^"]*"')


class Site:
    """A folder where a generator builds; items are as they were last written."""

    def __init__(self, peer: Peer, folder: Path, items: list[Item]) -> None:
        self.peer, self.folder, self.output = peer, folder, folder / "output"
        self.items = items
        self.day = DAY
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
        return {**os.environ, **given, "CI": ""}

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
        source = path if path.exists() else ROOT / name  # a file of the theme, until it is changed
        after, count = pattern.subn(text, source.read_text(encoding="utf-8"))
        if not count:
            raise LookupError(f"{path}: no {pattern.pattern}")
        put(path, after)


class Forge:
    """The same site as forges make it: each time on a new machine, where every file is of now,
    with the archive that the last one left of what the workflows of a new portal keep."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.folder = site.folder.with_name(f"{site.folder.name}-ailleurs")
        self.archive = self.folder.with_suffix(".tar.zst")
        self._keep(site.folder)
        self.publish()  # what others made is looked at once

    def publish(self) -> tuple[Cost, float]:
        """What the build took; the seconds of all, from the archive to the next and that of the
        site. Raises `BuildFailed`."""
        shutil.rmtree(self.folder, ignore_errors=True)
        left = shutil.ignore_patterns("output", ".*", "__pycache__")
        copy = shutil.copyfile
        shutil.copytree(self.site.folder, self.folder, ignore=left, copy_function=copy)
        start = time.perf_counter()
        cost(["tar", "--zstd", "-xf", str(self.archive)], self.folder)
        command = self.site.peer.command(self.folder, self.folder / "output")
        built = cost(command, self.folder, {**self.site.env, "CI": "true"})
        self._keep(self.folder)
        cost(["tar", "-czf", str(self.archive.with_suffix(".gz")), "output"], self.folder)
        return built, time.perf_counter() - start

    def _keep(self, folder: Path) -> None:
        left = [f"--exclude=.output.suivant/{name}" for name in ("arbre", "neuf", "verrou")]
        kept = [".cache", "output", ".output.suivant"]
        cost(["tar", "--zstd", *left, "-cf", str(self.archive), *kept], folder)


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


def days_later(days: int) -> Callable[[Site, int], None]:
    """So many days after: nothing else changes."""

    def apply(site: Site, number: int) -> None:
        site.day += timedelta(days)

    return apply


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
    "new day": days_later(1),
    "Sunday": days_later(5),
    "Monday": days_later(1),
    "template": lambda site, number: site.rewrite(
        site.peer.template, _MAIN, f'<main data-banc="{number + 1}"'
    ),
    "setting": lambda site, number: site.rewrite(site.peer.settings, _NAME, f'"Banc {number + 1}"'),
}
"""What is done before a build that is not cold, in this order: `DAY` is a Monday."""
FORGE = " on a forge"
"""What ends the name of a measure of a build as forges make them, ``CI`` set and all carried."""
ON_A_FORGE = ("no change", "event, body", "event, title", "event, date", "article, body", "new day")
"""What is done there too, each time right after."""
