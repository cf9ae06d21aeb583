"""The three steps of a round: read the box, write on the forge, answer.

The state of a message is where it stands: in the inbox, among our answers, in a commit or a comment
of a proposal. Each step looks before it acts, so that one that was killed is begun again.
"""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Literal, NamedTuple, TypeAlias

from msgspec import Struct, field

from portail.clock import portal_zone
from portail.diagnostics import PortailError
from portail.features.intake.apercu.words import block, code
from portail.features.intake.contribuer.settings import contributions_of
from portail.model.kinds import BY_FOLDER, FORMS
from portail.terminal.text import safe
from portail.text.normalise import slug_of_filename
from portail_envoi.journal import SendingError
from portail_envoi.smtp import Lost

from . import answers
from .answers import REASONS, Answer
from .box import DONE, INBOX, TO_SEE, Box, BoxError, Waiting
from .branches import TRAILER, BranchError, Branches
from .forge import BRANCHES, Forge, ForgeError, Proposal
from .handing import Handing
from .letters import Letter, letter_of
from .orders import Order, read_orders, write_order
from .outcome import UNSURE, Case, Desk, Handed, card_of, outcome
from .post import Post
from .queue import Row, write_queue

# What is read of a message; more is an attack, or a film.
_MOST_BYTES = 40_000_000
# Answers to one conversation: a program that does not say so would never end.
_MOST_ANSWERS = 12
_MARK = f"<!-- {BRANCHES}{{}} -->"
_QUOTED = 2_000
# Messages of a conversation that an answer may mend.
_LOOKED_AT = 3
_SHOWN = 20_000
# The sort of a message that we fail to read.
_UNREAD = "Illisible"
_RETRIED = (BoxError, ForgeError, BranchError, Lost)

Known: TypeAlias = Literal["", "proposee", "transmise"]


class Standing(NamedTuple):
    """Where a message stands at the forge: its branch, the proposal of it, what it became."""

    branch: str
    proposal: Proposal | None
    known: Known
    # As what a person receives it too.
    sort: str = ""


class Round(Struct):
    """What the steps work with."""

    desk: Desk
    box: Box
    post: Post
    forge: Forge
    guarantor: str
    # Who of the team receives what only a person can answer; ``""`` for nobody.
    team: str = ""
    # Proposals that are open, as ``_tell`` finds them.
    queue: list[Row] = field(default_factory=list)

    def read(self, folder: Path) -> bool:
        """Answer each message that needs no proposal, and write the orders of the others in
        ``folder``; whether all went well."""
        return self._each(lambda letter: self._read(letter, folder))

    def answer(self, folder: Path, branches: Branches) -> bool:
        """Answer what is proposed by now, and tell what became of proposals."""
        orders = {order.message: order for order in read_orders(folder, self.desk.content.name)}
        done = self._each(lambda waiting: self._answer(waiting, branches, orders))
        return self._tell() and done

    def _each(self, act: Callable[[Waiting], str]) -> bool:
        # What came back has left: it is known before anything is sent again.
        for key in [key for key, mail in self.box.sent.items() if mail.pending]:
            if uid := self.box.find(key, INBOX):
                self.box.confirm(key)
                self.box.delete(uid)
        fine = True
        for waiting in self.box.waiting():
            try:
                said = act(waiting)
            except _RETRIED as error:
                said = f"reste à relever : {_why(error)}"
                fine = False
            except SendingError:  # no message is at fault
                raise
            except Exception as error:  # what stops us at one would stop all those after it
                said = self._rescued(waiting, error)
                fine = False
            if said:
                sys.stdout.write(f"Message {waiting.uid} : {said}\n")
        return fine

    def _letter(self, waiting: Waiting) -> tuple[Letter, bytes]:
        # A message and its bytes, none when it is too heavy to be read.
        heavy = waiting.size > _MOST_BYTES
        data = self.box.message(waiting.uid, head=heavy)
        letter = letter_of(
            data,
            self.box.sent,
            own=self.post.address,
            guarantor=self.guarantor,
            body=b"" if heavy else None,
        )
        return letter, b"" if heavy else data

    def _read(self, waiting: Waiting, folder: Path) -> str:
        letter, data = self._letter(waiting)
        if letter.sender == self.post.address and self.post.is_sent(letter.message_id):
            self.box.delete(waiting.uid)
            return ""
        if self.post.is_sent(self.post.id_of(letter.conversation, letter.key)):
            handed = self.post.is_sent(self.post.handed_id(letter))
            self.box.move(waiting.uid, TO_SEE if handed else DONE)
            return ""
        if letter.is_reply_of_program:
            self.box.move(waiting.uid, DONE)
            return "réponse d’un programme, sans suite."
        so_far = sum(
            identifier.startswith(f"<{letter.conversation}.") for identifier in self.box.sent
        )
        if letter.is_of_many:
            return self._hand(waiting, Handing(letter, data, "Liste ou programme"))
        if so_far >= _MOST_ANSWERS:
            return self._hand(waiting, Handing(letter, data, "Suite d’une longue conversation"))
        if not data:
            heavy = answers.too_heavy(self.desk.form())
            return self._hand(waiting, Handing(letter, data, "Message trop lourd"), heavy)
        standing = self._standing(letter)
        if standing.known:
            return ""
        before = self._before(letter)
        case = Case(
            data,
            letter,
            self.desk,
            branch=standing.branch,
            proposal=standing.proposal,
            before=before,
        )
        done = outcome(case)
        if isinstance(done, Handed):
            return self._hand(waiting, Handing(letter, data, done.sort), done.answer)
        if isinstance(done, Order):
            write_order(folder, done)
            return "à proposer."
        return self._reply(waiting, letter, done)

    def _answer(self, waiting: Waiting, branches: Branches, orders: Mapping[str, Order]) -> str:
        letter, data = self._letter(waiting)
        if not data or letter.is_of_many or letter.is_reply_of_program:
            return ""
        standing = self._standing(letter)
        proposal = standing.proposal
        if not standing.known or proposal is None:
            return ""
        if self._is_unsure(letter, proposal):
            self.box.move(waiting.uid, DONE)
            return "proposé, sans réponse."
        if standing.known == "transmise":
            done = answers.passed_on(proposal.url)
        else:
            files = {}
            if head := branches.head(proposal.branch):
                paths = [path for path in self.forge.files(proposal.number) if path.endswith(".md")]
                files = {PurePosixPath(path): branches.read(head, path) for path in paths}
            delay = contributions_of(self.desk.config).delai
            notes = orders[letter.key].told if letter.key in orders else ()
            done = answers.ready(card_of(files), proposal.url, delay, notes=notes)
        if standing.sort:
            handing = Handing(letter, data, standing.sort, proposal.url)
            return self._hand(waiting, handing, done)
        return self._reply(waiting, letter, done)

    def _rescued(self, waiting: Waiting, error: Exception) -> str:
        # A message at which we fail: a person has it, or finds it in its folder.
        place = traceback.extract_tb(error.__traceback__)[-1]
        why = f"faute de programme ({type(error).__name__}, {place.name})"
        if isinstance(error, PortailError):
            why = _why(error)
        try:
            letter, data = self._letter(waiting)
            return f"{self._hand(waiting, Handing(letter, data, _UNREAD))} {why}"
        except _RETRIED as lost:
            return f"reste à relever : {_why(lost)}"
        except Exception:
            self.box.move(waiting.uid, TO_SEE)
            return f"à voir : {why}"

    def _hand(self, waiting: Waiting, handing: Handing, answer: Answer = ()) -> str:
        # A person has it, then whoever wrote it is told so.
        stage = self.post.hand(handing, self.team)
        if stage not in ("envoye", "refuse"):
            return "à remettre à la rédaction, dont le serveur attend."
        told = f"à voir : {handing.sort}."
        if stage == "refuse":
            told += " L’adresse de la rédaction le refuse."
        if answer:
            return f"{told} {self._reply(waiting, handing.letter, answer, folder=TO_SEE)}"
        self.box.move(waiting.uid, TO_SEE)
        return told

    def _is_unsure(self, letter: Letter, proposal: Proposal) -> bool:
        # Whether nothing vouches for who asks to change a page, and their address had an answer
        # today: whoever imitates it would have it written to as often as they like.
        if letter.is_vouched or not proposal.title.startswith(UNSURE):
            return False
        days = [
            mail.when.astimezone(portal_zone()).date()
            for key, mail in self.box.sent.items()
            if mail.to == letter.sender and key != self.post.id_of(letter.conversation, letter.key)
        ]
        return datetime.now(portal_zone()).date() in days

    def _reply(
        self, waiting: Waiting, letter: Letter, answer: Answer, *, folder: str = DONE
    ) -> str:
        stage = self.post.send(
            answer,
            to=letter.sender,
            subject=letter.subject,
            message_id=self.post.id_of(letter.conversation, letter.key),
            thread=[*letter.references, *filter(None, [letter.message_id])],
        )
        if stage not in ("envoye", "refuse"):
            return "la réponse attend."
        self.box.move(waiting.uid, folder if stage == "envoye" else TO_SEE)
        if stage == "envoye":
            return "répondu."
        return "à voir : sa réponse est refusée."

    def _standing(self, letter: Letter) -> Standing:
        # A conversation goes on in its branch until its proposal is closed; then each message has
        # its own.
        for branch in (letter.conversation, letter.key):
            proposal = self.forge.proposals.get(f"{BRANCHES}{branch}")
            if proposal is None:
                return Standing(branch, None, "")
            said = self.forge.messages(proposal.number)
            if found := re.search(rf"^{TRAILER}: {letter.key}(?: (.+))?$", said, re.MULTILINE):
                return Standing(branch, proposal, "proposee", found[1] or "")
            mark = re.compile(_MARK.format(f"{letter.key}(?: (.+?))?"))
            texts = (comment.text for comment in self.forge.comments(proposal.number))
            if marked := next(filter(None, map(mark.search, texts)), None):
                return Standing(branch, proposal, "transmise", marked[1] or "")
            if proposal.state == "ouverte":
                return Standing(branch, proposal, "")
        return Standing(letter.key, None, "")

    def _before(self, letter: Letter) -> list[bytes]:
        # The messages that we answered in this conversation, the last first.
        ours = [
            self.box.sent[reference]
            for reference in letter.references
            if reference in self.box.sent
        ]
        answered = dict.fromkeys(mail.answers for mail in ours if mail.to == letter.sender)
        uids = [self.box.find(identifier, DONE) for identifier in [*answered][-_LOOKED_AT:]]
        return [self.box.message(uid, DONE) for uid in reversed(uids) if uid]

    def _tell(self) -> bool:
        # What became of proposals: each is told once, in the conversation that made it.
        try:
            for proposal in self.forge.proposals.values():
                key = proposal.branch.removeprefix(BRANCHES)
                last = self._last(key)
                if last and not self.post.is_sent(self.post.id_of(key, f"p{proposal.number}")):
                    for name, answer in self._news(proposal):
                        self.post.send(
                            answer,
                            to=self.box.sent[last].to,
                            subject=self.box.sent[last].subject,
                            message_id=self.post.id_of(key, name),
                            thread=[*filter(None, [self.box.sent[last].answers]), last],
                        )
        except _RETRIED as error:
            sys.stdout.write(f"Le sort des propositions reste à dire : {_why(error)}\n")
            return False
        write_queue(self.desk.content.parent, self.queue)
        return True

    def _last(self, key: str) -> str:
        # Our last answer in the conversation of a branch; "" before there is one.
        ours = (
            identifier
            for identifier, sent in self.box.sent.items()
            if not sent.pending and key in identifier.strip("<>").partition("@")[0].split(".")
        )
        return next(reversed([*ours]), "")

    def _news(self, proposal: Proposal) -> Iterable[tuple[str, Answer]]:
        name = f"p{proposal.number}"
        if proposal.state == "acceptee":
            yield name, self._published(proposal)
            return
        comments = self.forge.comments(proposal.number)
        asked = [
            comment
            for comment in comments
            if f"<!-- {BRANCHES}" not in comment.text and self.forge.is_editor(comment)
        ]
        if proposal.state == "fermee":
            ready = next((REASONS[label] for label in proposal.labels if label in REASONS), "")
            first = next((request.text.strip().split("\n")[0] for request in reversed(asked)), "")
            ready = ready or first or "la rédaction n’a pas dit pourquoi."
            yield name, answers.declined(ready[:_QUOTED])
            return
        self.queue.append(
            Row(
                title=proposal.title,
                url=proposal.url,
                since=datetime.fromisoformat(proposal.since).astimezone(portal_zone()).date(),
                asked=comments[-1:] == asked[-1:] != [],
                unsure=proposal.title.startswith(UNSURE),
            )
        )
        for comment in asked:
            yield f"q{comment.number}", answers.question(comment.text[:_QUOTED], proposal.url)

    def _published(self, proposal: Proposal) -> Answer:
        pages = []
        for path in map(PurePosixPath, self.forge.files(proposal.number)):
            kind = None
            if len(path.parts) > 2:
                kind = BY_FOLDER.get(path.parts[1])
            if kind is None or path.suffix != ".md":
                continue
            slug = path.parent.name if path.name == "index.md" else path.stem
            slug = slug_of_filename(f"{slug}.md")
            url = f"{self.desk.config.siteurl}{kind.info.url(slug)}"
            lines = [url]
            if kind.info.dated:
                lines.append(f"Dans un agenda : {url}evenement.ics")
            if kind in FORMS:
                form = self.desk.form(kind)
                lines.append(f"Corriger : {form}?modifier={slug}")
                if kind.info.dated:
                    lines.append(f"Annuler ou reporter : {form}?modifier={slug}&quoi=etat")
            pages.append(lines)
        return answers.published(pages)


def propose(folder: Path, desk: Desk, *, forge: Forge, branches: Branches) -> bool:
    """Do the orders of ``folder`` at the forge, once each; whether all went well."""
    fine = True
    for order in read_orders(folder, desk.content.name):
        try:
            _proposed(order, desk, forge=forge, branches=branches)
        except _RETRIED as error:
            sys.stdout.write(f"{order.branch} : {_why(error)}\n")
            fine = False
    return fine


def _proposed(order: Order, desk: Desk, *, forge: Forge, branches: Branches) -> None:
    proposal = forge.proposals.get(order.branch)
    head = branches.head(order.branch)
    pushed = bool(head) and branches.has(head, order.message)
    kept_open = head and (
        branches.is_edited(head) or (proposal and forge.is_approved(proposal.number))
    )
    if proposal and not pushed and (order.comment or kept_open):
        _comment(order, order.comment or _shown(order), proposal, forge=forge)
    elif order.files:
        if not pushed:
            branches.push(order.branch, head, order.by_path, message=order.named, title=order.title)
        if proposal is None:
            forge.propose(order.branch, desk.config.branche, title=order.title, text=order.text)
        elif order.title.startswith(UNSURE):
            _comment(order, order.text, proposal, forge=forge)


def _comment(order: Order, text: str, proposal: Proposal, *, forge: Forge) -> None:
    mark = _MARK.format(order.named)
    if not any(mark in comment.text for comment in forge.comments(proposal.number)):
        forge.comment(proposal.number, f"{text}\n\n{mark}")


def _shown(order: Order) -> str:
    # A new version of what somebody works on: beside their work, never over it.
    texts = [
        f"{code(path)} :\n\n{block(data.decode('utf-8', 'replace')[:_SHOWN], 'markdown')}"
        for path, data in order.files.items()
        if path.endswith(".md")
    ]
    return "\n\n".join(
        [
            "Une nouvelle version est arrivée. Vous travaillez à celle-ci : rien n’y est changé.",
            *texts,
        ]
    )


def _why(error: BaseException) -> str:
    known = isinstance(error, PortailError | Lost)
    if known:
        return safe(str(error))
    return f"la boîte répond « {safe(str(error))[:200]} »"
