"""What became of proposals, told in the conversation that made each; what waits, to the team."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import PurePosixPath
from unicodedata import normalize

from msgspec import Struct, field

from portail.clock import portal_zone
from portail.facts.when import day_of
from portail.model.kinds import BY_FOLDER, FORMS, Kind
from portail.terminal.text import safe
from portail.text.normalise import slug_of_filename
from portail_importer.deposer.placing import values_of

from . import answers
from .answers import REASONS, Answer
from .box import TO_SEE
from .branches import Branches
from .forge import BRANCHES, Proposal
from .outcome import UNSURE, place_in
from .queue import Row, write_queue
from .rounds import RETRIED, Round, why

# What begins the words of an editor that are for the person: all others stay on the forge.
_TO_PERSON = re.compile(
    r"^[ *_]*à la personne[ \u00a0]*:[*_ \u00a0]*", re.IGNORECASE | re.MULTILINE
)
_QUOTED = 2_000
# How a proposal came, by its branch.
_WAYS = {"moisson": "Moisson"}


class Telling(Struct):
    """What tells, and what it finds open meanwhile."""

    around: Round
    branches: Branches
    queue: list[Row] = field(default_factory=list)

    def tell(self) -> bool:
        """Tell each news once, and leave what waits; whether all went well."""
        post = self.around.post
        sent = self.around.box.sent
        try:
            for proposal in self.around.forge.proposals.values():
                key = proposal.branch.removeprefix(BRANCHES)
                last = self._last(key)
                if not last or post.is_sent(post.id_of(key, _end(proposal))):
                    continue
                for name, answer in self._news(proposal):
                    post.send(
                        answer,
                        to=sent[last].to,
                        subject=sent[last].subject,
                        message_id=post.id_of(key, name),
                        thread=[*filter(None, [sent[last].answers]), last],
                    )
            self._leave()
        except RETRIED as error:
            sys.stdout.write(f"Le sort des propositions reste à dire : {why(error)}\n")
            return False
        return True

    def _last(self, key: str) -> str:
        # Our last answer in the conversation of a branch; "" before there is one.
        ours = (
            identifier
            for identifier, mail in self.around.box.sent.items()
            if not mail.pending and key in identifier.strip("<>").split(".")[:2]
        )
        return next(reversed([*ours]), "")

    def _news(self, proposal: Proposal) -> Iterator[tuple[str, Answer]]:
        forge = self.around.forge
        comments = forge.comments(proposal.number, reviews=True)
        asked = {
            comment.name: text
            for comment in comments
            if (text := _to_person(comment.text)) and forge.is_editor(comment)
        }
        last = next(reversed(asked.values()), "")
        if proposal.state == "acceptee":
            yield _end(proposal), (*self._published(proposal), last)
        elif proposal.state == "fermee":
            ready = next((REASONS[label] for label in proposal.labels if label in REASONS), "")
            reason = "\n".join(filter(None, (ready, last)))
            yield _end(proposal), answers.declined(reason or "la rédaction n’a pas dit pourquoi.")
        else:
            is_asked = bool(comments) and comments[-1].name in asked
            row = _row(self.branches.texts(proposal.branch), proposal, asked=is_asked)
            self.queue.append(row)
            for name, text in asked.items():
                yield name, answers.question(text, proposal.url)

    def _published(self, proposal: Proposal) -> Answer:
        pages = []
        later = []
        for path in map(PurePosixPath, self.around.forge.files(proposal.number)):
            kind = BY_FOLDER.get(path.parts[1]) if len(path.parts) > 2 else None
            if kind is None or path.suffix != ".md":
                continue
            if said := _when_published(self._values(path), self.around.desk.day):
                later.append(said)
            else:
                pages.append([*self._links(kind, path)])
        if pages or not later:
            return (*answers.published(pages), *later)
        return ("Acceptée, merci !", *later)

    def _values(self, path: PurePosixPath) -> Mapping[str, object]:
        there = self.around.desk.content.parent / path
        if there.is_file():
            return values_of(path, there.read_bytes())
        return {}

    def _links(self, kind: Kind, path: PurePosixPath) -> Iterator[str]:
        desk = self.around.desk
        slug = path.parent.name if path.name == "index.md" else path.stem
        slug = slug_of_filename(f"{slug}.md")
        url = f"{desk.config.siteurl}{kind.info.url(slug)}"
        yield url
        if kind is Kind.EVENT:
            yield f"Dans un agenda : {url}evenement.ics"
        if kind in FORMS and (form := desk.form(kind)):
            yield f"Corriger : {form}?modifier={slug}"
            if kind.info.dated:
                yield f"Annuler ou reporter : {form}?modifier={slug}&quoi=etat"

    def _leave(self) -> None:
        # What waits: on the editors' desk, and once a day in a mail to them.
        around = self.around
        zone = portal_zone()
        rows = [*self.queue, *(_row({}, other) for other in around.forge.others)]
        sorts = {
            mail.answers: mail.subject.partition("\u00a0: ")[0]
            for key, mail in around.box.sent.items()
            if key.startswith("<p")
        }
        rows += [
            Row(sorts.get(mail.message_id, "Message"), since=mail.when.astimezone(zone).date())
            for mail in around.box.index(TO_SEE)
            if not mail.answered
        ]
        for row in rows:
            about = (row.title, row.day, row.place, row.doubt, f"depuis le {day_of(row.since)}")
            sys.stdout.write(f"En attente : {safe(' · '.join(filter(None, about)))} {row.url}\n")
        write_queue(around.desk.content.parent, rows)
        today = datetime.now(zone).date()
        if around.team and any(row.since < today and not row.asked for row in rows):
            around.post.digest(rows, around.team, today)


def _to_person(text: str) -> str:
    found = _TO_PERSON.search(normalize("NFC", text))
    if found:
        return normalize("NFC", text)[found.end() :].strip()[:_QUOTED]
    return ""


def _end(proposal: Proposal) -> str:
    # What the news of the state of a proposal is called: each state is told once.
    return f"p{proposal.number}{proposal.state[0]}"


def _when_published(values: Mapping[str, object], day: date) -> str:
    # Why a page is not on line within the hour; "" when it is.
    if values.get("statut", "publie") != "publie":
        return "La rédaction la garde comme brouillon : elle n’est pas encore en ligne."
    try:
        first = date.fromisoformat(str(values.get("publie_le") or ""))
    except ValueError:
        return ""
    if first > day:
        return f"Elle sera en ligne le {day_of(first)}."
    return ""


def _row(texts: Mapping[PurePosixPath, bytes], proposal: Proposal, *, asked: bool = False) -> Row:
    """The row of a proposal, by the first text that it adds or changes."""
    path, text = next(iter(texts.items()), (PurePosixPath(), b""))
    values = values_of(path, text)
    way = "Courriel" if proposal.is_ours else _WAYS.get(proposal.branch, "Forge")
    return Row(
        title=str(values.get("titre") or proposal.title),
        url=proposal.url,
        since=datetime.fromisoformat(proposal.since).astimezone(portal_zone()).date(),
        day=_day(values.get("debut")),
        place=str(place_in(values) or ""),
        way=way,
        doubt="expéditeur non vérifié" * proposal.title.startswith(UNSURE),
        asked=asked,
    )


def _day(begun: object) -> str:
    try:
        return day_of(date.fromisoformat(str(begun)[:10]))
    except ValueError:
        return ""
