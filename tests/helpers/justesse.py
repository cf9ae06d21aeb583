"""What a harvest makes of sources as organisers have them (``tests/sources``), beside what these
say: how many of their contents are ready to be published, and which of them say something else.

``python tests/helpers/justesse.py`` prints what is not ready, and what is wrong, of each source.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import chdir
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from arrivages import DAY
from checkout import ROOT
from liars import Liar
from plans import entry, write
from portail.cli.contents import read_contents
from portail.site.item import Item
from portail.text.normalise import name_key, slugify

FOLDER = ROOT / "tests/sources"
_UNSAID = ["format=atelier", "publics=tout-public"]
_HERE = ("--reseaux-prives", "--delai", "0", "--site-url", "https://portail.example.org")
_ON_LINE = "en ligne"


class Judged(NamedTuple):
    """What became of the contents of one source, in words."""

    source: str
    ready: list[str]
    unready: list[str]
    wrong: list[str]


def harvested(folder: Path) -> list[Judged]:
    """Each source, read into a new portal in ``folder``, and judged."""
    table = yaml.safe_load((FOLDER / "attendu.yml").read_text(encoding="utf-8"))
    _portail(folder.parent, "init", folder, "--region", "Hauts-de-France")
    write(folder, {f"lieux/{name}": entry("lieux", **it) for name, it in table["lieux"].items()})
    server = Liar()
    listed: list[dict[str, Any]] = []
    written: dict[str, set[Path]] = {}
    for name, source in table["sources"].items():
        if "par" in source:
            there = {*folder.rglob("*.md")}
            _portail(folder, "importer", FOLDER / name, *source["par"])
            written[name] = {*folder.rglob("*.md")} - there
            continue
        server.routes[f"/{name}"] = (200, {}, _served(name, source.get("charset", "")))
        listed.append({"nom": name, "adresse": f"{server.url}/{name}", "avec": _UNSAID,
                       "accord": {"le": "2026-10-01", "de": "la direction"}})  # fmt: skip
        listed[-1] |= {key: source[key] for key in ("lieu", "licence") if key in source}
    (folder / "sources.yml").write_text(json.dumps({"sources": listed}), encoding="utf-8")
    _portail(folder, "moissonner", *_HERE)
    server.close()
    for source in listed:
        written[source["nom"]] = {*(folder / "content").glob(f"*/{slugify(source['nom'])}/*.md")}
    with chdir(folder):
        read = read_contents(None, f"{DAY}", "justesse", drafts=True)
    assert read.result.site, [*read.result.report]
    items = [*read.result.site.items.values()]
    ready = {folder / it.entry.source: it for it in items if it.entry.statut != "brouillon"}
    return [
        _judged(name, it, [ready[path] for path in written[name] & ready.keys()])
        for name, it in table["sources"].items()
    ]


def _portail(folder: Path, *words: Any) -> None:
    command = [sys.executable, "-m", "portail", *map(str, words), "--date", f"{DAY}"]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def _served(name: str, charset: str) -> bytes:
    data = (FOLDER / name).read_bytes()
    if charset:
        return data.decode().encode(charset)
    return data.replace(b"\n", b"\r\n") if name.endswith(".ics") else data


def _judged(name: str, source: Mapping[str, Any], items: Iterable[Item]) -> Judged:
    found = Judged(name, [], [], [])
    mine = {name_key(it.entry.titre): it for it in items}
    for title, when, where, state in source["contenus"]:
        key = name_key(title)
        known = next((one for one in mine if f" {key} " in f" {one} "), "")
        item = mine.pop(known, None)
        faults = " ; ".join(_faults(item, when, where, state)) if item else ""
        if faults:
            found.wrong.append(f"{title}: {faults}")
        if state != "annule":
            (found.unready if faults or item is None else found.ready).append(title)
    known_texts = {name_key(title) for title in source.get("textes", ())}
    found.wrong.extend(f"{key}: is not expected" for key in mine if key not in known_texts)
    return found


def _faults(item: Item, when: str | list[str], where: str, state: str) -> Iterator[str]:
    moments = [*_moments(item)]
    several = isinstance(when, list)
    rows = [
        (moments if several else "".join(moments[:1]), when),
        (_place(item), where),
        (getattr(item.entry, "etat", "programme"), state),
    ]
    yield from (f"{told or 'nothing'}, not {asked}" for told, asked in rows if told != asked)


def _moments(item: Item) -> Iterator[str]:
    for one in item.occurrences:
        if one.etat in (getattr(item.entry, "etat", ""), "programme"):
            yield f"{one.debut:%Y-%m-%d}" if one.journee else f"{one.debut:%Y-%m-%d %H:%M}"


def _place(item: Item) -> str:
    own: Any = item.entry
    if place := getattr(own, "lieu", ""):
        return str(place).rpartition("/")[2]
    if item.commune and (getattr(own, "adresse", None) or getattr(own, "commune", None)):
        return item.commune.nom.replace("'", "’")
    return _ON_LINE if getattr(own, "en_ligne", "") else ""


def figures(folder: Path) -> dict[str, float]:
    """Of a hundred contents that sources say, how many are not ready; how many are wrong."""
    found = harvested(folder)
    ready, unready, wrong = (sum(map(len, column)) for column in [*zip(*found, strict=True)][1:])
    share = round(100 * unready / (ready + unready))
    return {"sources: not ready, of 100 events": share, "sources: ready and wrong": wrong}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        told = harvested(Path(place) / "portail")
    for one in told:
        print(f"{one.source}: {len(one.ready)} of {len(one.ready) + len(one.unready)}")
        print("".join(f"  not ready: {title}\n" for title in one.unready), end="")
        print("".join(f"  WRONG: {fault}\n" for fault in one.wrong), end="")
    first = sum(len(one.ready) for one in told)
    whole = first + sum(len(one.unready) for one in told)
    print(f"{first} ready of {whole}; {sum(len(one.wrong) for one in told)} wrong")
