"""``portail moissonner``: what the sources of ``sources.yml`` say becomes files to accept.

Exit codes: 0; 1, a source could not be read, which stops no other; 2, usage, environment, or
contents that have errors.
"""

from __future__ import annotations

import os
import sys
import traceback
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from portail.cli.arguments import Manner, Parser, add_options, manner_of, opener
from portail.cli.contents import Contents, read_contents
from portail.clock import portal_zone
from portail.diagnostics import ConfigError, Refused
from portail.files import Files, atomic_write
from portail.model.kinds import PLACES, place_ref
from portail.site.site import Site
from portail.terminal.readable import inform, say, stage
from portail.terminal.text import refusals, safe
from portail.text.addresses import address_parts
from portail.text.normalise import name_key
from portail.text.suggest import meant
from portail.text.typography import then_in_region
from portail_importer.trying import faults_among, written

from ..importer.base import Base, mark, source_of
from ..importer.engine import harvest
from ..importer.ground import PRIVATE, Ground, ground_of, judged
from ..importer.imports import (
    from_the_web,
    in_town,
    request_of,
    rows_of,
    whole_or_cut,
    with_options,
)
from ..importer.sources.formats import reader_of, refuse_documents
from ..importer.sources.items import Loss
from ..importer.sources.openagenda import total_of
from ..importer.sources.places import Portal
from ..importer.sources.prose import in_a_row
from ..importer.sources.rights import RESERVED
from ..importer.values import Harvest, Origin, Request, part_of
from ..importer.where import is_room
from .answers import questions_of, with_answers
from .page import WORDS
from .record import FILE as RECORD
from .record import Memory, read_record, record_text
from .report import lines_of, markdown_of, summary_of
from .sorting import NOT_SCIENCE, is_kept, is_of_science
from .sources import FILE, Source, Tri, address_in

# From the bytes of a source to what its items ask to write, and what of them is taken.

# The namespace of what a page says.
_PAGE = "page"
# Words that lead to no other place than its own.
_HERE = "au a la le les dans sur place"


def requests_in(data: bytes, name: str, source: Source, base: Base, *, total: int) -> list[Request]:
    """The requests of a source, which says that it has ``total`` items, 0 when it does not. Raises
    ``Refused``, and ``ConfigError`` for what « avec » says."""
    refuse_documents(data, name)
    reader = reader_of(data, name)
    if reader is None:
        requests = _rows(data, name, base)
    else:
        items = reader.items(data, name, base.portal.day, address=source.adresse)
        requests = (request_of(item, reader.unit, base) for item in items)
    placed = (_placed(it, source, base) for it in requests)
    licensed = (_licensed(it, source) for it in placed)
    told = (_linked(it, source) for it in with_options(licensed, source.unsaid))
    read = whole_or_cut(told, total)
    if read and all(it.namespace == _PAGE and not it.kind.info.dated for it in read):
        raise Refused(
            "Cette page ne dit aucun événement aux programmes (schema.org) : donnez l’adresse d’un "
            "agenda (.ics), d’un flux, ou d’un export d’OpenAgenda."
        )
    return read


def _placed(request: Request, source: Source, base: Base) -> Request:
    # What names no place, or a room, is where its source is; what may be elsewhere is left to say,
    # once for all that is there.
    there = base.items.get(place_ref(source.lieu or ""))
    said = {part_of(request.kind, name) for name in request.values}
    if not request.kind.info.dated or {"ou", "en_ligne"} & said:
        return request
    rest = tuple(loss for loss in request.losses if loss.name != "adresse")
    text = in_a_row(*(loss.value for loss in request.losses if loss not in rest))
    found = base.placed(text)
    town = base.town_of(text)
    if text and town and not (found or source.lieu):
        found = {"adresse.nom": text, "adresse.commune": town}
    if found:
        return replace(request, values={**request.values, **found}, losses=rest)
    own = name_key(f"{there.entry.titre} {there.name} {_HERE}").split() if there else []
    inside = there is not None and set(name_key(text).split()) <= {*own}
    if there is None or not (inside or is_room(text)):
        asked = [Loss("adresse", text, "ce lieu n’est pas connu", asked="lieux")] if text else []
        return replace(request, losses=(*rest, *asked))
    values = {**request.values, "lieu": source.lieu, **({} if inside else {"salle": text})}
    return replace(request, values=values, losses=rest, defaults=request.defaults | {"ou"})


def _linked(request: Request, source: Source) -> Request:
    # What leads neither to a page of its source nor to a sheet leads to its site.
    address = address_parts(source.adresse)
    if source.lieu or "references" in request.values or "." not in (address.hostname or ""):
        return request
    site = {"titre": source.nom, "url": f"{address.scheme}://{address.hostname}/"}
    values = {**request.values, "references": [site]}
    return replace(request, values=values, defaults=request.defaults | {"references"})


def _licensed(request: Request, source: Source) -> Request:
    # What an item says of its rights is told where it is not what the source agreed to.
    own = request.text("licence")
    if own in ("", RESERVED, source.licence or own):
        return request
    loss = Loss("licence", own, f"{FILE} dit {source.licence} : celle de l’élément est gardée")
    return replace(request, losses=(*request.losses, loss))


def _rows(data: bytes, name: str, base: Base) -> Iterable[Request]:
    try:
        return rows_of(data, name, base)
    except Refused as refused:
        raise Refused(
            "Ce n’est ni un agenda, ni un flux, ni un export d’OpenAgenda, ni une page, ni un "
            f"tableau dont les colonnes se connaissent. {refused}"
        ) from None


def origin_of(source: Source, base: Base) -> Origin:
    """A source as it is read by itself: what is past, or that the portal keeps not, is left out."""
    today = base.portal.day.isoformat()

    def reason(request: Request) -> str:
        days = request.days
        if days and "rrule" not in request.values and max(days) < today:
            return "passé"
        return _unwanted(request, source, base)

    return replace(source.origin, images=source.images, reason=reason)


def _unwanted(request: Request, source: Source, base: Base) -> str:
    # Why the portal keeps not what a source says; "" when it does.
    kept = source.garder or Tri()
    if request.kind in PLACES and request.kind.value not in kept.genres:
        return "lieu de l’annuaire, que « genres » ne demande pas"
    if kept.genres and request.kind.value not in kept.genres:
        return f"genre que le portail n’en garde pas : {request.kind.info.pluriel}"
    if kept.communes:
        lieu = base.items.get(place_ref(request.text("lieu")))
        own = lieu.commune.code if lieu and lieu.commune else ""
        told = request.text("adresse.commune") or request.text("commune")
        codes = {base.commune(name) or name_key(name) for name in kept.communes}
        if (own or base.commune(told) or name_key(told)) not in codes:
            return f"hors des communes que le portail en garde : {told or 'commune inconnue'}"
    if name_key(request.by) in {*map(name_key, kept.sauf)}:
        return "de qui le portail ne garde rien"
    words = f" {name_key(' '.join(map(str, request.values.values())))} "
    if kept.sciences and not (_is_whole(source, base) or is_kept(request, kept.aussi, base)):
        return NOT_SCIENCE
    if kept.mots and not any(f" {name_key(word)}" in words for word in kept.mots):
        return "aucun des mots que le portail en garde"
    return ""


def _is_whole(source: Source, base: Base) -> bool:
    # Whether who speaks does nothing but science, as it says, or as its sheet does.
    there = base.items.get(place_ref(source.lieu or ""))
    return is_of_science(source.organisateur or getattr(there and there.entry, "type", None))


# Group of the entry point ``default`` of what opens connections: a callable ``(addresses by key,
# folder of copies, Manner) -> iterator of (key, bytes, trouble)``.
GROUP = "portail.moissons"
_COMMAND = "portail moissonner"
_AGENT = "Portail-moisson"
_COPIES = ".cache/moisson"
# Where nobody looks, what a source changes in bulk is believed once it has said so for this long.
_PATIENCE = timedelta(days=7)


def main(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    # Never the day of the settings, which may be pinned in the past.
    options.date = options.date or datetime.now(portal_zone()).date()
    read = read_contents(options.content, f"{options.date}", _COMMAND, drafts=True)
    site = read.result.site
    if read.result.report.has_errors or site is None:
        raise ConfigError(
            "Les contenus ou les sources ont des erreurs : « portail check » les dit. Rien n’a été "
            "moissonné."
        )
    listed: Sequence[Source] = site.part("moisson") or ()
    if options.demander:
        say("\n".join(_letters(listed, site, options.source)) or _ASKED, sys.stdout)
        return 0
    sources = _chosen(listed, options)
    if not sources:
        say(f"Aucune source à moissonner : {FILE} n’en a pas, ou elles dorment.\n", sys.stdout)
        _report([], options, site)
        return 0
    root = read.content.parent
    there = read_record(root / RECORD)
    with stage("Lecture des sources"):
        manner = manner_of(options, read.config, _AGENT, _COMMAND, may_be_nobody=True)
        answers = _answers(sources, root, manner)
    base = Base(read.content, "", site.items, Portal.of(site, read.day.date))
    fetch = None if options.simuler else from_the_web
    ground = ground_of(base, read.result.report, fetch)
    ground.origins = {source.slug: source.origin for source in listed}
    ground.memories = {slug: memory.proposed for slug, memory in there.items()}
    ground.by_address = {memory.address: slug for slug, memory in there.items()}
    if not site.config.tenu:
        since = options.date - _PATIENCE
        failing = {slug: memory.failing or options.date for slug, memory in there.items()}
        ground.waiting = frozenset(slug for slug, day in failing.items() if day > since)
    harvests = _harvests(sources, answers, ground, site=site, options=options)
    slugs = {*ground.origins, *map(source_of, ground.entries.values())}
    kept = {slug: memory for slug, memory in there.items() if slug in slugs}
    _write(harvests, kept, read, options)
    inform("".join(f"{safe(line)}\n" for line in lines_of(harvests)), sys.stdout)
    say(f"{summary_of(harvests)}{' : rien n’est écrit' * options.simuler}.\n", sys.stdout)
    _report(harvests, options, site)
    return int(any(it.trouble for it in harvests))


_ASKED = "Aucune source n’attend un accord.\n"


def _letters(sources: Iterable[Source], site: Site, name: str | None) -> Iterator[str]:
    # The letter that asks each source that sleeps, or the one of this ``name``, whether it agrees.
    for source in sources:
        waits = source.dort and not source.agrees
        if source.nom == name or (waits and not name):
            told = {"nom": source.nom, "adresse": source.adresse, "portail": site.config.nom}
            yield WORDS["lettre"].format(**told, demande=_demand(source, site))


def _demand(source: Source, site: Site) -> str:
    region = then_in_region(site.config.region)
    told = {"adresse": source.adresse, "portail": site.config.nom, "en_region": region}
    return str(WORDS["demande"].format(**told))


def _chosen(sources: Sequence[Source], options: Namespace) -> list[Source]:
    by_name = {source.nom: source for source in sources}
    name = options.source
    if name and name not in by_name:
        raise ConfigError(f"{FILE} n’a pas de source « {name} ».{meant(name, by_name)}")
    return [source for source in sources if not source.dort and name in (None, source.nom)]


def _answers(
    sources: Iterable[Source], root: Path, manner: Manner
) -> Mapping[str, tuple[bytes, str]]:
    ask: Callable[..., Iterable[tuple[str, bytes, str]]] = opener(GROUP)
    asked: dict[str, str] = {}
    answers: dict[str, tuple[bytes, str]] = {}
    for source in sources:
        try:
            if source.forbids:
                raise Refused(_FORBIDDEN)
            asked[source.slug] = address_in(source.adresse, os.environ)
        except Refused as refused:
            answers[source.slug] = b"", str(refused)
    return answers | {key: (data, why) for key, data, why in ask(asked, root / _COPIES, manner)}


_FORBIDDEN = (
    "Sa licence ne permet pas de reprendre ses textes autrement : demandez-lui un autre accord, "
    "ou faites-la dormir."
)


# What a site closes to programs, whoever keeps it may open.
_ROBOTS = "robots.txt"
_AGREE = (
    "Demandez-lui son accord (le rapport donne la phrase à envoyer, « portail moissonner "
    "--demander --source … » la lettre), ou donnez le fichier, ouvert dans un navigateur, à "
    "« portail importer »."
)
_TOO = f"Son site la ferme aux programmes ({_ROBOTS}), comme « {{}} »."


def _harvests(
    sources: Sequence[Source],
    answers: Mapping[str, tuple[bytes, str]],
    ground: Ground,
    site: Site,
    options: Namespace,
) -> Sequence[Harvest]:
    found: list[Harvest] = []
    # The first source of each site that is closed.
    closed: dict[str, Source] = {}
    for source in sources:
        data, trouble = answers[source.slug]
        letter = ""
        if _ROBOTS in trouble:
            first = closed.setdefault(address_parts(source.adresse).netloc or source.slug, source)
            trouble = f"{trouble} {_AGREE}" if first is source else _TOO.format(first.nom)
            letter = _demand(source, site) if first is source else ""
        before = {**ground.entries}, {**ground.files}
        try:
            if trouble:
                raise Refused(trouble)
            if source.lieu and place_ref(source.lieu) not in ground.entries:
                raise Refused(f"« lieu: {source.lieu} » n’est pas dans l’annuaire ({FILE}).")
            total = total_of(data)
            base = in_town(replace(ground.base, answers=source.answers), source.avec)
            read = partial(requests_in, data, source.nom, source, total=total)
            requests = read(base)
            origin = origin_of(source, base)
            memory = ground.memories.get(source.slug, {})
            asked = [*questions_of(requests, base, memory=memory, reason=origin.reason)]
            if meant := {(it.where, name_key(it.said)): it.meant for it in asked if it.meant}:
                requests = read(replace(base, answers={**base.answers, **meant}))
            done = harvest(origin, requests, ground)
            if done.is_held:
                raise Refused(" ".join(done.alarms))
            kept = {mark([*key]): mark(it) for key, it in meant.items()}
            proposed = {**done.proposed, **kept}
            found.append(replace(done, total=total, questions=asked, proposed=proposed))
        except Exception as error:
            # Nothing of it is written: the next ones find what was there before it.
            ground.entries, ground.files = before
            said = ground.memories.get(source.slug, {})
            why = _why(error)
            found.append(Harvest(source.origin, proposed=said, trouble=why, letter=letter))
    trial = partial(faults_among, content=ground.base.content, date=f"{options.date}")
    refused = () if site.config.tenu else PRIVATE
    return judged(found, trial, ground.base, refused=refused)


def _why(error: Exception) -> str:
    # Why a source is not read: what it is, or a fault of ours, which its host cannot mend.
    if isinstance(error, (Refused, ConfigError)):
        return str(error)
    traceback.print_exception(error)
    return (
        f"Une faute de programme l’arrête ({type(error).__name__}), et les autres sources sont "
        "lues : signalez-la, avec ce que la commande en dit."
    )


def _write(
    harvests: Sequence[Harvest], memories: dict[str, Memory], read: Contents, options: Namespace
) -> None:
    root = read.content.parent
    files: Files = {}
    for it in harvests:
        files |= it.files
        failing = memories.get(it.origin.slug, Memory()).failing or read.day.date
        known = dict(it.proposed), mark(it.origin.address), failing if it.trouble else None
        memories[it.origin.slug] = Memory(*known)
    record = record_text(memories)
    there = (root / RECORD).read_bytes() if (root / RECORD).is_file() else record_text({})
    if record != there:
        files[PurePosixPath(RECORD)] = record
    if answers := {it.origin.slug: it.answers for it in harvests if it.answers}:
        text = (root / FILE).read_bytes().decode("utf-8")
        files[PurePosixPath(FILE)] = with_answers(text, answers).encode()
    if not options.simuler:
        [*written(files, read.content)]


def _report(harvests: Sequence[Harvest], options: Namespace, site: Site) -> None:
    if file := options.rapport:
        with refusals(f"« {safe(file)} » ne peut pas être écrit"):
            atomic_write(Path(file), markdown_of(harvests, site).encode(), durable=False)


def _parser() -> Parser:
    parser = Parser("moissonner", f"Lit les sources de {FILE}, et écrit ce qui y a changé.")
    parser.add("--content", "DOSSIER", "dossier des contenus (content)")
    parser.add("--source", "NOM", "celle-ci seulement")
    parser.flag("--demander", "écrit la lettre à envoyer à celles qui attendent leur accord")
    parser.flag("--simuler", "dit ce qui serait fait, n’écrit rien")
    parser.add("--rapport", "FICHIER", "où écrire le rapport (Markdown)")
    add_options(parser, minutes=10.0, seconds=30.0)
    parser.voice()
    return parser
