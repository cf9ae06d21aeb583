"""Who is served, run after run, whoever a server refuses."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from portail_envoi.command import Delivery
from portail_envoi.journal import Journal
from portail_envoi.subscribers import Subscriber


class Server:
    """A connection that takes a message for those who live, unless it is ``closed`` to everyone."""

    sock = True

    def __init__(self, alive):
        self.alive, self.closed, self.taken = alive, False, []

    def mail(self, _):
        return 250, b"OK"

    def rcpt(self, to):
        self.to = to
        return (554, b"5.7.1 no") if self.closed or to not in self.alive else (250, b"OK")

    def docmd(self, _):
        return 354, b"go"

    def getreply(self):
        self.taken.append(self.to)
        return 250, b"OK"

    def send(self, _):
        """Take it."""

    rset = quit = close = lambda self: None


def sent(connect, people, journal):
    with Journal(journal) as open_journal:
        delivery = Delivery(connect, open_journal, lambda _: ("lettre@exemple.org", b"x"))
        delivery.run(people, again=False)


@given(st.lists(st.booleans(), min_size=5, max_size=90), st.integers(0, 3))
def test_everyone_alive_is_served_once(living, refusals):
    """Whoever the others are, wherever they stand in the list, and though the first runs were
    refused for all."""
    people = [Subscriber(f"p{rank}@exemple.org", "region") for rank in range(len(living))]
    alive = {one.address for one, lives in zip(people, living, strict=True) if lives}
    server = Server(alive)
    with TemporaryDirectory() as folder:
        journal = Path(folder) / "lettre.jsonl"
        server.closed = True
        for _ in range(refusals):
            sent(lambda: server, people, journal)
        server.closed = False
        for _ in range(2):
            sent(lambda: server, people, journal)
        assert sorted(server.taken) == sorted(alive)
        with Journal(journal) as read:
            assert {one.address for one in read.at("refuse")} == {
                one.address for one in people
            } - alive


def test_those_who_were_never_tried_come_first(tmp_path):
    """Whatever stopped a run, the next comes to people whom the last did not reach."""
    people = [Subscriber(f"p{rank}@exemple.org", "region") for rank in range(4)]
    server = Server({one.address for one in people})
    with Journal(tmp_path / "lettre.jsonl") as journal:
        for one in people[:3]:
            journal.record(one, "differe")
    sent(lambda: server, people, tmp_path / "lettre.jsonl")
    assert [one[:2] for one in server.taken] == ["p3", "p0", "p1", "p2"]
