"""The journal, as crashes and other processes leave it."""

import os
import time

import pytest

from portail_envoi.journal import Journal, forget
from portail_envoi.subscribers import Subscriber
from portail_poste.smtp import SendingError

A, B = Subscriber("a@exemple.org", "region"), Subscriber("b@exemple.org", "region")


@pytest.fixture
def path(tmp_path):
    """The journal of a sending: A received the letter, B was about to."""
    path = tmp_path / "journaux/semaine.jsonl"
    with Journal(path) as journal:
        journal.begin("abonnes", "abc")
        journal.record(A, "intention")
        journal.record(A, "envoye", "250 OK")
        journal.record(B, "intention")
    return path


def stages(path):
    """What is known of A and B."""
    with Journal(path) as journal:
        return journal.stage(A), journal.stage(B)


def test_an_intent_alone_is_uncertain(path):
    assert stages(path) == ("envoye", "incertain")
    with Journal(path) as journal:
        assert (journal.way, journal.frozen) == ("abonnes", "abc")
        assert journal.stage(Subscriber("A@EXEMPLE.org", "region")) == "envoye"
        assert journal.stage(Subscriber("a@exemple.org", "somme")) is None


def test_cut_anywhere_it_never_forgets_who_may_have_received(path):
    """A crash leaves a beginning of the file: whoever the server was given is known."""
    whole = path.read_bytes()
    given = whole.index(b'"intention"'), whole.rindex(b'"intention"')
    ends = [whole.index(b"\n", place) + 1 for place in given]
    edges = {end + shift for end in ends for shift in (-1, 0, 1) if end + shift <= len(whole)}
    for length in sorted(edges | {*range(0, len(whole), 23)}):
        path.write_bytes(whole[:length])
        first, second = stages(path)
        assert first == (None if length < ends[0] else first) and (first or length < ends[0])
        assert second == ("incertain" if length >= ends[1] else None)
        with Journal(path) as journal:
            journal.record(B, "envoye")
        assert stages(path)[1] == "envoye", "what is written after a cut line is read"


def test_a_spoilt_journal_stops_everything(path):
    path.write_bytes(path.read_bytes().replace(b'"intention"', b'"intent', 1))
    with pytest.raises(SendingError, match="est abîmé, ligne 2"):
        Journal(path)


def test_two_sendings_at_once(path):
    with Journal(path), pytest.raises(SendingError, match="Un autre envoi est en cours"):
        Journal(path)
    with Journal(path):
        pass


def test_it_is_for_its_owner(path):
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_link_is_not_followed(tmp_path, path):
    (tmp_path / "lien.jsonl").symlink_to(path)
    with pytest.raises(SendingError, match="ne s’ouvre pas"):
        Journal(tmp_path / "lien.jsonl")


def test_those_of_the_site_that_are_a_year_old_go(tmp_path):
    for name, days in {"a.org-2020-s39": 370, "a.org-2021-s39": 300, "b.org-2020-s39": 370}.items():
        path = tmp_path / f"{name}.jsonl"
        path.touch()
        os.utime(path, (time.time() - days * 86400,) * 2)
    forget(tmp_path, "a.org")
    assert {path.stem for path in tmp_path.iterdir()} == {"a.org-2021-s39", "b.org-2020-s39"}
