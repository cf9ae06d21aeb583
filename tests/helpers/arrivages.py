"""Events as sources tell them, what an import of these prints and writes."""

import json
import re
from collections import Counter
from datetime import date
from typing import NamedTuple

import yaml

from portail.cli import main

DAY = date(2026, 11, 25)
OPTIONS = ("--avec", "format=conference", "--avec", "publics=adultes")


class Happening(NamedTuple):
    """An event as a source tells it; ``uid`` may hold ``{hour}``."""

    uid: str
    title: str
    day: date
    hour: int = 14
    url: str = ""
    text: str = "Un texte."
    place: str = "Salle des fêtes, 2 place de la Mairie, 80000 Amiens"

    @property
    def start(self):
        return f"{self.day:%Y%m%d}T{self.hour:02}0000"

    @property
    def named(self):
        return self.uid.format(hour=self.start)


def ics(*events, called="Le Musée des vents"):
    rows = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Exemple//FR"]
    rows += [f"X-WR-CALNAME:{called}"] if called else []
    for one in events:
        rows += ["BEGIN:VEVENT", f"UID:{one.named}", f"SUMMARY:{one.title}",
                 f"DTSTART;TZID=Europe/Paris:{one.start}", f"DESCRIPTION:{one.text}",
                 "LOCATION:" + one.place.replace(",", "\\,")]  # fmt: skip
        rows += [f"URL:{one.url}"] if one.url else []
        rows += ["END:VEVENT"]
    return "\r\n".join([*rows, "END:VCALENDAR", ""])


def linked(*events):
    """JSON-LD without ``@id``."""
    nodes = []
    for one in events:
        node = {"@type": "Event", "name": one.title, "description": one.text,
                "startDate": f"{one.day}T{one.hour:02}:00:00",
                "location": {"@type": "Place", "name": "Salle des fêtes", "address": {
                    "@type": "PostalAddress", "addressLocality": "Amiens",
                    "postalCode": "80000"}}}  # fmt: skip
        nodes.append(node | ({"url": one.url} if one.url else {}))
    return json.dumps({"@context": "https://schema.org", "@graph": nodes})


def agenda(*events):
    rows = [{"uid": one.named, "title": {"fr": one.title}, "description": {"fr": one.text},
             "longDescription": {"fr": one.text}, "state": 2, "status": 1,
             "timings": [{"begin": f"{one.day}T{one.hour:02}:00:00+01:00",
                          "end": f"{one.day}T{one.hour:02}:50:00+01:00"}],
             "location": {"name": "Salle des fêtes", "city": "Amiens", "postalCode": "80000",
                          "address": "2 place de la Mairie, 80000 Amiens"}}
            for one in events]  # fmt: skip
    return json.dumps({"total": len(rows), "events": rows})


class Run(NamedTuple):
    """What a run printed: its exit code, how many items came to what, its text."""

    code: int
    read: int
    counts: dict
    gone: int
    text: str


def bring(
    site, capsys, name, text, *more,
    by="importer",
):  # fmt: skip
    file = site.parent / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    capsys.readouterr()
    given = () if name.endswith((".xml", ".csv")) else OPTIONS
    code = main([by, str(file), "--date", f"{DAY}", *given, *more])
    return printed(capsys.readouterr().out, code)


def printed(said, code=0):
    """What a run tells in its last line of counts, which add up."""
    found = re.findall(
        r"^(\d+) lus? : ([^.;]*)(?: ; n’est plus dans la source : (\d+))?\.", said, re.M
    )
    assert found, said
    read, told, gone = found[-1]
    counts = {word: int(number) for number, word in (it.split(" ", 1) for it in told.split(", "))}
    assert int(read) == sum(counts.values()), said
    return Run(code, int(read), counts, int(gone or 0), said)


def singular(run):
    """Its counts, their words in the singular."""
    return Counter({word.rstrip("sx"): count for word, count in run.counts.items()})


def new(run):
    return singular(run)["nouveau"]


def tree(site):
    """The texts that a portal has."""
    found = [*site.rglob("*.md"), *site.glob("*.json")]
    return {one.relative_to(site).as_posix(): one.read_bytes() for one in found}


def contents(site):
    """The texts that are no drafts."""
    draft = b"\nstatut: brouillon\n"
    return {path: data for path, data in tree(site).items() if draft not in data}


def content(site, ref):
    """The file of a content, in the folder of its source if it has one."""
    kind, _, name = ref.partition("/")
    below = site / "content" / kind
    return next((path for path in below.glob(f"*/{name}.md")), below / f"{name}.md")


def front(site, ref, loader=yaml.SafeLoader):
    """What a content says, as another reader of YAML reads it."""
    return yaml.load(content(site, ref).read_text(encoding="utf-8").split("---\n")[1], loader)


def files(site):
    """What the events say, by name."""
    there = sorted((site / "content/events").rglob("*.md"))
    return {path.stem: front(site, f"events/{path.stem}", yaml.CSafeLoader) for path in there}
