"""Weeks of the newsletter that were sent, what is wrong with them, its masthead."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from pydantic import ValidationError

from portail.agenda.weeks import Week
from portail.codes import diagnostic
from portail.config import SiteConfig, is_mailbox, is_siteurl
from portail.diagnostics import Diagnostic, Position
from portail.files import digest_bytes, files_in
from portail.machine import reason_of
from portail.model.faults import Fault, FieldPath
from portail.model.kinds import BY_FOLDER, DATED, WEEKLY, Kind, info_of
from portail.source.document import FORBIDDEN, decode
from portail.source.store import Loaded
from portail.source.validation import locate
from portail.text.addresses import is_address
from portail.text.dates import jour
from portail.text.mail import MANY, personal_mailboxes
from portail.text.normalise import is_slug

from .form import SUFFIX, read_form
from .issue import Frozen, Issue, Masthead
from .json_nodes import TAKE_AGAIN, compose
from .settings import letter_of
from .word_html import SIMPLE_TAGS, simple_html

if TYPE_CHECKING:
    from portail.feature import Around, Checked
    from portail.site.draft import Draft
    from portail.site.site import Site
    from portail.source.loader import Media
    from portail.source.store import Store

# What the file of a sent letter may say, once its form is right: anyone may propose one, and its
# words go into pages, feeds, mails and their headers as they are.

_FOLDER = info_of(WEEKLY).folder
# Years that a letter may be of, as those of every date of a content.
YEARS = range(1990, 2101)

_CHANGES = ("errata", "changements")
_LONGEST = 2_000
_LONGEST_WORD = 20_000
# People's addresses that a text may cite, as the content that it sums up; three are a list.
_CITED = 2
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?", re.ASCII)
_PATH = re.compile(r"/(?!/)[\w.~!$&'()*+,;=:@%/?#-]*", re.ASCII)
_CLIMB = re.compile(r"(^|/)(\.|%2e){1,2}(?=/|$|\?|#)|//", re.IGNORECASE)
_TAG = re.compile(r"[\w.@-]+,\d{4}(-\d{2}){0,2}", re.ASCII)


def check_values(frozen: Frozen, values: dict[str, Any], path: PurePosixPath) -> Iterator[Fault]:
    """Every fault (E102, E129–E131) of a file whose form is right; ``values`` is its bare JSON."""
    yield from _week(frozen, path)
    for code, issue in frozen.editions.items():
        yield from _issue(frozen, code, issue)
    for ref, announced in frozen.etats.items():
        yield from _announced(ref, announced.etat, announced.jours)
    yield from _masthead(frozen.enseigne)
    people = {frozen.enseigne.courriel.lower(), frozen.enseigne.expediteur.lower()}
    many = len(people) + MANY
    for loc, text in _texts(values, ()):
        yield from _text(loc, text)
        if "@" in text or "%40" in text:
            addresses = [address for address in personal_mailboxes(text) if address not in people]
            people.update(addresses)
            if len(addresses) > _CITED or (addresses and len(people) >= many):
                yield Fault("E131", loc, {"cle": _key(loc), "nombre": len(addresses)})


def _key(loc: FieldPath) -> str:
    return next(str(step) for step in reversed(loc) if isinstance(step, str))


def _refused(loc: FieldPath, reason: str, remedy: str = TAKE_AGAIN) -> Fault:
    return Fault("E130", loc, {"cle": _key(loc), "raison": reason, "remede": remedy})


def _odd(loc: FieldPath, value: object, reason: str, *, key: bool = False) -> Fault:
    values: dict[str, object] = {"valeur": str(value), "raison": reason, "remede": TAKE_AGAIN}
    return Fault("E129", loc, {**values, "_key": key})


def _day_words(day: date) -> str:
    return jour(day, semaine=False)


def _week(frozen: Frozen, path: PurePosixPath) -> Iterator[Fault]:
    name = path.name.removesuffix(SUFFIX)
    week = Week.parse(frozen.semaine)
    if week is None or week.year not in YEARS:
        reason = "cette semaine n’existe pas : écrivez l’année et la semaine, comme 2027-s39"
        yield _odd(("semaine",), frozen.semaine, reason)
    elif frozen.fige_le < week.first or frozen.fige_le.year not in YEARS:
        reason = (
            f"la lettre de {week.slug} ne peut pas être figée avant le {_day_words(week.first)}"
        )
        yield _odd(("fige_le",), _day_words(frozen.fige_le), reason)
    if frozen.semaine != name:
        yield _odd(("semaine",), frozen.semaine, f"le nom du fichier dit « {name} »")
    if path.parent.name != _FOLDER or len(path.parts) != 3:
        yield _odd((), path.name, f"ce fichier va dans {_FOLDER}/, sans sous-dossier")
    if not frozen.editions:
        yield _odd(("editions",), "editions", "aucun numéro n’y est")


def _issue(frozen: Frozen, code: str, issue: Issue) -> Iterator[Fault]:
    # One edition: it is of the week, under its own code, and made as a letter is.
    here: FieldPath = ("editions", code)
    week = Week.parse(frozen.semaine)
    if not is_slug(code):
        yield _odd(here, code, "ce nom d’édition ne peut pas être une adresse", key=True)
    if issue.edition != code:
        yield _odd((*here, "edition"), issue.edition, f"cette édition est rangée sous « {code} »")
    if issue.semaine != frozen.semaine:
        yield _odd(
            (*here, "semaine"), issue.semaine, f"le fichier est de la semaine {frozen.semaine}"
        )
    if week and issue.jour != week.thursday:
        reason = f"le jeudi de {week.slug} est le {_day_words(week.thursday)}"
        yield _odd((*here, "jour"), _day_words(issue.jour), reason)
    keys = [section.cle for section in issue.sections]
    if len(keys) != len({*keys}):
        yield _odd((*here, "sections"), "sections", "l’une d’elles y est deux fois")
    for rank, section in enumerate(issue.sections):
        if not section.groupes:
            place = (*here, "sections", rank, "groupes")
            yield _odd(place, section.cle, "cette section n’a aucun groupe")
    if issue.mot and simple_html(issue.mot) != issue.mot:
        allowed = ", ".join(sorted(SIMPLE_TAGS))
        reason = "ce HTML n’est pas celui d’un mot de la rédaction"
        yield _refused((*here, "mot"), reason, f"Il n’admet que {allowed}, et des liens.")


def _announced(ref: str, state: str, days: tuple[str, ...]) -> Iterator[Fault]:
    here: FieldPath = ("etats", ref)
    if not _names(ref, *DATED):
        yield _odd(here, ref, "ce n’est pas la référence d’un événement", key=True)
    if not is_slug(state):
        yield _odd((*here, "etat"), state, "ce n’est pas l’état d’un événement")
    for rank, day in enumerate(days):
        if not _is_day(day):
            yield _odd((*here, "jours", rank), day, "ce n’est pas un jour, ni un jour et une heure")


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text)) and date.fromisoformat(text[:10]).year in YEARS
    except ValueError:
        return False


def _names(ref: str, *kinds: Kind) -> bool:
    # Whether ``ref`` is the reference of a content (of ``kinds``), there or not any more.
    folder, _, slug = ref.partition("/")
    return folder in BY_FOLDER and is_slug(slug) and (not kinds or BY_FOLDER[folder] in kinds)


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
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*loc, key))
    elif isinstance(value, list):
        for rank, inner in enumerate(value):
            yield from _texts(inner, (*loc, rank))


def _text(loc: FieldPath, text: str) -> Iterator[Fault]:
    key = _key(loc)
    word = len(loc) == 3 and key == "mot"
    if not text.isprintable():
        hidden = FORBIDDEN.search(text)
        if hidden:
            yield Fault("E102", loc, {"nom": f"U+{ord(hidden[0]):04X}"})
        ends = {"\t", "\n", "\r"}.intersection(text)
        if ends and not (word and "\r" not in ends):
            yield _refused(loc, "ce texte va à la ligne, ou contient une tabulation")
    longest = _LONGEST_WORD if word else _LONGEST
    if len(text) > longest:
        yield _refused(loc, f"ce texte compte plus de {longest} signes")
    if (key == "url" or (key == "facile" and text)) and not _leads(loc, text):
        yield _refused(loc, "ce n’est pas le chemin d’une page du site, comme /agenda/")
    elif key == "ref" and not _names(text):
        yield _refused(loc, "ce n’est pas la référence d’un contenu, comme articles/un-article")
    elif key == "jour" and int(text[:4]) not in YEARS:
        yield _refused(loc, f"l’année va de {YEARS[0]} à {YEARS[-1]}")
    elif _is_needed(loc) and not text.strip():
        yield _refused(loc, "ce texte ne peut pas être vide")


def _is_needed(loc: FieldPath) -> bool:
    # Whether a page or a message would have nothing to show: no subject, a link without words.
    holder = next((step for step in reversed(loc[:-1]) if isinstance(step, str)), "")
    return (
        loc[-1] == "sujet"
        or (loc[-1] == "titre" and holder in ("sections", "lignes", *_CHANGES))
        or (loc[-1] == "texte" and holder in ("lien", "liens"))
    )


def _leads(loc: FieldPath, url: str) -> bool:
    # Whether ``url`` is a path of the site; an erratum may have none.
    if not url:
        return loc[-3] in _CHANGES
    path = url.partition("#")[0].partition("?")[0]
    return bool(_PATH.fullmatch(url)) and not _CLIMB.search(path)


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
            if frozen is not None:
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
            return Frozen.model_validate_json(data.removeprefix(b"\xef\xbb\xbf")), ()
        except ValidationError:
            pass  # the store is older than the form: it is told again
    frozen, diagnostics = check_envoi(data, file.path)
    store.put(Loaded(file.path, digest, None, None, (), diagnostics), file.stamp, None)
    return frozen, diagnostics


def check_envoi(data: bytes, path: PurePosixPath) -> tuple[Frozen | None, tuple[Diagnostic, ...]]:
    """Read the bytes of the file of a week, ``path`` being its place in the project.

    Returns what it says, ``None`` when anything is wrong, and every diagnostic (E101, E102, E106,
    E127–E131).
    """
    text = decode(data, path, "newsletter") if data.strip() else ""
    if not isinstance(text, str):
        return None, tuple(text)
    frozen, values, faults, diagnostics = read_form(text, path)
    if frozen is not None:
        faults = list(check_values(frozen, values, path))
    if faults:
        root = compose(text)
        diagnostics += [locate(fault, root, path) for fault in faults]
    return (None, tuple(diagnostics)) if diagnostics else (frozen, ())


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
            values: dict[str, object] = {"cle": key, "raison": reason, "remede": _REMEDY}
            root = compose(data.decode("utf-8-sig"))
            diagnostics.append(locate(Fault("E130", ("enseigne", key), values), root, path))
    return diagnostics
