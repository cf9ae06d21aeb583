"""From two readings, of the base and of the proposal, to the story of what changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from portail.cli.apercu.changes import Change, Differing, compare, differing
from portail.cli.apercu.faults import told_of
from portail.cli.apercu.story import Asked, Sources, Story, story_of
from portail.cli.apercu.vanished import vanished
from portail.cli.reporting import source_lines
from portail.config import SiteConfig
from portail.diagnostics import Diagnostic, Report
from portail.geo.territories import Geography
from portail.model.fields import Reading
from portail.model.vocabulary import Vocabularies
from portail.pipeline import Result
from portail.site.site import Site
from portail.source.envois import check_frozen
from portail.source.loader import list_content
from portail.text.dates import jour

__all__ = ["Folders", "tell"]


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of the base and of the proposal, which have the same name: the one that is
    ``apres``, and what differs, listed and read once, as a preview of them is; ``figees`` what is
    wrong with it whatever it says: files of letters that were sent."""

    apres: Path
    found: Differing
    figees: tuple[Diagnostic, ...] = ()

    @classmethod
    def of(cls, avant: Path, apres: Path, config: SiteConfig) -> Folders:
        """List and read both."""
        left = config.statiques
        before, after = list_content(avant, left), list_content(apres, left)
        return cls(apres, differing(before, after), (*check_frozen(before, after, apres.name),))

    def changed_texts(self) -> list[PurePosixPath]:
        """The texts of the base that the proposal changes, renames or takes out."""
        found = compare(self.found, {})
        return [one.avant.path for one in found if one.avant and one.document]


def tell(folders: Folders, before: Result, after: Result, data: Path, asked: Asked) -> Story:
    """What ``folders`` differ by, once both are read; ``data`` is the folder of the tables.

    Raises ``DataError`` when a table is broken.
    """
    assert before.site is not None
    assert after.site is not None  # a preview leaves out what is faulty
    config = after.site.config
    changes: Sequence[Change] = compare(folders.found, _owners(before.site, after.site))
    lost = vanished(changes, before.site, after.site)
    changes, told = told_of(changes, before.report, Report((*after.report, *folders.figees, *lost)))
    reading = Reading(Vocabularies.load(data), Geography.load(data, config.region))
    refs = frozenset(f"{one.kind.value}/{one.slug}" for one in folders.found.connus)
    lines = source_lines(folders.apres.parent)
    sources = Sources(before.site, after.site, lines, refs, reading)
    day = jour(after.site.day.date, semaine=False)
    return Story(story_of(changes, told, sources), day, asked, config)


def _owners(*sites: Site) -> Mapping[PurePosixPath, set[PurePosixPath]]:
    """The texts that show each picture or document, on either side."""
    found: dict[PurePosixPath, set[PurePosixPath]] = {}
    for site in sites:
        for item in site.items.values():
            for path in item.medias.values():
                found.setdefault(path, set()).add(item.entry.source)
    return found
