"""Weeks of the newsletter that were sent: their files, what is wrong with them, their masthead."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from pydantic import BaseModel, ValidationError

from portail.agenda.weeks import Week
from portail.codes import diagnostic
from portail.config import SiteConfig, is_mailbox, is_siteurl
from portail.diagnostics import Diagnostic, Position
from portail.files import digest_bytes, files_in
from portail.late import expression
from portail.machine import reason_of
from portail.model.kinds import BY_FOLDER, DATED, WEEKLY, Kind, info_of
from portail.source.document import FORBIDDEN, decode
from portail.source.store import Loaded
from portail.text.addresses import is_address
from portail.text.mail import MANY, personal_mailboxes
from portail.text.normalise import is_slug

from .fragment import cleaned
from .issue import Frozen, Masthead
from .settings import letter_of

if TYPE_CHECKING:
    from portail.feature import Around, Checked
    from portail.site.draft import Draft
    from portail.site.site import Site
    from portail.source.loader import Listing, Media
    from portail.source.store import Store

# What the file of a sent letter may say: anyone may propose one, and its words go into pages,
# feeds, mails and their headers as they are.

_FOLDER = info_of(WEEKLY).folder
# Suffix of the file of a sent week.
SUFFIX = info_of(WEEKLY).beside
# Years that a letter may be of, as those of every date of a content.
YEARS = range(1990, 2101)

_LONGEST = 2_000
# People's addresses that a line may cite, as the content that it sums up; three are a list.
_CITED = 2
_DAY = expression(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?", re.ASCII)
_TAG = expression(r"[\w.@-]+,\d{4}(-\d{2}){0,2}", re.ASCII)
_UNFIT = "ce n’est pas ce qu’une lettre y tient"
_AGAIN = "Reprenez le fichier tel que « portail newsletter figer » l’a écrit."

# The form of the file: a front matter, a value in JSON on each of its lines, then the letters.
_GROUPS = ("editions", "etats")
# What is said of a letter elsewhere than on its line.
_ELSEWHERE = {"semaine", "edition", "jour", "lettre"}
_ARTICLE = expression(r'<article id="([^"\n]*)">\n(.*?)\n</article>\n', re.DOTALL)


def frozen_text(frozen: Frozen) -> str:
    """The text of its file; read again, the same object."""
    told = frozen.model_dump(
        mode="json", exclude_defaults=True, exclude={"editions": {"__all__": _ELSEWHERE}}
    )
    rows = ["---"]
    for key, value in told.items():
        if key in _GROUPS:
            rows.append(f"{key}:")
            rows += [f"  {name}: {_json(row)}" for name, row in value.items()]
        else:
            rows.append(f"{key}: {_json(value)}")
    rows.append("---")
    for code, letter in frozen.editions.items():
        rows += [f'<article id="{code}">', letter.lettre, "</article>"]
    return "\n".join(rows) + "\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def read_frozen(text: str) -> Frozen:
    """The week that a file tells, unchecked. Raises ``ValueError``."""
    front, _, body = text.removeprefix("---\n").partition("\n---\n")
    values: dict[str, Any] = {}
    group = values
    for row in front.split("\n"):
        key, _, value = row.partition(": ")
        if row.endswith(":") and not value:
            group = values[row[:-1]] = {}
        else:
            holder = group if row.startswith("  ") else values
            holder[key.strip()] = json.loads(value)
    week = Week.parse(str(values.get("semaine")))
    texts = dict(_ARTICLE.findall(body))
    for code, row in values.get("editions", {}).items():
        row |= {"semaine": values["semaine"], "edition": code, "lettre": texts.get(code)}
        row["jour"] = week.thursday if week else None
    return Frozen.model_validate(values)


def check_envoi(data: bytes, path: PurePosixPath) -> tuple[Frozen | None, tuple[Diagnostic, ...]]:
    """Read the bytes of the file of a week, ``path`` being its place in the project.

    Returns what it says, ``None`` when anything is wrong, and every diagnostic (E101, E102, E116,
    E128, E130, E131).
    """
    text = decode(data, path, "newsletter")
    if not isinstance(text, str):
        return None, tuple(text)
    try:
        frozen = read_frozen(text)
        again = frozen_text(frozen)
    except ValidationError as error:
        keys = [str(step) for step in error.errors()[0]["loc"] if isinstance(step, str)]
        place = _place(text, f"  {keys[1]}: " if len(keys) > 2 else keys[0], path)
        reason = "cette clé manque, est de trop, ou n’a pas la valeur attendue"
        return None, (diagnostic("E128", place, cle=keys[-1], raison=reason, remede=_AGAIN),)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None, (_form(path, 1, "ce n’est pas la lettre d’une semaine"),)
    refused = {"raison": _UNFIT, "remede": _AGAIN}
    diagnostics = [
        diagnostic("E130", _place(text, row, path), cle=key, **refused)
        for row, key in _faults(frozen, path)
    ]
    for row, key, count in _people(frozen.enseigne, text):
        diagnostics.append(diagnostic("E131", _place(text, row, path), cle=key, nombre=count))
    if not diagnostics and again != text:
        rows = zip(again.split("\n"), text.split("\n"), strict=False)
        line = next((rank for rank, (ours, told) in enumerate(rows, 1) if ours != told), 1)
        diagnostics = [_form(path, line, "cette ligne n’est pas telle qu’elle s’écrit")]
    if diagnostics:
        return (None, tuple(diagnostics))
    return (frozen, ())


def _form(path: PurePosixPath, line: int, reason: str) -> Diagnostic:
    place = Position(path, line)
    return diagnostic("E128", place, cle=path.name, raison=reason, remede=_AGAIN)


def _place(text: str, start: str, path: PurePosixPath) -> Position:
    # The line of a file that begins so.
    rows = text.split("\n")
    return Position(path, next((n for n, row in enumerate(rows, 1) if row.startswith(start)), 1))


def _faults(frozen: Frozen, path: PurePosixPath) -> Iterator[tuple[str, str]]:
    # The beginning of each line that is wrong, and the key of what is so there.
    week = Week.parse(frozen.semaine)
    place = (_FOLDER, f"{frozen.semaine}{SUFFIX}")
    if week is None or week.year not in YEARS or path.parts[1:] != place:
        yield "semaine: ", "semaine"
    elif frozen.fige_le < week.first or frozen.fige_le.year not in YEARS:
        yield "fige_le: ", "fige_le"
    if not frozen.editions:
        yield "editions:", "editions"
    parts: dict[str, BaseModel] = {"enseigne: ": frozen.enseigne}
    for code, letter in frozen.editions.items():
        row = f"  {code}: "
        parts[row] = letter
        if not is_slug(code):
            yield row, code
        if cleaned(letter.lettre) != letter.lettre:
            yield f'<article id="{code}">', code
    for ref, announced in frozen.etats.items():
        row = f"  {ref}: "
        parts[row] = announced
        if not _names(ref, *DATED):
            yield row, ref
    for row, part in parts.items():
        for key, value in _texts(part.model_dump(exclude={"lettre"}), ""):
            is_one_line = {*"\t\n\r"}.isdisjoint(value) and not FORBIDDEN.search(value)
            fits = _FITS.get(key, str)
            may_be = fits(value) or key not in _FITS or not (value or key in _NEEDED)
            if not (is_one_line and len(value) <= _LONGEST and may_be):
                yield row, key


def _people(masthead: Masthead, text: str) -> Iterator[tuple[str, str, int]]:
    ours = {masthead.courriel.lower(), masthead.expediteur.lower()}
    people: set[str] = set()
    for row in text.split("\n"):
        if "@" in row or "%40" in row:
            found = {*personal_mailboxes(row)} - ours - people
            people |= found
            if len(found) > _CITED or (found and len(people) >= MANY):
                key, colon, _ = row.strip().partition(": ")
                is_key = colon and not key.startswith("<")
                yield row, key if is_key else "lettre", len(found)


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text)) and date.fromisoformat(text[:10]).year in YEARS
    except ValueError:
        return False


def _names(ref: str, *kinds: Kind) -> bool:
    # Whether ``ref`` is the reference of a content (of ``kinds``), there or not any more.
    folder, _, slug = ref.partition("/")
    return folder in BY_FOLDER and is_slug(slug) and (not kinds or BY_FOLDER[folder] in kinds)


# What a value is, by its key; those that may not be empty.
_FITS: Mapping[str, Callable[[str], object]] = {
    "sujet": str.strip,
    "refs": _names,
    "changes": _names,
    "tete": _names,
    "etat": is_slug,
    "jours": _is_day,
    "siteurl": is_siteurl,
    "courriel": is_mailbox,
    "expediteur": is_mailbox,
    "desabonnement": is_address,
    "etiquette": _TAG.fullmatch,
}
_NEEDED = {"sujet", "refs", "changes", "etat", "jours", "siteurl"}


def _texts(value: Any, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, name)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _texts(inner, key)


# Most that the file of a week may weigh: a hundred editions or so.
MEGABYTES = 2
# Name of what is known of sent weeks (``Site.part``).
PART = "lettre"


class Sent(Struct, frozen=True):
    """Weeks that were sent."""

    # Those frozen by the day of the build, by their slug (``2021-s38``), in order.
    weeks: Mapping[str, Frozen] = field(default_factory=dict)
    # Slugs of those frozen after it: a site pinned on an earlier day does not know them.
    later: tuple[str, ...] = ()


_NONE = Sent()


def load_sent(around: Around) -> tuple[Sent, list[Diagnostic]]:
    """Read every file of a sent week.

    What it says is read at each build; the store remembers by its digest that it was checked.
    """
    every: dict[str, Frozen] = {}
    diagnostics: list[Diagnostic] = []
    for file in around.beside:
        if file.path.parts[1] == _FOLDER:
            frozen, faults = _read(file, around.store)
            diagnostics += faults
            if frozen is not None and (around.config.exemples or not frozen.exemple):
                every.setdefault(frozen.semaine, frozen)
    ordered = sorted(every.items())
    weeks = {slug: frozen for slug, frozen in ordered if frozen.fige_le <= around.day}
    later = tuple(slug for slug, _ in ordered if slug not in weeks)
    return Sent(weeks, later), diagnostics


def sent_of(holder: Site | Draft) -> Sent:
    """The weeks that were sent, of a site or of contents that are not one yet."""
    sent: Sent | None = holder.part(PART)
    return sent or _NONE


def sent_weeks(site: Site) -> Mapping[str, Frozen]:
    """Those that were sent by the day of the site, by their slug, in order."""
    return sent_of(site).weeks


def closed_words(draft: Draft) -> Iterator[str]:
    return (f"{_FOLDER}/{slug}" for slug in sent_of(draft).weeks)


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
    stored = store.find_digest(file.path, digest)
    if stored is not None and not stored.diagnostics:
        try:
            return read_frozen(data.decode("utf-8-sig").replace("\r\n", "\n")), ()
        except (ValueError, TypeError):
            pass  # the store is older than the form: it is told again
    frozen, diagnostics = check_envoi(data, file.path)
    store.put(
        Loaded(file.path, digest, None, facts=None, occurrences=(), diagnostics=diagnostics),
        file.stamp,
        None,
    )
    return frozen, diagnostics


# The masthead of a letter: who publishes, as the settings say, and as the file of a week does.

_REMEDY = "Seul l’envoi écrit ce fichier : s’il ne vient pas de lui, supprimez-le."


def masthead_of(config: SiteConfig) -> Masthead:
    letter = letter_of(config)
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
    theirs = frozen.enseigne.model_dump()
    ours = masthead_of(config).model_dump()
    for key, value in ours.items():
        if theirs[key] != value and (key != "siteurl" or value):
            yield key, value


def check_mastheads(read: Checked) -> list[Diagnostic]:
    """Files of the present week, or of one to come, that are not under our name (E130).

    They may still be sent. Of weeks that are over, settings may have changed since.
    """
    diagnostics = []
    for file in files_in(read.content / _FOLDER, SUFFIX):
        week = Week.parse(file.name.removesuffix(SUFFIX))
        if week is None or week.last < read.day.date or file.is_symlink():
            continue
        path = PurePosixPath(read.content.name, _FOLDER, file.name)
        data = file.read_bytes()
        frozen, _ = check_envoi(data, path)
        for key, value in other_masthead(frozen, read.config) if frozen else ():
            reason = f"les réglages du site disent « {value} »"
            values = {"cle": key, "raison": reason, "remede": _REMEDY}
            place = _place(data.decode("utf-8-sig"), "enseigne: ", path)
            diagnostics.append(diagnostic("E130", place, **values))
    return diagnostics


def check_frozen(before: Listing, after: Listing, name: str) -> list[Diagnostic]:
    """Files of sent weeks that a proposal brings, changes or takes out (E133)."""
    old, new = ({media.path.parts[1:]: media for media in side.beside} for side in (before, after))
    diagnostics = []
    for key in sorted(old.keys() | new.keys()):
        was = old.get(key)
        now = new.get(key)
        if not key[-1].endswith(SUFFIX) or (
            was and now and was.file.read_bytes() == now.file.read_bytes()
        ):
            continue
        done = "supprimé"
        if now:
            done = "modifié" if was else "ajouté"
        remedy = "Retirez-le de la proposition." if was is None else "Remettez-le tel qu’il était."
        details = {"nom": key[-1], "fait": done, "remede": remedy}
        diagnostics.append(diagnostic("E133", Position(PurePosixPath(name, *key)), **details))
    return diagnostics
