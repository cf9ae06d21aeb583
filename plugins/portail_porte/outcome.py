"""What a message comes to: a proposal, an answer, or a place among what somebody must see."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import Struct

from portail.cli.trying import faults_among
from portail.config import SiteConfig
from portail.diagnostics import Diagnostic, Refused, Severity
from portail.features.intake.apercu.words import code, inline
from portail.features.intake.contribuer.addresses import form_of
from portail.features.services.coordonnees.contacts import personal
from portail.files import Files
from portail.model.kinds import BY_FOLDER, FORMS, Kind
from portail.text.dates import iso_end, iso_moment, moment_phrase, suggested_time
from portail.text.mail import mailboxes
from portail_importer.deposer.command import Deposit, deposit
from portail_importer.deposer.parcels import (
    Parcel,
    Received,
    Wordless,
    left_told,
    mail_received,
    prose_of,
)
from portail_importer.deposer.placing import values_of

from . import answers
from .answers import Answer
from .forge import BRANCHES, Proposal
from .letters import Letter, is_spam
from .orders import Order
from .pictures import joined

_MAIL = "votre courriel"
_MOST_NOTES = 20
_COMMENT = 5_000
# What begins the title of a proposal whose sender may be imitated.
UNSURE = "Non vérifié"
_UNSURE = (
    "**Expéditeur non vérifié.** Ceci change ce qui est publié, et un expéditeur s’imite : avant "
    "d’accepter, vérifiez auprès de qui l’organise, à une adresse que vous connaissez déjà."
)
_HOW = (
    "Un commentaire pose une question à la personne, par courriel. Accepter ou fermer lui répond "
    "aussi ; fermée, la proposition dit pourquoi : un libellé « refus : … », sinon la première "
    "ligne de votre dernier commentaire."
)


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
        return f"{self.config.siteurl}{form_of(kind)}"


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


def outcome(case: Case) -> Order | Answer | Handed:
    """What a message comes to."""
    desk = case.desk
    try:
        got = mail_received(case.data, _MAIL)
        if case.before:  # what is quoted was answered
            got.parcels = [parcel for parcel in got.parcels if parcel.mark or not parcel.quoted]
        if not got.parcels and not got.sources:
            return _of_words(case)
        done, faults = _tried(got, desk)
    except Wordless:
        return _of_words(case)
    except Refused as refused:
        return answers.refused(_plain(refused), answers.form_link(desk.form(), _words(case.data)))
    return _answered(done, faults, case)


def _answered(done: Deposit, faults: Sequence[Diagnostic], case: Case) -> Order | Answer:
    desk = case.desk
    letter = case.letter
    if faults:
        return answers.received(faults, filled_form(done.files, desk))
    files = {**done.files, **done.brought}
    if not files:
        return answers.refused("Le portail dit déjà tout cela.", desk.form())
    try:
        kept, documents = joined(files)
    except Refused as refused:
        return answers.refused(_plain(refused), filled_form(done.files, desk))
    names = [PurePosixPath(name) for name in kept]
    texts = [path for path in names if path.suffix == ".md"] or names
    title = texts[0].stem if texts[0].name != "index.md" else texts[0].parent.name
    touches = any((desk.content.parent / path).exists() for path in texts)
    unsure = touches and not letter.is_vouched
    more = f" et {len(texts) - 1} de plus" if len(texts) > 1 else ""
    return Order(
        letter.key,
        f"{BRANCHES}{case.branch}",
        title=f"{UNSURE if unsure else 'Courriel'} : {title}{more}",
        text=_text(texts, [*done.notes, *done.changes], unsure=unsure),
        files=kept,
        sort="Document joint" * (documents > 0),
        told=[note for note in done.notes if note.startswith("Pièces jointes")],
    )


def filled_form(files: Files, desk: Desk) -> str:
    """The address of the form that a content of ``files`` fills."""
    for path, text in files.items():
        kind = BY_FOLDER.get(path.parts[1])
        values = values_of(path, text)
        if kind and kind in FORMS and values:
            body = text.decode("utf-8", "replace").partition("\n---\n")[2].strip()
            read_back = json.dumps({"entete": values, "corps": body}, ensure_ascii=False)
            return answers.form_link(
                desk.form(kind), read_back * (len(read_back) < answers.CARRIED)
            )
    return desk.form()


def card_of(files: Files) -> list[str]:
    """What a reader would see first of each content, in lines."""
    lines = []
    for path, text in files.items():
        values = values_of(path, text)
        where = values.get("adresse")
        place = where.get("commune") if isinstance(where, dict) else values.get("lieu")
        said = [values.get("titre"), _when(values), place or values.get("commune")]
        lines.append(" · ".join(str(part) for part in said if part))
        lines += [str(values["resume"])] * isinstance(values.get("resume"), str)
    return lines


def masked(text: str) -> str:
    """The words of a person for a page that anybody reads: no mailbox, no telephone."""
    for mailbox in {*(contact.written for contact in personal(text)), *mailboxes(text)}:
        text = text.replace(mailbox, "[…]")
    return text


def _of_words(case: Case) -> Order | Answer | Handed:
    # A mail without a content: the answer to what we asked, words for a proposal, or prose.
    form = case.desk.form()
    try:
        words, notes = _left(case.data)
    except Refused as refused:
        return answers.refused(_plain(refused), form)
    for before in case.before:
        if mended := _mended(before, words, case.desk):
            return _answered(*mended, case)
    if case.proposal:
        text = "\n".join(f"> {inline(row, _COMMENT)}" for row in masked(words).split("\n"))
        comment = f"La personne répond :\n\n{text[:_COMMENT]}"
        return Order(
            case.letter.key, f"{BRANCHES}{case.branch}", title="", text="", comment=comment
        )
    if is_spam(words) or not (words or notes):
        return Handed("À voir")
    return answers.prose(answers.form_link(form, words), notes)


def _mended(before: bytes, words: str, desk: Desk) -> tuple[Deposit, Sequence[Diagnostic]] | None:
    # The content that had one mistake, with what was answered in its place, if it is then right.
    try:
        got = mail_received(before, _MAIL)
        done, faults = _tried(got, desk)
    except Refused:
        return None
    first = words.strip().split("\n")[0].strip(" .!")
    if len(faults) != 1 or len(got.parcels) != 1 or not first or len(first) > 200:
        return None
    fault = faults[0]
    parcel = got.parcels[0]
    text = done.files[PurePosixPath(fault.position.path)].decode("utf-8", "replace")
    for value in _candidates(first, text, fault):
        changed = _replaced(text, fault, value)
        if not changed:
            continue
        again = Received([Parcel(parcel.path, changed.encode(), _MAIL, medias=parcel.medias)])
        try:
            tried = _tried(again, desk)
        except Refused:
            continue
        if not tried[1]:
            return tried
    return None


def _candidates(words: str, text: str, fault: Diagnostic) -> list[str]:
    # What an answer may mean: an end, a moment, an hour of the day that is there, these very words.
    begun = str(values_of(PurePosixPath("x.md"), text.encode()).get("debut") or "")
    hour = suggested_time(words)
    return [
        value
        for value in (
            iso_end(words, begun),
            iso_moment(words),
            hour and begun and f"{begun[:10]} {hour}",
            words,
        )
        if value
    ]


def _replaced(text: str, fault: Diagnostic, value: str) -> str:
    rows = text.split("\n")
    at = fault.position.line - 1
    said = json.dumps(value, ensure_ascii=False)
    if fault.paste:  # a field that is missing
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


def _tried(got: Received, desk: Desk) -> tuple[Deposit, list[Diagnostic]]:
    # What a mail comes to, and its mistakes.
    options = Namespace(date=desk.day.isoformat(), genre=None, avec=[], remplacer=True)
    got.sender = got.sender and "la personne qui écrit"
    got.notes = [note for note in got.notes if not note.startswith("Courriel de ")]
    done = deposit([got], desk.content, options)
    faults = []
    if done.files:
        faults = faults_among(done.files, desk.content, options.date)
    for imported in done.imports:
        faults += imported.report
    return done, [fault for fault in faults if fault.severity is Severity.ERREUR]


def _left(data: bytes) -> tuple[str, list[str]]:
    # The words of a mail without a content, and what of it is not read.
    prose = prose_of(data, _MAIL)
    left = [*prose.left, *(".jpg" for _ in prose.pictures)]
    return "\n\n".join(filter(None, prose.words)), [*left_told(left)]


def _words(data: bytes) -> str:
    try:
        return _left(data)[0]
    except Refused:
        return ""


def _plain(refused: Refused) -> str:
    return str(refused).replace(f"« {_MAIL} »", "Votre message")


def _text(paths: Sequence[PurePosixPath], notes: Sequence[str], *, unsure: bool) -> str:
    listed = "\n".join(f"- {code(str(path))}" for path in paths)
    told = "\n".join(f"- {inline(masked(note))}" for note in [*dict.fromkeys(notes)][:_MOST_NOTES])
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
