"""The table of podcasts, and what is wrong with it."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePosixPath

from msgspec import Struct

from portail.greffons import Around, Diagnostic, Draft, Position, RuleSpec, diagnostic

FILE = Path(__file__).with_name("podcasts.csv")
CODES = (
    RuleSpec(
        "EX10", "Podcast illisible", "Ce podcast ne se lit pas : {raison}.", "Voyez les autres."
    ),
    RuleSpec("EX11", "Sujet inconnu", "« {sujet} » n’existe pas.", "Écrivez « articles/le-sel »."),
)


class Podcast(Struct, frozen=True):
    """A row: its columns. ``subject`` is the reference of the content that it is about."""

    slug: str
    title: str
    summary: str
    sound: str
    subject: str
    octets: int
    day: date

    @property
    def url(self) -> str:
        return f"/podcasts/{self.slug}/"


def rows() -> Iterator[tuple[Position, Podcast | str]]:
    """Each row, or why it cannot be read, with its place."""
    with FILE.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            place = Position(PurePosixPath("greffons/podcasts", FILE.name), reader.line_num)
            try:
                octets = int(row.pop("octets"))
                day = date.fromisoformat(row.pop("day"))
                yield place, Podcast(**row, octets=octets, day=day)
            except (TypeError, ValueError) as error:
                yield place, str(error)


def load(around: Around) -> tuple[tuple[Podcast, ...], list[Diagnostic]]:
    """The podcasts, the last first; rows that cannot be read are told."""
    every = [*rows()]
    found = [one for _, one in every if isinstance(one, Podcast)]
    faults = [diagnostic("EX10", place, raison=one) for place, one in every if isinstance(one, str)]
    return tuple(sorted(found, key=lambda one: (one.day, one.slug), reverse=True)), faults


def check_subjects(draft: Draft) -> Iterator[Diagnostic]:
    """What podcasts are about is there."""
    for place, one in rows():
        if isinstance(one, Podcast) and one.subject and one.subject not in draft.known:
            yield diagnostic("EX11", place, sujet=one.subject)
