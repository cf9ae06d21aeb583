"""What a message comes to: a proposal, or what a person of the team has; and its answer.

In this order: a text of the form, or a content attached; the answer to what we asked; what a page
or a proposal is told; what is asked; something to come; anything else.
"""

from __future__ import annotations

import json
import re
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from email import message_from_bytes
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any, TypeAlias

from msgspec import Struct

from portail.cli.contents import read_contents
from portail.config import SiteConfig
from portail.diagnostics import Diagnostic, Refused, Severity
from portail.features import used
from portail.features.intake.nouveau.names import free_name
from portail.features.services.schemas.fields import fields_of
from portail.files import Files
from portail.late import found
from portail.model.kinds import BY_FOLDER, FORMS, Kind
from portail.model.registry import MODELS
from portail.roles import FORMS as ROLE
from portail.site.site import Site
from portail.source.signatures import FORMATS, format_of
from portail.terminal.markdown import code, inline
from portail.text.dates import iso_moment, jour, moment_phrase
from portail.text.hints import price_of
from portail.text.normalise import words_in
from portail.text.typography import capital
from portail_importer.deposer.command import Deposit, deposit
from portail_importer.deposer.parcels import (
    Parcel,
    Prose,
    Received,
    Wordless,
    left_told,
    mail_received,
    prose_of,
)
from portail_importer.deposer.placing import correction, values_of
from portail_importer.importer.among import hours_in, moments
from portail_importer.importer.base import NOTE
from portail_importer.importer.sources.places import Portal
from portail_importer.trying import faults_among
from portail_plume.sheet import field_text

from . import answers, meant
from .answers import Answer
from .drafts import drafts
from .forge import BRANCHES, Proposal
from .letters import Letter, is_spam
from .orders import Order
from .pictures import anew, joined

_MAIL = "votre courriel"
_MOST_NOTES = 20
# What begins the title of a proposal whose sender may be imitated.
UNSURE = "Non vérifié"
# As what the team receives words of which a draft was made, an answer, files that nothing reads.
DRAFT = "Événement à compléter"
ANSWER = "Réponse"
JOINED = "Pièces jointes"
_UNSURE = (
    "**Expéditeur non vérifié.** Ceci change ce qui est publié, et un expéditeur s’imite : avant "
    "d’accepter, vérifiez auprès de qui l’organise, à une adresse que vous connaissez déjà."
)
_HOW = (
    "Ce qui suit « À la personne : » dans un commentaire lui est envoyé, et rien d’autre. Accepter "
    "ou fermer lui répond aussi ; fermée, la proposition dit pourquoi : un libellé « refus : … », "
    "ou ces mots."
)
_WAITS = "Une réponse attend : la rédaction l’a reçue par courriel."
# What a mail says of all that is attached to it: « Format : atelier ».
_GIVEN = re.compile(r"^\W*(format|publics?)\s*: ?(\S.{0,60})$", re.IGNORECASE | re.MULTILINE)
# What an answer says that is not so, greetings and thanks around it.
_NOT = re.compile(
    r"(?:,? (?:et )?(?:non|pas) (?:pas )?|\(pas |au lieu de ).{0,30}?(?=[.,;)\n]|$)", re.I
)
_POLITE = re.compile(
    r"^\W*(?:(?:re-?)?bonjour|bonsoir|madame|monsieur|merci|desole|pardon|excuse|oups|voici|voila"
    r"|ok|d.accord|entendu|je ne|je n.)\b[^,.:!\n]*[,.:!]*\s*"
)
_SAYS = re.compile(
    r"^.*?(?:c.est|est|sera|soit|serait|:)\s+(?:plutôt |bien |à |le |la |en |de |une? )*", re.I
)
_IN_QUESTION = re.compile(r"[^.!?\n]*\?")
_TO_PUBLISH = re.compile(r"annonc|publi(?:er|cation)|diffus|relay|ajout|mettre", re.IGNORECASE)
# Words of a text; fewer are no summary.
_SENTENCE = 4


class Handed(Struct, frozen=True):
    """A person of the team has it, whole; ``sort`` is what it is, in a word or two that begin the
    subject of the mail that they receive (« Annulation »); ``answer``, if any, is for its sender.
    """

    sort: str
    answer: Answer = ()


class Desk(Struct, frozen=True):
    """The portal that receives: its contents, settings and day."""

    content: Path
    config: SiteConfig
    day: date

    def form(self, kind: Kind = Kind.EVENT) -> str:
        """The address where a content of ``kind`` is proposed; ``""`` without forms."""
        forms = found(ROLE.of(used(self.config)))
        return f"{self.config.siteurl}{forms.form_of(kind)}" if forms else ""


class Case(Struct, frozen=True):
    """A message, and what it comes into: ``proposal`` is the one that its conversation has open,
    ``before`` the mails of that conversation that we answered, the last first."""

    data: bytes
    letter: Letter
    desk: Desk
    branch: str
    proposal: Proposal | None
    before: Sequence[bytes]
    # What became of the last proposal of that conversation, and the files that it changes.
    last: tuple[str, Sequence[str]] = ("", ())


Come: TypeAlias = tuple[Order | Answer | Handed, Answer]
"""What a message comes to; of an order, what the person is told once it is proposed, where
``answers.URL`` stands for the address of the proposal."""


def outcome(case: Case) -> Order | Answer | Handed:
    """What a message comes to; an empty answer closes it."""
    return _come(case)[0]


def answer_to(case: Case, url: str) -> Answer:
    """What is answered to a message whose proposal is at ``url``."""
    done, told = _come(case)
    if isinstance(done, Order):
        return tuple(text.replace(answers.URL, url) for text in told)
    return answers.passed_on(url)


def _come(case: Case) -> Come:
    try:
        return _read(case)
    except Refused:
        return _handed("Texte à reprendre", case)


def _read(case: Case) -> Come:
    # Raises ``Refused``.
    got = Received()
    with suppress(Wordless):
        got = mail_received(case.data, _MAIL)
    if case.before:  # what is quoted was answered
        known = {one.text for one in chain.from_iterable(map(_parcels_of, case.before))}
        got.parcels = [one for one in got.parcels if one.text not in known]
    prose = prose_of(case.data, _MAIL)
    if not (got.parcels or got.sources):
        return _of_words(case, prose)
    done, faults = _tried(got, case.desk, _GIVEN.findall(prose.words.own))
    return _proposed(done, faults, case, JOINED if got.left else "")


def _parcels_of(data: bytes) -> list[Parcel]:
    try:
        return mail_received(data, _MAIL).parcels
    except Refused:
        return []


def _handed(sort: str, case: Case, *more: str) -> Come:
    delay = case.desk.config.contribuer.delai
    return Handed(sort, (*answers.handed(delay), *more)), ()


def _proposed(done: Deposit, faults: Sequence[Diagnostic], case: Case, sort: str = "") -> Come:
    desk = case.desk
    files = {**done.files, **done.brought}
    if not files and faults:
        return _handed("Tableau à reprendre", case, *answers.faulty(faults))
    if not files:
        return answers.known(), ()
    told = answers.ready(card_of(files, desk), desk.config.contribuer.delai, done.notes)
    if faults:
        told = answers.received(faults, filled_form(done.files, desk))
    notes = [*done.notes, *done.changes]
    return _order(case, files, notes, sort=sort), told


def _order(case: Case, files: Files, notes: Sequence[str], *, sort: str) -> Order:
    # Raises ``Refused`` for a picture that cannot be read.
    desk = case.desk
    kept, documents = joined(files)
    texts = [path for path in files if path.suffix == ".md"] or [*files]
    unsure = not case.letter.is_vouched and any(
        (desk.content.parent / path).exists() for path in texts
    )
    more = f" et {len(texts) - 1} de plus" * (len(texts) > 1)
    title = f"{UNSURE if unsure else 'Courriel'} : {_named(texts[0], files)[:120]}{more}"
    return Order(
        case.letter.key,
        f"{BRANCHES}{case.branch}",
        title=title,
        text=_text(texts, notes, unsure=unsure),
        files=kept,
        sort=sort or JOINED * (documents > 0),
    )


def _named(path: PurePosixPath, files: Files) -> str:
    # The title of a content and its day, as the list of proposals shows it.
    values = values_of(path, files[path])
    begun = iso_moment(str(values.get("debut") or ""))
    day = jour(date.fromisoformat(begun[:10]), semaine=False) if begun else ""
    return " · ".join(filter(None, (str(values.get("titre") or path.stem), day)))


def filled_form(files: Files, desk: Desk) -> Answer:
    """The address of the form that a content of ``files`` fills."""
    for path, text in files.items():
        kind = BY_FOLDER.get(path.parts[1])
        values = values_of(path, text)
        if kind and kind in FORMS and values:
            body = text.decode("utf-8", "replace").partition("\n---\n")[2].strip()
            read_back = json.dumps({"entete": values, "corps": body}, ensure_ascii=False)
            return answers.filled(desk.form(kind), read_back)
    return answers.filled(desk.form(), "")


def place_in(values: Mapping[str, Any]) -> Any:
    """Where a content takes place, as its file says it: its commune, else its place."""
    where = values.get("adresse")
    return where.get("commune") if isinstance(where, dict) else values.get("lieu")


def card_of(files: Files, desk: Desk) -> list[str]:
    """What a reader would see first of each content, in lines: of one that is there, what changes,
    its state first."""
    lines: list[str] = []
    for path, text in files.items():
        if path.suffix != ".md":
            continue
        values = values_of(path, text)
        there = desk.content.parent / path
        said = [values.get("titre"), _when(values), place_in(values) or values.get("commune")]
        if there.is_file():
            lines += _changes(path, values_of(path, there.read_bytes()), values)
        lines.append(" · ".join(str(part) for part in said if part))
        if not there.is_file() and isinstance(values.get("resume"), str):
            lines.append(values["resume"])
    return lines


def _changes(path: PurePosixPath, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    if new.get("etat") != old.get("etat"):
        yield capital(str(new.get("etat") or "programmé").replace("_", " ").replace("ule", "ulé"))
    if _when(new) != _when(old):
        yield f"{_when(new)}, au lieu de {_when(old)}"
    kind = BY_FOLDER[path.parts[1]]
    for key, field in fields_of(MODELS[kind]):
        if new.get(key) != old.get(key) and key not in ("etat", "debut", "fin", "modifie"):
            yield f"{field.title} : {_value(new.get(key))}, au lieu de {_value(old.get(key))}"


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        value = [*value.values()]
    if isinstance(value, list):
        return ", ".join(map(_value, value))
    return str(value or "rien")


def _of_words(case: Case, prose: Prose) -> Come:
    # The table of what a mail without a content wants.
    own, forwarded = prose.words
    letter = case.letter
    in_answer = bool(case.before or case.proposal or letter.references)
    subject = answers.bare_subject(letter.subject)
    if mended := next(
        filter(None, (_mended(mail, prose, case.desk) for mail in case.before)), None
    ):
        return _proposed(*mended, case)
    if prose.is_meeting:
        return Handed("Réunion"), ()
    if meant.thanks(own) and not (prose.pictures or prose.left):
        return (), ()
    asked = own if in_answer else f"{subject}\n{own}"
    want = meant.wanted(asked)
    if case.proposal:
        if prose.pictures and (done := _with_pictures(case, prose)):
            return done
        return _answered(case, want or ANSWER), ()
    if want in meant.OF_A_PAGE:
        site = _site(case.desk)
        ref = _page(case, site, own)
        if changes := _asked_of(own, want, ref, site):
            changed, faults = _tried(Received([correction(ref, changes, site)]), case.desk)
            if not faults:
                return _proposed(changed, (), case, sort=want)
    if not (own or forwarded or subject or prose.pictures or prose.left):
        return Handed("À voir"), ()
    if want not in meant.MILD or (in_answer and not forwarded):
        return _handed(want or ANSWER, case)
    if is_spam(own, case.desk.day):
        return Handed("Publicité sans doute"), ()
    if meant.wanted(forwarded) in meant.MILD and (done := _drafted(case, prose, subject)):
        return done
    return _handed(want or (meant.QUESTION if meant.asks(asked) else meant.ELSE), case)


def _answered(case: Case, sort: str) -> Order:
    branch = f"{BRANCHES}{case.branch}"
    return Order(case.letter.key, branch, title="", text="", comment=_WAITS, sort=sort)


def _site(desk: Desk) -> Site:
    read = read_contents(str(desk.content), desk.day.isoformat(), "portail relever", drafts=True)
    if read.result.site is None:
        raise Refused("Les contenus du portail ont des erreurs.")
    return read.result.site


def _page(case: Case, site: Site, own: str) -> str:
    # The reference of the page that a mail is about: its link in the words or in what they answer,
    # else what the conversation proposed.
    base = case.desk.config.siteurl
    parts = (part.get_payload(decode=True) for part in message_from_bytes(case.data).walk())
    whole = b"\n".join(part for part in parts if isinstance(part, bytes)).decode("utf-8", "replace")
    by_url = {f"{base}{item.url}": ref for ref, item in site.items.items()}
    for text in (own, whole):
        named = dict.fromkeys(
            by_url[url] for url in re.findall(rf"{re.escape(base)}[\w/.-]+/", text) if url in by_url
        )
        if len(named) == 1:
            return next(iter(named))
    paths = {PurePosixPath(path) for path in case.last[1] if path.endswith(".md")}
    refs = [ref for ref, item in site.items.items() if item.entry.source in paths]
    if len(refs) == 1:
        return refs[0]
    return ""


def _asked_of(own: str, want: str, ref: str, site: Site) -> dict[str, Any]:
    # What changes of a page, as far as the words say it: its state, or its hours.
    item = site.items.get(ref)
    if item is None or not item.occurrences or meant.is_qualified(own):
        return {}
    if want == meant.CANCELLED:
        return {"etat": "annule"}
    if want == meant.CHANGED and meant.is_full(own):
        return {"etat": "complet"}
    now = item.occurrences[0]
    said = _NOT.sub("", own)
    told = (it.session.first for it in moments(said, now.first_day))
    days = [day for day in told if day != now.first_day]
    hours = hours_in(said, now.first_day)
    if want == meant.POSTPONED and not hours:
        return {"etat": "reporte"}
    if len(hours) != 1 or len(item.occurrences) > 1:
        return {}
    on = next(iter(days), now.first_day)
    begins, ends = hours[0]
    start = datetime.combine(on, begins)
    changes = {"debut": f"{start:%Y-%m-%d %H:%M}"}
    if ends:
        changes["fin"] = f"{on} {ends:%H:%M}"
    elif now.fin and (days or start.time() >= now.fin.time()):
        changes["fin"] = f"{start + (now.fin - now.debut):%Y-%m-%d %H:%M}"
    return changes


def _drafted(case: Case, prose: Prose, subject: str) -> Come | None:
    # The drafts of what words tell, their pictures beside the first.
    desk = case.desk
    site = _site(desk)
    portal = Portal.of(site, desk.day)
    called = {*words_in(meant.plain(case.letter.called))}
    if len(called.intersection(words_in(meant.plain(subject)))) > 1:  # signed, no title
        subject = re.sub(r"\w+", lambda it: it[0] * (meant.plain(it[0]) not in called), subject)
    found: list[dict[str, Any]] = []
    for words in filter(None, (prose.words.own, prose.words.forwarded, subject)):
        found = found or [*drafts(words, subject, portal)]
    own = prose.words.own
    placed = any("adresse" in it or "lieu" in it for it in found)
    asked = any(_IN_QUESTION.match(own, it.end) for it in moments(own, desk.day))
    if meant.asks(own) and not (placed and (not asked or _TO_PUBLISH.search(own))):
        return None
    files: Files = {}
    lacks: list[str] = []
    for values in found:
        titre = str(values.get("titre") or f"Événement du {_day_of(values)}")
        front = {**values, "titre": titre, "publie_le": desk.day.isoformat()}
        taken = {*site.items, *(f"events/{PurePosixPath(path).stem}" for path in files)}
        slug = free_name(Kind.EVENT, titre, desk.day, taken)
        path = PurePosixPath(desk.content.name, "events", f"{slug}.md")
        pictures = [*filter(_is_drawn, prose.pictures)] if not files else []
        if pictures:
            path = path.with_suffix("") / "index.md"
        text = "".join(field_text(key, value) for key, value in front.items())
        faults = _errors(
            faults_among({path: f"---\n{text}---\n".encode()}, desk.content, str(desk.day))
        )
        lacking = [answers.for_person(fault) for fault in faults]
        lacks += [f"{titre} : {one}" for one in lacking]
        notes = "".join(f"{NOTE}{one}\n" for one in lacking)
        files[path] = f"---\n{notes}{text}statut: brouillon\n---\n".encode()
        for rank, data in enumerate(pictures, 1):
            suffix = next((it for it, make in FORMATS.items() if make == format_of(data)), ".jpg")
            files[path.with_name(f"image-{rank}{suffix}")] = data
    if not files:
        return None
    words = "\n\n".join(filter(None, (subject, *prose.words)))
    told = answers.drafted(answers.filled(desk.form(), words))
    left = [*prose.left, *("image" for data in prose.pictures if not _is_drawn(data))]
    return _order(case, files, [*lacks, *left_told(left)], sort=DRAFT), told


def _is_drawn(data: bytes) -> bool:
    try:
        return bool(anew(data, "image"))
    except Refused:
        return False


def _day_of(values: Mapping[str, Any]) -> str:
    first = values.get("debut") or values.get("seances", [{}])[0].get("debut")
    first = first or values.get("horaires", {}).get("du", "")
    return jour(date.fromisoformat(str(first)[:10]))


def _with_pictures(case: Case, prose: Prose) -> Come | None:
    # The pictures of an answer, beside the one text that its conversation proposed.
    for mail in case.before:
        got = Received(_parcels_of(mail))
        if len(got.parcels) == 1 and not got.parcels[0].mark:
            got.parcels[0].spare = _named_pictures(prose)
            try:
                done, _ = _tried(got, case.desk)
            except Refused:
                continue
            order = _order(case, done.files, [_WAITS], sort=ANSWER)
            return order, answers.passed_on(answers.URL)
    return None


def _named_pictures(prose: Prose) -> dict[PurePosixPath, bytes]:
    return {
        PurePosixPath(f"image-{rank}.{(format_of(data) or 'png').lower()}"): data
        for rank, data in enumerate(prose.pictures, 1)
    }


def _mended(before: bytes, prose: Prose, desk: Desk) -> tuple[Deposit, Sequence[Diagnostic]] | None:
    # The content that had one mistake, with what was answered in its place, if it is then right.
    try:
        got = mail_received(before, _MAIL)
        got.notes = []
        done, faults = _tried(got, desk)
    except Refused:
        return None
    if len(faults) != 1 or len(got.parcels) != 1:
        return None
    fault = faults[0]
    parcel = got.parcels[0]
    text = done.files[PurePosixPath(fault.position.path)].decode("utf-8", "replace")
    texts = [text] * bool(prose.pictures)
    texts += [
        it
        for value in _candidates(prose.words.own, text, desk.day)
        if (it := _replaced(text, fault, value))
    ]
    for changed in texts:
        mended = Parcel(parcel.path, changed.encode(), _MAIL, medias=parcel.medias)
        mended.spare = _named_pictures(prose)
        try:
            tried = _tried(Received([mended]), desk)
        except Refused:
            continue
        if not tried[1]:
            return tried
    return None


def _candidates(words: str, text: str, day: date) -> Iterator[str]:
    # What an answer may mean, the surest first: days, hours, a price, a sentence, a value in it.
    begun = str(values_of(PurePosixPath("x.md"), text.encode()).get("debut") or "")
    said = _NOT.sub("", words)
    near = date.fromisoformat(begun[:10]) if iso_moment(begun) else day
    for it in (moment.session for moment in moments(said, near)):
        hour = it.end or it.start
        yield f"{it.first} {hour:%H:%M}" if hour else f"{it.first}{begun[10:]}"
    hours = hours_in(said, near)
    if len(hours) == 1:
        clocks = [f"{it:%H:%M}" for it in hours[0] if it]
        yield from (f"{near} {clock}" for clock in reversed(clocks))
        yield clocks[0]
    if price := price_of(said).get("prix"):
        yield price.replace(",", ".")
    rows = [*filter(None, map(_rude, said.split("\n")))]
    if len(" ".join(rows).split()) >= _SENTENCE:
        yield " ".join(rows)
    for row in rows:
        yield _SAYS.sub("", row).strip(" .!")
        yield re.split(r",| pour | svp| merci", row)[0]


def _rude(row: str) -> str:
    # A line without what is polite at its head.
    while match := _POLITE.match(meant.plain(row)):
        row = row[match.end() :]
    return row.strip()


def _replaced(text: str, fault: Diagnostic, value: str) -> str:
    rows = text.split("\n")
    at = fault.position.line - 1
    said = value if re.fullmatch(r"\d+(?:\.\d+)?", value) else json.dumps(value, ensure_ascii=False)
    if fault.code == answers.MISSING:
        return "\n".join([rows[0], f"{fault.paste.partition(':')[0]}: {said}", *rows[1:]])
    row = rows[at]
    start = fault.position.column - 1
    end = start + fault.position.length
    if not fault.position.length:
        return ""
    if row[start - 1 : start] == '"' == row[end : end + 1]:
        start, end = start - 1, end + 1
    rows[at] = f"{row[:start]}{said}{row[end:]}"
    return "\n".join(rows)


def _tried(
    got: Received, desk: Desk, given: Iterable[tuple[str, str]] = ()
) -> tuple[Deposit, list[Diagnostic]]:
    # What a mail comes to, and its mistakes; ``given`` are values of all that is attached to it.
    avec = [
        f"{'publics' if name[0] in 'pP' else 'format'}={value.strip(' .')}" for name, value in given
    ]
    options = Namespace(date=desk.day.isoformat(), genre=None, avec=avec, remplacer=True)
    got.sender = got.sender and "la personne qui écrit"
    got.notes = [note for note in got.notes if not note.startswith("Courriel de ")]
    done = deposit([got], desk.content, options)
    faults = []
    if done.files:
        faults = faults_among(done.files, desk.content, options.date)
    for imported in done.imports:
        faults += imported.report
    return done, _errors(faults)


def _errors(faults: Iterable[Diagnostic]) -> list[Diagnostic]:
    return [fault for fault in faults if fault.severity is Severity.ERREUR]


def _text(paths: Sequence[PurePosixPath], notes: Sequence[str], *, unsure: bool) -> str:
    listed = "\n".join(f"- {code(str(path))}" for path in paths)
    told = "\n".join(f"- {inline(note)}" for note in [*dict.fromkeys(notes)][:_MOST_NOTES])
    parts = [
        "Reçu par courriel.",
        _UNSURE * unsure,
        listed,
        told and f"À relire :\n\n{told}",
        _HOW,
    ]
    return "\n\n".join(filter(None, parts))


def _when(values: Mapping[str, Any]) -> str:
    # When it takes place, in words; as it is written where it is not one moment.
    begun, ended = (iso_moment(str(values.get(key) or "")) for key in ("debut", "fin"))
    try:
        moments = [
            datetime.fromisoformat(moment)
            for moment in (begun, ended)
            if moment and len(moment) > 10
        ]
        return moment_phrase(moments[0], *moments[1:])
    except (IndexError, ValueError):
        return str(values.get("debut") or "")
