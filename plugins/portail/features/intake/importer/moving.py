"""Import of a whole site of another generator: a request for each of its texts."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from portail.diagnostics import ConfigError, Position, Refused
from portail.features.intake.importer.base import Base, Outcome, State, Step
from portail.features.intake.importer.brought import Brought, brought_alone, with_options
from portail.features.intake.importer.engine import import_all
from portail.features.intake.importer.requests import Request, standing
from portail.features.intake.importer.sites.compose import Keys
from portail.features.intake.importer.sites.reading import OldSite
from portail.features.intake.importer.sources.items import Loss
from portail.features.intake.nouveau.names import free_name
from portail.site.draft import Mapper
from portail.terminal.text import counted
from portail.text.public import Fate

_MOST = 400_000_000
"""Bytes of pictures and documents that one import brings, held at once."""


def moved_in(
    folder: Path, generator: str, base: Base, options: Namespace, mapper: Mapper
) -> Brought:
    """Import the site in ``folder``, its texts read through ``mapper`` on several processors.
    Raises ``Refused``, ``ConfigError``."""
    keys = _keys(options)
    address = (options.adresse or "").rstrip("/")
    old = OldSite(folder, generator, base.portal.day, address, keys.left)
    if not old.texts:
        raise Refused(f"« {folder} » : aucun texte de {generator.capitalize()} n’y est.")
    refs = _refs(old, base)
    requests = with_options(_asked(old, refs, base, keys, mapper), options.avec)
    outcome, by_number = import_all(requests, base, accept=options.accepter, bodies=False)
    heading = [f"{base.name} (site de {generator.capitalize()}) : "]
    heading[0] += f"{counted(len(old.texts), ('texte lu', 'textes lus'))}."
    outcome = _with_medias(outcome, by_number, base, folder)
    heading += [*old.notes, *_moved_files(by_number)]
    return brought_alone(outcome, by_number, base, "texte", heading)


def _moved_files(requests: Mapping[int, Request]) -> Iterator[str]:
    """A warning that pages alone are redirected, not the files of the old site."""
    medias = {
        place: path for request in requests.values() for place, path in request.medias.items()
    }
    if medias:
        place, path = min(medias.items())
        yield (
            f"{counted(len(medias), ('image ou document change', 'images et documents changent'))} "
            f"d’adresse sans redirection (« {path} » est à /{place}) : les textes repris suivent, "
            "les liens d’autres sites non."
        )


def _keys(options: Namespace) -> Keys:
    """The options ``--cle`` and ``--sans``. Raises ``ConfigError``."""
    renamed: dict[str, str] = {}
    for row in options.cle:
        key, sign, name = (part.strip() for part in row.partition("="))
        if not (key and sign and name):
            raise ConfigError(f"« --cle {row} » : écrivez ANCIENNE=CHAMP, comme mission=resume.")
        renamed[key.lower()] = name
    left = {key.strip().lower() for row in options.sans for key in row.split(",")}
    return Keys(renamed, frozenset(left))


def _refs(old: OldSite, base: Base) -> dict[str, str]:
    """The reference of each text by its path: the one of a former import, else a free one.
    Texts that were not published have none: nothing may link to them."""
    there = {
        (item.entry.kind, dict(item.entry.ids_externes).get(old.generator)): ref
        for ref, item in base.items.items()
    }
    taken = set(base.items)
    refs: dict[str, str] = {}
    names = old.names()
    for text in old.texts:
        if text.path not in names:
            continue
        if ref := there.get((text.kind, old.identifier(text))):
            refs[text.path] = ref
            continue
        name = free_name(text.kind, names[text.path], base.portal.day, taken)
        taken.add(f"{text.kind.value}/{name}")
        refs[text.path] = f"{text.kind.value}/{name}"
    return refs


def _asked(
    old: OldSite, refs: Mapping[str, str], base: Base, keys: Keys, mapper: Mapper
) -> Iterator[Request]:
    """What each text asks for."""
    shown = {text.path for text in old.texts if text.is_shown}
    site = old.site({path: ref for path, ref in refs.items() if path in shown})
    read = partial(old.moved, site=site, portal=base.portal, keys=keys)
    rows = zip(old.texts, mapper(read, old.texts), strict=True)
    for number, (text, moved) in enumerate(rows, 1):
        place = Position(PurePosixPath(text.path), 1)
        losses = [loss for loss in moved.losses if loss.review]
        in_doubt = text.publication.fate is Fate.DOUBT and not text.refused
        remarks = text.publication.remarks if in_doubt else ()
        hidden = text.publication.fate is Fate.LEFT
        yield standing(
            number,
            place,
            moved.body,
            moved.values,
            [Loss(*remark) for remark in remarks],
            text.refused,
            text.titre,
            kind=text.kind,
            namespace=old.generator,
            identifier="" if text.refused and not hidden else old.identifier(text),
            hidden=hidden,
            unit="le texte",
            losses=moved.losses,
            slug=refs.get(text.path, "").partition("/")[2],
            notes=(f"À relire : {', '.join(_counted(losses))}.",) if losses else (),
            medias=moved.medias,
        )


def _counted(losses: Iterable[Loss]) -> Iterator[str]:
    """Names of the losses, each once, with their number."""
    for name, count in Counter(loss.name for loss in losses).items():
        yield f"{name} × {count}" if count > 1 else name


def _with_medias(
    outcome: Outcome, requests: Mapping[int, Request], base: Base, folder: Path
) -> Outcome:
    """``outcome`` with the pictures and documents of its texts that the portal lacks. Raises
    ``Refused`` above ``_MOST`` bytes."""
    beside: dict[PurePosixPath, bytes] = {}
    steps: list[Step] = []
    weight = 0
    for step in outcome.steps:
        medias = requests[step.row].medias if step.after or step.state is State.WAITING else {}
        clashes = []
        for place, source in medias.items():
            path = PurePosixPath(base.content.name, place)
            there = base.content.parent / path
            data = (folder / source).read_bytes()
            if not there.exists():
                weight += len(data) * (path not in beside)
                beside[path] = data
            elif there.read_bytes() != data:
                clashes.append(Loss("fichier", source, f"« {path} » est déjà là, et autre"))
        steps.append(replace(step, losses=(*step.losses, *clashes)) if clashes else step)
        if weight > _MOST:
            raise Refused(
                f"Les images et documents pèsent plus de {_MOST // 1_000_000} Mo : importez le "
                "site en plusieurs fois."
            )
    return replace(outcome, steps=steps, beside=beside)
