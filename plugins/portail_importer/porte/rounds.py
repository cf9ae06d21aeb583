"""The three steps of a round: read the box, write on the forge, answer.

The state of a message is where it stands: in the inbox, among our answers, in a commit or a comment
of a proposal. Each step looks before it acts, so that one that was killed is begun again. A message
is finished when a proposal or a person has it, not when it was answered.
"""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from portail.diagnostics import PortailError, Refused
from portail.terminal.markdown import block, code
from portail.terminal.text import safe
from portail_poste.smtp import Lost, SendingError

from . import answers
from .answers import Answer
from .box import DONE, INBOX, TO_SEE, Box, BoxError, Waiting
from .branches import TRAILER, BranchError, Branches
from .fitting import Fitting
from .forge import BRANCHES, Forge, ForgeError, Proposal
from .handing import Handing
from .letters import Letter, Reader, letter_of
from .orders import REFUSED, Order, read_orders, write_order
from .outcome import UNSURE, Case, Desk, Handed, answer_to, outcome
from .post import Post

# What is read of a message; more is an attack, or a film.
_MOST_BYTES = 30_000_000
# Answers to one conversation: then a person goes on.
_MOST_ANSWERS = 12
# Answers to one address, whatever comes from it: in an hour, in a day. A person of the team has no
# more than these of one sender in a day.
_BOUNDS = ((timedelta(hours=1), 3), (timedelta(days=1), 6))
_MOST_HANDED = 100
_MARK = f"<!-- {BRANCHES}{{}} -->"
# Messages of a conversation that an answer may mend.
_LOOKED_AT = 3
_SHOWN = 20_000
# Sorts of what a person receives since no answer can be the end of it.
_UNREAD = "Illisible"
_OF_MANY = "Liste ou programme"
_UNSURE = "Expéditeur non vérifié"
_TOO_MANY = "Sans réponse, après trop de messages"
_LONG = "Suite d’une longue conversation"
_HEAVY = "Message trop lourd"
_UNREACHED = "Adresse qui ne reçoit pas"
_BOUNCED = "Notre réponse ne parvient pas à la personne : son adresse ne reçoit pas."
# To whom nothing vouches for: whoever imitates somebody would have them read these words.
_BARE: Answer = ("Reçu. Une personne de la rédaction le lit.",)
_BARE_SUBJECT = "Votre message"
RETRIED = (BoxError, ForgeError, BranchError, Lost)

Known: TypeAlias = Literal["", "proposee", "transmise"]


class Standing(NamedTuple):
    """Where a message stands at the forge: the branch that is its own, the proposal that it is
    about, what it became there, and as what a person receives it too."""

    branch: str
    proposal: Proposal | None
    known: Known = ""
    sort: str = ""


class Round(Struct):
    """What the steps work with."""

    desk: Desk
    box: Box
    post: Post
    forge: Forge
    guarantor: str
    # Who of the team receives what only a person can answer; ``""`` for nobody.
    team: str

    def read(self, folder: Path, branches: Branches) -> bool:
        """Hand to a person what needs one, and write the orders of the others in ``folder``;
        whether all went well."""
        for done in folder.glob("*.json"):  # by a former round
            done.unlink()
        fitting = Fitting(self.desk.content.parent, self.post.names, branches, self.forge)
        return self._each(lambda waiting: self._read(waiting, folder, fitting))

    def answer(self) -> bool:
        """Answer what is proposed by now."""
        return self._each(self._answer)

    def _each(self, act: Callable[[Waiting], str]) -> bool:
        # What came back has left: it is known before anything is sent again.
        for key in [key for key, mail in self.box.sent.items() if mail.pending]:
            if uid := self.box.find(key, INBOX):
                self.box.confirm(key)
                self.box.delete(uid)
        fine = True
        for waiting in self.box.waiting():
            self.box.begin(waiting)
            try:
                said = act(waiting)
            except RETRIED as error:
                said = f"reste à relever : {why(error)}"
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
        reader = Reader(self.post.address, self.guarantor, self.box.sent, self.post.names)
        if heavy:
            return letter_of(data, reader, body=b""), b""
        return letter_of(data, reader), data

    def _read(self, waiting: Waiting, folder: Path, fitting: Fitting) -> str:
        letter, data = self._letter(waiting)
        handing = Handing(letter, data)
        if letter.sender == self.post.address and self.post.is_sent(letter.message_id):
            self.box.delete(waiting.uid)
            return ""
        if self.post.is_sent(self.post.id_of(letter.conversation, letter.key)):
            handed = self.post.is_sent(self.post.handed_id(letter))
            self.box.move(waiting.uid, TO_SEE if handed else DONE)
            return ""
        if letter.is_reply_of_program:
            return self._bounced(waiting, handing, folder)
        so_far = self.post.count(letter.conversation)
        if so_far >= _MOST_ANSWERS:
            follow = ("Une personne de la rédaction prend la suite, et vous répondra.",)
            return self._finish(
                waiting, replace(handing, sort=_LONG), follow * (so_far == _MOST_ANSWERS)
            )
        if not data:
            heavy = answers.too_heavy(self.desk.form())
            return self._finish(waiting, replace(handing, sort=_HEAVY), heavy)
        standing = self._standing(letter)
        if standing.known:
            return self._left(waiting)
        case = self._case(data, letter, standing)
        done = outcome(case)
        if isinstance(done, Order):
            if not done.files and case.proposal:
                done = replace(done, branch=case.proposal.branch)
            return self._ordered(waiting, handing, done, folder, fitting)
        if isinstance(done, Handed):
            return self._finish(waiting, replace(handing, sort=done.sort), done.answer)
        return self._finish(waiting, handing, done)

    def _bounced(self, waiting: Waiting, handing: Handing, folder: Path) -> str:
        # What a program answers ends here, unless it says that ours does not arrive.
        branch = f"{BRANCHES}{handing.letter.other or handing.letter.conversation}"
        proposal = self.forge.proposals.get(branch)
        standing = self._standing(handing.letter)
        if standing.known or proposal is None or proposal.state != "ouverte":
            self.box.move(waiting.uid, DONE)
            return "réponse d’un programme, sans suite."
        order = Order(handing.letter.key, branch, title="", text="", comment=_BOUNCED)
        write_order(folder, order, self.desk.content.name)
        return self._left(waiting) or "à proposer."

    def _ordered(
        self, waiting: Waiting, handing: Handing, order: Order, folder: Path, fitting: Fitting
    ) -> str:
        order, twin = fitting.fitted(order, handing.letter)
        if proposal := self.forge.proposals.get(twin):
            done = answers.passed_on(proposal.url)
            return self._finish(waiting, replace(handing, url=proposal.url), done)
        if twin:
            return "le même message, en double : au prochain tour."
        try:
            write_order(folder, order, self.desk.content.name)
        except Refused:
            done = answers.handed(self.desk.config.contribuer.delai)
            return self._finish(waiting, replace(handing, sort=_UNREAD), done)
        return self._left(waiting) or "à proposer."

    def _case(self, data: bytes, letter: Letter, standing: Standing) -> Case:
        return Case(
            data,
            letter,
            self.desk,
            branch=standing.branch,
            proposal=standing.proposal,
            before=self._before(letter),
            last=self._last(letter),
        )

    def _answer(self, waiting: Waiting) -> str:
        letter, data = self._letter(waiting)
        standing = self._standing(letter)
        proposal = standing.proposal
        if not data or not standing.known or proposal is None:
            return self._left(waiting)
        done = answers.passed_on(proposal.url)
        if standing.known == "proposee":
            case = replace(self._case(data, letter, standing), proposal=None)
            done = answer_to(case, proposal.url)
        handing = Handing(letter, data, standing.sort, proposal.url)
        return self._finish(waiting, handing, done)

    def _finish(self, waiting: Waiting, handing: Handing, answer: Answer) -> str:
        # A person has it unless a proposal says all of it; then whoever wrote it is told so.
        letter = handing.letter
        message_id = self.post.id_of(letter.conversation, letter.key)
        may_write = all(
            self.post.since(letter.sender, span, but=message_id) < most for span, most in _BOUNDS
        )
        if not handing.sort and not handing.url:
            sorts = {
                _OF_MANY: letter.is_of_many,
                _UNSURE: letter.is_disowned,
                _TOO_MANY: not may_write,
            }
            handing = replace(
                handing, sort=next((sort for sort, is_so in sorts.items() if is_so), "")
            )
        told = []
        if handing.sort:
            known = self.post.count(f"p{letter.person}", timedelta(days=1)) < _MOST_HANDED
            stage = self.post.hand(handing, self.team if known else "")
            if stage not in ("envoye", "refuse"):
                return "à remettre à la rédaction, dont le serveur attend."
            told = [f"à voir : {handing.sort}."]
            told += ["L’adresse de la rédaction le refuse."] * (stage == "refuse")
        if answer and letter.is_answerable:
            stage = self.post.send(
                _BARE if letter.is_disowned else answer,
                to=letter.sender,
                subject=_BARE_SUBJECT if letter.is_disowned else letter.subject,
                message_id=message_id,
                thread=[*letter.references, *filter(None, [letter.message_id])],
                muted=not may_write,
            )
            if stage == "refuse" and not told:
                return self._finish(waiting, replace(handing, sort=_UNREACHED), ())
            if stage not in ("envoye", "refuse"):
                return "la réponse attend."
            told += ["répondu."] * may_write
        self.box.move(waiting.uid, TO_SEE if handing.sort else DONE)
        return " ".join(told) or "sans réponse."

    def _left(self, waiting: Waiting) -> str:
        # It stays for the next step, and did nothing to us.
        self.box.begin(waiting, ended=True)
        return ""

    def _rescued(self, waiting: Waiting, error: Exception) -> str:
        # A message at which we fail: a person has it, or finds it in its folder.
        told = why(error)
        try:
            letter, data = self._letter(waiting)
            return f"{self._finish(waiting, Handing(letter, data, _UNREAD), ())} {told}"
        except RETRIED as lost:
            return f"reste à relever : {why(lost)}"
        except Exception:
            self.box.move(waiting.uid, TO_SEE)
            return f"à voir : {told}"

    def _standing(self, letter: Letter) -> Standing:
        # A conversation goes on in its branch until its proposal is closed; then each message has
        # its own, and so has what is in it if nothing tells that its sender is in it.
        own = ""
        about = None
        for name in filter(None, (letter.conversation, letter.key, letter.other)):
            proposal = self.forge.proposals.get(f"{BRANCHES}{name}")
            if proposal is None:
                own = own or name
                continue
            said = self.forge.messages(proposal.number)
            if found := re.search(rf"^{TRAILER}: {letter.key}(?: (.+))?$", said, re.MULTILINE):
                return Standing(name, proposal, "proposee", found[1] or "")
            for comment in self.forge.comments(proposal.number):
                if found := re.search(_MARK.format(f"{letter.key}(?: (.+?))?"), comment.text):
                    return Standing(name, proposal, "transmise", found[1] or "")
            goes_on = letter.is_answer or letter.is_vouched
            if proposal.state == "ouverte" and about is None and (goes_on or name == letter.other):
                about = proposal
                own = own or name * goes_on
        return Standing(own or letter.key, about)

    def _last(self, letter: Letter) -> tuple[str, list[str]]:
        # What became of the proposal of a conversation, and the files that it changed.
        for name in filter(None, (letter.conversation, letter.other)):
            if proposal := self.forge.proposals.get(f"{BRANCHES}{name}"):
                return proposal.state, self.forge.files(proposal.number)
        return "", []

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


def propose(folder: Path, desk: Desk, *, forge: Forge, branches: Branches) -> bool:
    """Do the orders of ``folder`` at the forge, once each; whether all went well."""
    fine = True
    for order in read_orders(folder, desk.content.name):
        try:
            _proposed(order, desk, forge=forge, branches=branches)
        except Exception as error:  # the others go on
            sys.stdout.write(f"{order.branch} : {why(error)}\n")
            fine = False
    return fine and not any(folder.glob(REFUSED))


def _proposed(order: Order, desk: Desk, *, forge: Forge, branches: Branches) -> None:
    proposal = forge.proposals.get(order.branch)
    head = branches.heads.get(order.branch, "")
    pushed = bool(head) and branches.has(head, order.message)
    kept_open = head and (
        branches.is_edited(head) or (proposal and forge.is_approved(proposal.number))
    )
    if proposal and not pushed and (order.comment or kept_open):
        _comment(order, order.comment or _shown(order), proposal, forge=forge)
    elif order.files:
        if not pushed:
            branches.push(order)
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
    said = "Une nouvelle version est arrivée. Vous travaillez à celle-ci : rien n’y est changé."
    return "\n\n".join([said, *texts])


def why(error: BaseException) -> str:
    """What stopped us, in French; of a fault of ours, where it is."""
    if isinstance(error, PortailError | Lost):
        return safe(str(error))
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"faute de programme ({type(error).__name__}, {place.name})."
