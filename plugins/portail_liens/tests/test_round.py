"""A whole round on local servers: side by side, saved whatever happens."""

import itertools
import socket
import threading
import time
from datetime import date

import pytest

from portail.cli.arguments import Manner
from portail.diagnostics import ConfigError
from portail_liens.asking import Hosts
from portail_liens.records import Constat, followed
from portail_liens.round import Finding, Follower, Round, check

DAY = date(2026, 11, 20)


def no_such_name(monkeypatch):
    """Names below ``invalid`` do not exist, whatever resolver this machine has."""
    ask = socket.getaddrinfo

    def resolved(host, *rest, **more):
        if host.endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return ask(host, *rest, **more)

    monkeypatch.setattr("portail_liens.asking.socket.getaddrinfo", resolved)


def manner(minutes=1.0):
    return Manner(DAY, "Portail-liens/1 (+https://p.example/)", 0.0, 10.0, minutes, private=True)


def test_a_round_asks_everything_and_remembers(liar):
    """Of two hosts."""
    saved = []
    sites = [liar.url.replace("localhost", name) for name in ("localhost", "127.0.0.1")]
    urls = [f"{one}/{path}" for one in sites for path in ("", "non")]
    known = {urls[1]: followed(None, date(2026, 11, 19), Constat.MUET)}
    records, asked = check(urls, known, manner(), saved.append)
    assert asked == 4
    assert {url: one.constat for url, one in records.items()} == {
        url: Constat.INTROUVABLE if url.endswith("non") else Constat.BON for url in urls
    }
    assert records[urls[1]].echecs == 2
    assert saved[-1] == records


def test_what_time_does_not_allow_stays_for_the_next_run(liar, monkeypatch):
    """By a clock that each look moves: a busy machine may take a second to begin."""
    looks = itertools.count()
    for module in ("asking", "round"):
        monkeypatch.setattr(f"portail_liens.{module}.monotonic", lambda: next(looks) / 100)
    urls = [f"{liar.url}/{n}" for n in range(200)]
    saved = []
    records, asked = check(urls, {}, manner(minutes=1 / 60), saved.append)
    assert 0 < asked < 200
    assert set(records) == set(urls[:asked]) == set(saved[-1])


def test_a_fault_or_an_interruption_keeps_what_was_found():
    class Broken(Follower):
        """Answers once, then breaks."""

        def follow(self, url):
            if url.endswith("2"):
                raise KeyboardInterrupt
            return Finding(Constat.BON, 200)

    hosts = Hosts(0, time.monotonic() + 9, threading.Event())
    saved = []
    one = Round(Broken(None, hosts), {}, DAY, saved.append)
    with pytest.raises(KeyboardInterrupt):
        one.run(["http://a.example/1", "http://a.example/2", "http://a.example/3"])
    assert [*saved[-1]] == ["http://a.example/1"]
    assert hosts.stop.is_set()


def test_our_own_network_that_is_cut_kills_no_link(monkeypatch):
    no_such_name(monkeypatch)
    saved = []
    urls = [f"http://nexiste-pas-{n}.invalid/" for n in range(4)]
    known = {urls[0]: followed(None, date(2026, 11, 19), Constat.MUET)}
    with pytest.raises(ConfigError, match="Aucun des 4 sites demandés n’a répondu"):
        check(urls, known, manner(), saved.append)
    assert saved == [known]
    records, _ = check(urls[:2], known, manner(), saved.append)
    assert [one.constat for one in records.values()] == [Constat.INJOIGNABLE] * 2


def test_one_answer_is_enough_to_believe_the_failures(liar, monkeypatch):
    no_such_name(monkeypatch)
    urls = [f"http://nexiste-pas-{n}.invalid/" for n in range(4)] + [f"{liar.url}/non"]
    records, _ = check(urls, {}, manner(), lambda _: None)
    assert sorted(one.constat for one in records.values()) == ["injoignable"] * 4 + ["introuvable"]
