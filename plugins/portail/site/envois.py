"""Weeks of the newsletter that were sent, what is wrong with them, its masthead."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import Struct, field
from pydantic import ValidationError

from portail.agenda.weeks import Week
from portail.body.tags import SIMPLE_TAGS, simple_html
from portail.codes import diagnostic
from portail.config import SiteConfig, is_mailbox, is_siteurl
from portail.diagnostics import Diagnostic, Position
from portail.files import digest_bytes, files_in
from portail.machine import reason_of
from portail.model.faults import Fault, FieldPath
from portail.model.issue import Frozen, Masthead
from portail.model.kinds import Kind
from portail.settings import is_address
from portail.source.document import FORBIDDEN, decode
from portail.source.envois import SUFFIX, check_addresses, read_form
from portail.source.json_nodes import TAKE_AGAIN, compose
from portail.source.loader import Listing, Media
from portail.source.store import Loaded, Store
from portail.source.validation import locate
from portail.text.dates import jour
from portail.text.normalise import is_slug

YEARS = range(1990, 2101)
"""Years that a letter may be of, as those of every date of a content."""

_LINE_ENDS = re.compile(r"[\t\n\r]")
_TAG = re.compile(r"[\w.@-]+,\d{4}(-\d{2}){0,2}", re.ASCII)


# What the file of a sent letter says, once its form is right. The sending alone writes it and no
# proposal brings one (E133): what is looked at is whether it is that of its week, and what goes
# into pages, mails and their headers as it is.


def check_values(frozen: Frozen, values: dict[str, Any], path: PurePosixPath) -> Iterator[Fault]:
    """The faults (E102, E129, E130) of a file whose form is right; ``values`` is its bare JSON."""
    yield from _week(frozen, path)
    yield from _masthead(frozen.enseigne)
    for loc, text in _texts(values, ()):
        word = len(loc) == 3 and loc[2] == "mot"
        if hidden := FORBIDDEN.search(text):
            yield Fault("E102", loc, {"nom": f"U+{ord(hidden[0]):04X}"})
        if not word and _LINE_ENDS.search(text):
            yield _refused(loc, "ce texte va à la ligne, ou contient une tabulation")
        if word and simple_html(text) != text:
            allowed = ", ".join(sorted(SIMPLE_TAGS))
            reason = "ce HTML n’est pas celui d’un mot de la rédaction"
            yield _refused(loc, reason, f"Il n’admet que {allowed}, et des liens.")


def _refused(loc: FieldPath, reason: str, remedy: str = TAKE_AGAIN) -> Fault:
    key = next(str(step) for step in reversed(loc) if isinstance(step, str))
    return Fault("E130", loc, {"cle": key, "raison": reason, "remede": remedy})


def _odd(loc: FieldPath, value: object, reason: str) -> Fault:
    return Fault("E129", loc, {"valeur": str(value), "raison": reason, "remede": TAKE_AGAIN})


def _week(frozen: Frozen, path: PurePosixPath) -> Iterator[Fault]:
    """The file is named as its week, each edition is of that week, under its own code."""
    name = path.name.removesuffix(SUFFIX)
    week = Week.parse(frozen.semaine)
    if week is None or week.year not in YEARS:
        reason = "cette semaine n’existe pas : écrivez l’année et la semaine, comme 2027-s39"
        yield _odd(("semaine",), frozen.semaine, reason)
    elif frozen.fige_le < week.first or frozen.fige_le.year not in YEARS:
        reason = f"la lettre de {week.slug} n’a pas pu être figée ce jour-là"
        yield _odd(("fige_le",), jour(frozen.fige_le, semaine=False), reason)
    if frozen.semaine != name:
        yield _odd(("semaine",), frozen.semaine, f"le nom du fichier dit « {name} »")
    if path.parent.name != Kind.NEWSLETTER.value or len(path.parts) != 3:
        yield _odd((), path.name, f"ce fichier va dans {Kind.NEWSLETTER.value}/, sans sous-dossier")
    if not frozen.editions:
        yield _odd(("editions",), "editions", "aucun numéro n’y est")
    for code, issue in frozen.editions.items():
        told = (issue.edition, issue.semaine)
        off = week and issue.jour != week.thursday
        if not is_slug(code) or told != (code, frozen.semaine) or off:
            reason = "ce n’est pas l’édition de ce nom, du jeudi de cette semaine"
            yield _odd(("editions", code), code, reason)
    for ref, announced in frozen.etats.items():
        for rank, day in enumerate(announced.jours):
            if not _is_moment(day):
                yield _odd(("etats", ref, "jours", rank), day, "ce n’est pas un jour, ni une heure")


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).year in YEARS
    except ValueError:
        return False


def _masthead(masthead: Masthead) -> Iterator[Fault]:
    if not is_siteurl(masthead.siteurl):
        reason = "ce n’est pas une adresse http(s) complète, sans barre finale"
        yield _refused(("enseigne", "siteurl"), reason, "Figez la lettre avec SITEURL.")
    for key in ("courriel", "expediteur"):
        value = getattr(masthead, key)
        if value and not is_mailbox(value):
            yield _refused(("enseigne", key), "ce n’est pas une adresse de courriel, seule")
    if masthead.desabonnement and not is_address(masthead.desabonnement):
        yield _refused(("enseigne", "desabonnement"), "ce n’est pas une adresse http(s) complète")
    if masthead.etiquette and not _TAG.fullmatch(masthead.etiquette):
        yield _refused(("enseigne", "etiquette"), "ce n’est pas un domaine, une virgule et un jour")


def _texts(value: Any, loc: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    """Every text of the JSON with its place."""
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _texts(one, (*loc, key))
    elif isinstance(value, list):
        for rank, one in enumerate(value):
            yield from _texts(one, (*loc, rank))


MEGABYTES = 2
"""Most that the file of a week may weigh: a hundred editions or so."""


class Envois(Struct, frozen=True):
    """Sent weeks by their slug, in order, whatever the day; the file of each; the diagnostics."""

    weeks: Mapping[str, Frozen] = field(default_factory=dict)
    paths: Mapping[str, PurePosixPath] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()

    def seen(self, day: date, without: Iterable[PurePosixPath] = frozenset()) -> dict[str, Frozen]:
        """Weeks that were frozen by ``day``, those whose file is in ``without`` aside."""
        left = frozenset(without)
        return {
            slug: one
            for slug, one in self.weeks.items()
            if one.fige_le <= day and self.paths[slug] not in left
        }


def envois_of(listing: Listing, store: Store) -> Envois:
    """Read every file of a sent week.

    What it says is read at each build; the store remembers by its digest that it was checked.
    """
    weeks: dict[str, Frozen] = {}
    paths: dict[str, PurePosixPath] = {}
    found: list[Diagnostic] = []
    for file in listing.frozen:
        frozen, more = _read(file, store)
        found += more
        if frozen is not None and paths.setdefault(frozen.semaine, file.path) == file.path:
            weeks[frozen.semaine] = frozen
    return Envois(dict(sorted(weeks.items())), paths, tuple(found))


def _read(file: Media, store: Store) -> tuple[Frozen | None, tuple[Diagnostic, ...]]:
    place = Position(file.path)
    if file.stamp.size > MEGABYTES * 1_000_000:
        weight = math.ceil(file.stamp.size / 1_000_000)
        name = file.path.name
        return None, (diagnostic("E121", place, nom=name, poids=weight, limite=MEGABYTES),)
    try:
        data = file.file.read_bytes()
    except OSError as error:
        return None, (diagnostic("E118", place, raison=reason_of(error)),)
    digest = digest_bytes(data)
    known = store.find_digest(file.path, digest)
    if known is not None and not known.diagnostics:
        try:
            return Frozen.model_validate_json(data.removeprefix(b"\xef\xbb\xbf")), ()
        except ValidationError:
            pass  # the store is older than the form: it is told again
    frozen, found = check_envoi(data, file.path)
    store.put(Loaded(file.path, digest, None, None, (), found), file.stamp, None)
    return frozen, found


def check_envoi(data: bytes, path: PurePosixPath) -> tuple[Frozen | None, tuple[Diagnostic, ...]]:
    """Read the bytes of the file of a week, ``path`` being its place in the project.

    Returns what it says, ``None`` when anything is wrong, and every diagnostic (E101, E102, E106,
    E127–E130, E132).
    """
    text = decode(data, path, "newsletter") if data.strip() else ""
    if not isinstance(text, str):
        return None, tuple(text)
    frozen, values, faults, found = read_form(text, path)
    found += check_addresses(path, data)
    if frozen is not None:
        faults = list(check_values(frozen, values, path))
    if faults:
        root = compose(text)
        found += [locate(fault, root, path) for fault in faults]
    return (None, tuple(found)) if found else (frozen, ())


# The masthead of a letter: who publishes, as the settings say, and as the file of a week does.

_REMEDY = "Seul l’envoi écrit ce fichier : s’il ne vient pas de lui, supprimez-le."


def masthead_of(config: SiteConfig) -> Masthead:
    """Who publishes, as the settings of the site say today."""
    letter = config.lettre
    return Masthead(
        nom=config.nom,
        region=config.region,
        siteurl=config.siteurl,
        courriel=config.courriel,
        expediteur=letter.expediteur or config.courriel,
        desabonnement=letter.desabonnement,
        etiquette=config.etiquette,
    )


def other_masthead(frozen: Frozen, config: SiteConfig) -> Iterator[tuple[str, str]]:
    """The keys of the masthead that do not say what the settings do, and what these say; the
    address of the site only where it is known."""
    told, ours = frozen.enseigne.model_dump(), masthead_of(config).model_dump()
    for key, value in ours.items():
        if told[key] != value and (key != "siteurl" or value):
            yield key, value


def check_mastheads(content: Path, config: SiteConfig, day: date) -> list[Diagnostic]:
    """Files of the present week, or of one to come, that are not under our name (E130).

    They may still be sent. Of weeks that are over, settings may have changed since. What is wrong
    with a file otherwise is told elsewhere.
    """
    found = []
    for file in files_in(content / Kind.NEWSLETTER.value, SUFFIX):
        week = Week.parse(file.name.removesuffix(SUFFIX))
        if week is None or week.last < day or file.is_symlink():
            continue
        path = PurePosixPath(content.name, Kind.NEWSLETTER.value, file.name)
        data = file.read_bytes()
        frozen, _ = check_envoi(data, path)
        for key, value in other_masthead(frozen, config) if frozen else ():
            reason = f"les réglages du site disent « {value} »"
            told: dict[str, object] = {"cle": key, "raison": reason, "remede": _REMEDY}
            root = compose(data.decode("utf-8-sig"))
            found.append(locate(Fault("E130", ("enseigne", key), told), root, path))
    return found
