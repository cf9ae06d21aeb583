"""Who is served, run after run, whoever a server refuses."""

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given
from hypothesis import strategies as st

from portail_envoi.delivery import Delivery, deliver
from portail_envoi.journal import Journal, SendingError
from portail_envoi.mails import Copy
from portail_envoi.smtp import Refused
from portail_envoi.subscribers import Roll, Subscriber, mailbox


class Server:
    """It takes a message for those who live, unless it is ``closed`` to everyone."""

    def __init__(self, alive):
        self.alive = alive
        self.closed = False
        self.taken = list[str]()

    def deliver(self, _, to, data, intend):
        if self.closed or to.key not in self.alive:
            raise Refused("554 5.7.1 no")
        intend()
        self.taken.append(to.key)
        return "250 OK"

    def close(self):
        """Nothing is open."""


class Message:
    """The message of an edition, the same for all."""

    def copy(self, copy):
        return b""


def sent(server, people, journal):
    """One run; whether it came to its end."""
    with Journal(journal) as open_journal, suppress(SendingError):
        delivery = Delivery(lambda: server, open_journal, "lettre@exemple.org")
        mails = {"region": Message()}
        deliver(delivery, mails, people, lambda one: Copy(one.mailbox), again=False)
        return True
    return False


@given(st.lists(st.booleans(), min_size=5, max_size=90), st.integers(0, 3))
@example([False] * 6 + [True] * 6, 0)
@example([False] * 89 + [True], 0)
@example([rank % 5 == 1 for rank in range(90)], 2)
def test_everyone_alive_is_served_once(living, refusals):
    """Whoever the others are, wherever they stand in the list, and though the first runs were
    refused for all: each run comes to twenty people more at least."""
    people = [Subscriber(mailbox(f"p{rank}@exemple.org"), "region") for rank in range(len(living))]
    alive = {one.mailbox.key for one, lives in zip(people, living, strict=True) if lives}
    server, roll = Server(alive), Roll(tuple(people), (), ())
    with TemporaryDirectory() as folder:
        journal = Path(folder) / "lettre.jsonl"
        server.closed = True
        for _ in range(refusals):
            assert not sent(server, roll, journal)
        server.closed = False
        for _ in range(len(people) // 20 + 1):
            sent(server, roll, journal)
        assert sorted(server.taken) == sorted(alive)
        with Journal(journal) as read:
            assert not {one.address for one in read.entries("refuse")} & alive
