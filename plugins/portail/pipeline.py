"""The whole build in one screen: list → read → check across documents → assemble → plan."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import Struct

from .agenda.weeks import SchoolHolidays
from .body.render import RENDERER_VERSION
from .clock import portal_zone
from .codes import diagnostic
from .config import SiteConfig
from .day import Day
from .diagnostics import Diagnostic, Report
from .feature import BRINGS, SUPPLIES, Around, Feature, Output, reading_with
from .features import CODE, used
from .files import code_digest, digest_of
from .geo.territories import Geography
from .model import genres
from .model.faults import phrase
from .model.vocabulary import Vocabularies
from .outputs.base import Artifact, Plan, TemplatePage, reader_of
from .outputs.kernel import OUTPUTS
from .outputs.parts import part
from .resources import Folder, folders_of, quiet_gc
from .site.assemble import assemble, draft_of
from .site.checks import check
from .site.draft import (
    Mapper,
    confront,
    read_all,
    without_examples,
    without_kinds,
)
from .site.greffons import NO_GREFFONS, Greffons
from .site.revisions import Revisions
from .site.rivals import late_files, told_of, without_late
from .site.site import Site, menu_faults
from .source.genres import gathered
from .source.loader import Media, SourceFile, list_content, register_of
from .source.store import Loaded, Store
from .terminal.readable import stage


class Result(Struct, frozen=True):
    """What a run gives: ``site`` and ``plan`` are ``None`` when an error forbids publication.

    ``read`` counts the files of ``content/``.
    """

    site: Site | None
    plan: Plan | None
    report: Report
    read: int


class Tables(Struct, frozen=True):
    """The reference tables of ``data``, as they are for a region."""

    data: Folder
    vocabularies: Vocabularies
    geography: Geography
    holidays: SchoolHolidays

    @classmethod
    def load(cls, data: Folder, region: str) -> Tables:
        geography = Geography.load(data, region)
        home = geography.home.code if geography.home else ""
        holidays = SchoolHolidays.load(data, home)
        return cls(data, Vocabularies.load(data), geography, holidays)


def one_process(function: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """The simplest mapper: every item in turn, in this process."""
    return ((item, function(item)) for item in items)


@quiet_gc()
def planned(result: Result, config: SiteConfig, root: Path) -> Result:
    """The plan of a site is added to it, if there is one; ``root`` is the folder of the portal."""
    if result.site is None:
        return result
    with stage("Plan du site"):
        plan = Plan(_planned(reader_of(result.site)))
    pages = {page.url for page in plan if type(page) is TemplatePage}
    faults = [*plan.collisions, *menu_faults(config, root, pages, result.site.features)]
    report = result.report + faults
    if faults and not config.apercu:
        return Result(None, None, report, result.read)
    return Result(result.site, plan, report, result.read)


def run(
    content: Path,
    data: Folder,
    config: SiteConfig,
    day: Day,
    store: Store,
    mapper: Mapper = one_process,
    tables: Tables | None = None,
    *,
    root: Path,
    proposed: Path | None = None,
    plans: bool = True,
    publishes: bool = False,
    before: Collection[PurePosixPath] = (),
) -> Result:
    """Read ``content`` and plan the site of ``day``; without ``plans`` the site alone.

    ``root`` is the folder of the portal, whose kinds were brought (``source.genres``);
    ``proposed`` files are among the contents. Every stage runs to its end, so that one run reports
    every mistake. A preview leaves faulty files out; what ``publishes`` leaves out a file whose
    address another had first, the files of ``before`` being first. Raises ``DataError`` for a
    broken table, ``ConfigError`` for a setting.
    """
    tables = tables or Tables.load(data, config.region)
    result = _read(
        content,
        config,
        day,
        store=store,
        mapper=mapper,
        tables=tables,
        root=root,
        proposed=proposed,
        before=before,
        publishes=publishes,
    )
    if plans:
        return planned(result, config, root)
    return result


def _read(
    content: Path,
    config: SiteConfig,
    day: Day,
    store: Store,
    mapper: Mapper,
    tables: Tables,
    root: Path,
    proposed: Path | None,
    before: Collection[PurePosixPath],
    *,
    publishes: bool,
) -> Result:
    vocabularies = tables.vocabularies
    geography = tables.geography
    features = _confronted(config, tables, root)
    reading = reading_with(features, vocabularies, geography)
    listing = without_kinds(list_content(content, config.statiques, proposed), config)
    files: list[SourceFile | Media] = [*listing.documents, *listing.medias]
    records = read_all(files, store, reading, mapper)
    listing, records = without_examples(listing, records, config)
    late = late_files(listing, records, content, before)
    listing, records = without_late(listing, records, late if publishes else ())
    supply = SUPPLIES.of(features)
    derived = []
    if supply:
        derived = supply.records(listing, geography, store, reading)
    beside = listing.beside
    around = Around(
        content.parent,
        tables.data,
        config,
        geography=geography,
        vocabularies=vocabularies,
        day=day.date,
        beside=beside,
        store=store,
    )
    parts, warnings = _parts(features, around, root)
    store.keep(file.path for file in (*files, *beside, *derived))
    register = register_of(listing, reading)
    inputs = (content, proposed, config, day, late, register, listing.unpublished, parts)
    described = f"{inputs!r} {genres.current().digest}"
    fond, untitled = _fonds([*records, *derived], features, described, config=config)
    faults: list[Diagnostic] = []
    for record in records:
        faults.extend(_of_day(fault, day) for fault in record.diagnostics)
    faults = gathered(faults)
    faults += [*register.diagnostics, *told_of(late, publishes=publishes), *warnings]
    faults += [*listing.diagnostics, *genres.current().faults]
    draft = draft_of(
        listing, records, geography, day, config, register, late, features=features, parts=parts
    )
    report = Report((*faults, *check(draft, records, fond, untitled=untitled, store=store)))
    site = None
    if config.apercu or not report.has_errors:
        tools = config, store, vocabularies, tables.holidays
        site = assemble(draft, listing, *tools, report, derived)
        revisions = Revisions(content, day.date, store)
        site = replace(site, parts=parts, revisions=revisions, fond=fond)
        if fond:  # what is told of the world leaves its place to what is called like it
            site = replace(site, fond_untitled=digest_of(untitled, *site.told))
    return Result(site, None, report, len(files))


def _of_day(fault: Diagnostic, day: Day) -> Diagnostic:
    # ``fault``; where the day of publication is missing, the line to add says ``day``: the example
    # of its field may be to come, and who copies it would not see one's content.
    if fault.code != "E201" or not fault.fix.beside or fault.fix.beside[0] != "publie_le":
        return fault
    line = f"publie_le: {day.date}"
    remedy = phrase("ajouter", ligne=line)
    return diagnostic("E201", fault.position, fault.fix, paste=line, cle="publie_le", remede=remedy)


def _fonds(
    records: Collection[Loaded], features: Iterable[Feature], inputs: str, *, config: SiteConfig
) -> tuple[str, str]:
    # See ``Site``: not those of a preview, whose faulty files are left out, nor of an instance that
    # adds code.
    if config.apercu or config.greffons:
        return "", ""
    names = [feature.name for feature in features]
    seen = "\n".join([f"{record.path} {record.seen(record.front)}" for record in records])
    untitled = "\n".join([f"{record.path} {record.seen(record.untitled)}" for record in records])
    return digest_of(inputs, *names, seen), digest_of(inputs, *names, untitled)


def _confronted(config: SiteConfig, tables: Tables, root: Path) -> tuple[Feature, ...]:
    confront(config, tables.geography)
    features = features_of(config, root)
    for feature in features:
        if feature.judges.tables:
            feature.judges.tables(config, tables.geography, tables.vocabularies)
    return features


def _parts(
    features: Sequence[Feature], around: Around, root: Path
) -> tuple[Mapping[str, object], list[Diagnostic]]:
    judges = [feature.judges.settings for feature in features if feature.judges.settings]
    faults = list(chain.from_iterable(judge(around.config, root) for judge in judges))
    parts: dict[str, object] = {}
    for source in chain.from_iterable(feature.reads for feature in features):
        parts[source.name] = None
        if source.of is None or source.of(around).exists():
            parts[source.name], warnings = source.load(around)
            faults += warnings
    return parts, faults


def greffons_of(config: SiteConfig, root: Path) -> Greffons:
    """What the instance in ``root`` adds; a site that names nothing imports nothing. Raises
    ``ConfigError``."""
    if not config.greffons:
        return NO_GREFFONS
    from .greffons import load

    return load(config.greffons, root)


def features_of(config: SiteConfig, root: Path) -> tuple[Feature, ...]:
    added = {feature.name: feature for feature in greffons_of(config, root).features}
    ours = [added.pop(feature.name, feature) for feature in used(config)]
    genres_by_folder = genres.current().every.values()
    brings = BRINGS.of(ours) if genres_by_folder else None
    brought = []
    if brings:
        brought = [brings(genre) for genre in genres_by_folder]
    return (*ours, *brought, *(feature for feature in added.values() if feature.is_used(config)))


def _planned(site: Site) -> list[Artifact]:
    # What the outputs plan, then what describes it.
    additions: list[tuple[str, Output]] = []
    for feature in site.features:
        additions += [(f"{feature.name} {output.name}", output) for output in feature.outputs]
    planned: list[Artifact] = []
    for name, addition in additions:
        if addition.is_long:
            planned += part(site, name, addition.plan)
    for output in OUTPUTS:
        if output.whole:
            planned += part(site, output.name, output.plan)
        else:
            planned += output.plan(site)
    for name, addition in additions:
        if not (addition.is_long or addition.is_last or addition.is_survey):
            planned += part(site, name, addition.plan)
    if last := [(name, addition) for name, addition in additions if addition.is_last]:
        addresses = _addresses(site, planned)
        digest = digest_of("\n".join(addresses))
        for name, addition in last:
            planned += part(site, f"{name} {digest}", addition.plan, *addresses)
    surveys = [addition for _, addition in additions if addition.is_survey]
    return planned + list(chain.from_iterable(survey.plan(site, planned) for survey in surveys))


def _addresses(site: Site, planned: Iterable[Artifact]) -> list[str]:
    pages = {page.url for page in planned if type(page) is TemplatePage}
    return sorted(pages.union(media.url for media in site.medias.values()))


# What a stored record depends on besides its file: our code and the reference data.


def domain_salt(data: Folder, region: str = "") -> str:
    """Digest of the packages that bring features, of the tables of ``data``, of the clock and of
    the region of the instance, whose communes win over their homonyms: records made with others
    are made again."""
    made_by = RENDERER_VERSION, version("pystemmer"), region, portal_zone().key
    code = code_digest([*CODE, *folders_of(data)], "tests")
    return digest_of(*made_by, code, genres.current().digest)
