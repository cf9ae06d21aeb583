"""A whole site of another generator, brought in: each of its texts as what it asks for."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from portail.codes import diagnostic
from portail.diagnostics import ConfigError, Diagnostic, Position
from portail.features.importer.asked import Asked
from portail.features.importer.base import Base, Outcome, State, Step, read_journal
from portail.features.importer.brought import Brought, given
from portail.features.importer.engine import import_all
from portail.features.importer.sites.compose import Keys
from portail.features.importer.sites.reading import NAMES, OldSite
from portail.features.importer.sources.found import Loss
from portail.features.importer.values import flat
from portail.features.tableurs.columns import BODY
from portail.features.tableurs.grid import Refused
from portail.model.faults import FieldPath
from portail.model.names import free_name
from portail.site.draft import Mapper
from portail.terminal.text import counted, safe

_MOST = 400_000_000
"""Bytes of pictures and documents that one import brings, held at once."""


def moved_in(
    folder: Path, generator: str, base: Base, options: Namespace, mapper: Mapper
) -> Brought:
    """What the site in ``folder`` comes to; ``mapper`` reads its texts. Raises ``Refused``,
    ``ConfigError``."""
    old = OldSite(folder, generator, (options.adresse or "").rstrip("/"))
    if not old.texts:
        raise Refused(f"« {folder} » : aucun texte de {NAMES[generator]} n’y est.")
    refs = _refs(old, base)
    asked = given(_asked(old, refs, base, _keys(options), mapper), options.avec)
    journal = read_journal(base.journal)
    outcome, known = import_all(asked, base, journal, accept=options.accepter, bodies=False)

    def place(number: int, found: Diagnostic, path: FieldPath) -> Diagnostic:
        return known[number].place(found, path)

    heading = [f"{base.name} (site de {NAMES[generator]}) : "]
    heading[0] += f"{counted(len(old.texts), ('texte lu', 'textes lus'))}."
    outcome = _with_medias(outcome, known, base, folder)
    return Brought(
        base=base,
        heading=[safe(one) for one in (*heading, *old.notes, *_moved_files(known))],
        subject=base.name,
        unit="texte",
        outcome=outcome,
        place=place,
        alone=True,
    )


def _moved_files(asked: Mapping[int, Asked]) -> Iterator[str]:
    """That no redirection answers at the former addresses of files: pages alone have one."""
    medias = {place: path for one in asked.values() for place, path in one.medias.items()}
    if medias:
        place, path = min(medias.items())
        yield (
            f"{counted(len(medias), ('image ou document change', 'images et documents changent'))} "
            f"d’adresse sans redirection (« {path} » est à /{place}) : les textes repris suivent, "
            "les liens d’autres sites non."
        )


def _keys(options: Namespace) -> Keys:
    """What is said of keys, once for all texts. Raises ``ConfigError``."""
    renamed: dict[str, str] = {}
    for row in options.cle:
        key, sign, name = (part.strip() for part in row.partition("="))
        if not (key and sign and name):
            raise ConfigError(f"« --cle {row} » : écrivez ANCIENNE=CHAMP, comme mission=resume.")
        renamed[key.lower()] = name
    left = {one.strip().lower() for row in options.sans for one in row.split(",")}
    return Keys(renamed, frozenset(left))


def _refs(old: OldSite, base: Base) -> dict[str, str]:
    """The reference of each text, by its path: that of the content that it gave before, else a free
    one. A text that shows nowhere, nothing may link to it."""
    taken = set(base.items)
    found: dict[str, str] = {}
    names = old.names()
    for text in old.texts:
        if text.path not in names:
            continue
        key = text.kind.value, old.generator, old.identifier(text)
        if there := base.by_identifier.get(key):
            found[text.path] = there.ref
            continue
        name = free_name(text.kind, names[text.path], base.portal.day, taken)
        taken.add(f"{text.kind.value}/{name}")
        found[text.path] = f"{text.kind.value}/{name}"
    return found


def _asked(
    old: OldSite, refs: Mapping[str, str], base: Base, keys: Keys, mapper: Mapper
) -> Iterator[Asked]:
    """What each text asks for."""
    drafts = {text.path for text in old.texts if text.draft}
    site = old.site({path: ref for path, ref in refs.items() if path not in drafts})
    read = partial(old.moved, site=site, known=base.portal, keys=keys)
    rows = zip(old.texts, mapper(read, old.texts), strict=True)
    for number, (text, moved) in enumerate(rows, 1):
        place = Position(PurePosixPath(text.path), 1)
        said = {"titre": text.titre, "raison": text.refused}
        kept = [one for one in moved.losses if one.kept]
        yield Asked(
            number=number,
            kind=text.kind,
            values=flat(moved.values) | ({BODY: moved.body} if moved.body else {}),
            place=partial(_placed, place),
            at=partial(_at, place),
            namespace=old.generator,
            identifier="" if text.refused else old.identifier(text),
            unit="le texte",
            alone=True,
            diagnostics=(diagnostic("E142", place, **said),) if text.refused else (),
            losses=moved.losses,
            slug=refs.get(text.path, "").partition("/")[2],
            notes=(f"À relire : {', '.join(_counted(kept))}.",) if kept else (),
            medias=moved.medias,
        )


def _counted(losses: Iterable[Loss]) -> Iterator[str]:
    """What is to be read again, each sort of it once."""
    for name, count in Counter(one.name for one in losses).items():
        yield f"{name} × {count}" if count > 1 else name


def _placed(place: Position, found: Diagnostic, path: FieldPath) -> Diagnostic:
    return replace(found, position=place, paste="", label="")


def _at(place: Position, name: str) -> Position:
    return place


def _with_medias(outcome: Outcome, asked: Mapping[int, Asked], base: Base, folder: Path) -> Outcome:
    """``outcome`` with the files that its texts show or link to, where they are not there yet.
    Raises ``Refused`` for too many."""
    beside: dict[PurePosixPath, bytes] = {}
    steps: list[Step] = []
    weight = 0
    for step in outcome.steps:
        medias = asked[step.row].medias if step.after or step.state is State.WAITING else {}
        others = []
        for place, source in medias.items():
            path = PurePosixPath(base.content.name, place)
            there = base.content.parent / path
            data = (folder / source).read_bytes()
            if not there.exists():
                weight += len(data) * (path not in beside)
                beside[path] = data
            elif there.read_bytes() != data:
                others.append(Loss("fichier", source, f"« {path} » est déjà là, et autre"))
        steps.append(replace(step, losses=(*step.losses, *others)) if others else step)
        if weight > _MOST:
            raise Refused(
                f"Les images et documents pèsent plus de {_MOST // 1_000_000} Mo : importez le "
                "site en plusieurs fois."
            )
    return replace(outcome, steps=steps, beside=beside)
