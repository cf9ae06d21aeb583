"""Addresses followed on servers of this machine that answer anything."""

import socket
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest
import trustme

from doses import cases, rows_of
from liars import Liar, to
from portail_liens.asking import Asker, Hosts, Late, is_public
from portail_liens.records import Constat
from portail_liens.round import Finding, Follower

AGENT = "Portail-liens/1 (+https://portail.example/)"


def follower(
    *, seconds = 10.0, pause = 0.0, left = 60.0, private = True,
    trust = None,
):  # fmt: skip
    hosts = Hosts(pause, time.monotonic() + left, threading.Event())
    return Follower(Asker(AGENT, seconds, trust or ssl.create_default_context(), private), hosts)


def test_a_good_address_takes_one_head_and_says_who_asks(liar):
    assert follower().follow(f"{liar.url}/") == Finding(Constat.BON, 200)
    assert liar.asked == [("GET", "/robots.txt", AGENT), ("HEAD", "/", AGENT)]


@pytest.mark.parametrize(
    ("status", "constat"),
    [
        (204, Constat.BON), (304, Constat.BON), (404, Constat.INTROUVABLE),
        (410, Constat.INTROUVABLE), (400, Constat.ERREUR), (500, Constat.ERREUR),
        (403, Constat.REFUS), (401, Constat.REFUS), (999, Constat.REFUS),
    ],
)  # fmt: skip
def test_what_statuses_are_called(liar, status, constat):
    liar.routes["/x"] = (status, {}, b"")
    assert follower().follow(f"{liar.url}/x") == Finding(constat, status)


def test_get_when_head_is_refused_or_dropped(liar):
    liar.routes["/refus"] = lambda on: (405 if on.command == "HEAD" else 200, {}, b"oui")
    liar.routes["/coupe"] = lambda on: None if on.command == "HEAD" else (200, {}, b"oui")
    one = follower()
    assert one.follow(f"{liar.url}/refus") == Finding(Constat.BON, 200)
    assert one.follow(f"{liar.url}/coupe") == Finding(Constat.BON, 200)


def test_permanent_redirections_give_the_address_to_write(liar):
    liar.routes |= {
        "/a": to("/b"), "/b": to("/c", 308), "/c": to("/d", 302), "/d": (200, {}, b""),
        "/t": to("/a", 302), "/e": to("/perdu"), "/%C3%A9%20t%C3%A9": (200, {}, b""),
    }  # fmt: skip
    liar.routes["/acc"] = (301, {"Location": "/é té".encode().decode("latin-1")}, b"")
    one = follower()
    assert one.follow(f"{liar.url}/a") == Finding(Constat.DEPLACE, 200, f"{liar.url}/c")
    assert one.follow(f"{liar.url}/t") == Finding(Constat.BON, 200)
    assert one.follow(f"{liar.url}/e") == Finding(Constat.INTROUVABLE, 404)
    found = one.follow(f"{liar.url}/acc")
    assert found == Finding(Constat.DEPLACE, 200, f"{liar.url}/%C3%A9%20t%C3%A9")


def test_loops_and_endless_chains_end(liar):
    liar.routes |= {"/a": to("/b", 302), "/b": to("/a", 302)}
    liar.routes |= {f"/{n}": to(f"/{n + 1}") for n in range(40)}
    one = follower()
    assert one.follow(f"{liar.url}/a").constat is Constat.BOUCLE
    assert one.follow(f"{liar.url}/0").constat is Constat.BOUCLE
    assert len(liar.asked) < 20


@pytest.mark.parametrize(
    "location",
    ["ftp://a.example/", "javascript:alert(1)", "file:///etc/passwd", "http://[", f"/{'a' * 3000}"],
)
def test_a_redirection_out_of_the_web_is_not_followed(liar, location):
    liar.routes["/x"] = to(location)
    assert follower().follow(f"{liar.url}/x").constat in (Constat.ERREUR, Constat.INJOIGNABLE)


def drip(on):
    """A header that never ends, one sign at a time: no single read is late. Whether it was awaited
    to its last sign."""
    for _ in range(2000):
        try:
            on.wfile.write(b"H")
            on.wfile.flush()
        except OSError:
            return False
        time.sleep(0.05)
    return True


def test_what_is_slow_or_endless_is_left(liar):
    """Either answer takes a hundred seconds: it is not there when it is left."""
    left = threading.Event()
    awaited = []
    liar.routes["/lent"] = lambda on: awaited.append(not left.wait(100))
    liar.routes["/goutte"] = lambda on: awaited.append(drip(on))
    one = follower(seconds=0.2)
    assert one.follow(f"{liar.url}/lent") == Finding(Constat.MUET)
    left.set()
    assert one.follow(f"{liar.url}/goutte") == Finding(Constat.MUET)
    assert True not in awaited


def test_no_body_is_read(liar):
    sent = []

    def huge(on):
        if on.command == "HEAD":
            return 405, {}, b""
        on.send_response(200)
        on.send_header("Content-Length", str(10**12))
        on.end_headers()
        try:
            while True:
                sent.append(on.wfile.write(b"x" * 100_000))
        except OSError:
            return None

    liar.routes["/gros"] = huge
    assert follower().follow(f"{liar.url}/gros") == Finding(Constat.BON, 200)
    time.sleep(0.1)
    assert sum(sent) < 30_000_000, "what the buffers of the system hold"


def after(times, busy):
    left = [busy] * times
    return lambda _: left.pop() if left else (200, {}, b"")


def test_a_busy_server_is_given_the_time_it_asks_for(liar, monkeypatch):
    liar.routes["/a"] = after(1, (429, {"Retry-After": "40"}, b""))
    when = format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
    liar.routes["/b"] = after(2, (503, {"Retry-After": when}, b""))
    one, waited = follower(), []
    monkeypatch.setattr(one.hosts.stop, "wait", waited.append)
    assert one.follow(f"{liar.url}/a") == Finding(Constat.BON, 200)
    assert waited == [pytest.approx(40, abs=1)]
    assert one.follow(f"{liar.url}/b") == Finding(Constat.BON, 200)
    assert min(waited) > 10 and max(waited) <= 40


@pytest.mark.parametrize("later", ["3600", "²", "9" * 5000, "Mon, 01 Jan 99999999999 00:00:00 GMT"])
def test_a_server_that_asks_for_too_long_is_left_for_another_run(liar, later):
    liar.routes["/a"] = (429, {"Retry-After": later}, b"")
    one = follower()
    with pytest.raises(Late):
        one.follow(f"{liar.url}/a")
    asked = len(liar.asked)
    with pytest.raises(Late):
        one.follow(f"{liar.url}/")
    assert len(liar.asked) == asked


def test_a_server_that_is_always_busy_is_not_asked_for_ever(liar):
    liar.routes["/a"] = (503, {}, b"")
    assert follower().follow(f"{liar.url}/a") == Finding(Constat.ERREUR, 503)
    assert len(liar.asked) <= 7


def test_robots_are_obeyed_and_read_once(liar):
    rules = b"User-agent: *\nDisallow: /prive\n\nUser-agent: Portail-liens\nDisallow: /nous\n"
    liar.routes |= {"/robots.txt": (200, {}, rules), "/prive": (200, {}, b""), "/x": to("/nous/a")}
    one = follower()
    assert one.follow(f"{liar.url}/nous/b") == Finding(Constat.ROBOTS)
    assert one.follow(f"{liar.url}/x") == Finding(Constat.ROBOTS)
    assert one.follow(f"{liar.url}/prive") == Finding(Constat.BON, 200)
    assert [path for _, path, _ in liar.asked] == ["/robots.txt", "/x", "/prive"]


@pytest.mark.parametrize("answer", [(500, {}, b""), (200, {}, b"\xff\x00 Disallow"), None])
def test_robots_that_cannot_be_read_forbid_nothing(liar, answer):
    liar.routes["/robots.txt"] = lambda _: answer
    assert follower().follow(f"{liar.url}/") == Finding(Constat.BON, 200)


def test_one_request_at_a_time_spaced(liar):
    moments = []
    liar.routes["/"] = lambda _: moments.append(time.monotonic()) or (200, {}, b"")
    one = follower(pause=0.03)
    threads = [threading.Thread(target=one.follow, args=(f"{liar.url}/",)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(moments) == 4
    assert all(b - a >= 0.029 for a, b in pairwise(moments))


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://[::1]:{port}/",
        "http://0.0.0.0:{port}/", "http://2130706433:{port}/", "http://[::ffff:127.0.0.1]:{port}/",
        "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/",
    ],
)  # fmt: skip
def test_private_networks_are_never_opened(liar, url):
    found = follower(private=False).follow(url.format(port=liar.server.server_port))
    assert found.constat is Constat.PRIVE
    assert liar.asked == []


def test_a_name_is_resolved_once(liar, monkeypatch):
    """A second answer of the DNS, which nobody has judged, leads nowhere."""
    other, asked, ask = Liar(), [], socket.getaddrinfo

    def resolved(host, port, *rest, **more):
        if host != "change.example":
            return ask(host, port, *rest, **more)
        asked.append(host)
        there = liar if len(asked) == 1 else other
        return ask("127.0.0.1", int(there.url.rpartition(":")[2]), *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    asker = Asker(AGENT, 10.0, ssl.create_default_context(), private=True)
    asker.ask("http://change.example/", "GET")
    other.close()
    assert (len(asked), other.asked) == (1, [])


def test_nor_by_a_redirection(liar, monkeypatch):
    """A public site, played by this machine, leads to a private address."""
    monkeypatch.setattr("portail_liens.asking.is_public", "127.0.0.1".__eq__)
    liar.routes["/x"] = to("http://10.0.0.1/admin")
    found = follower(private=False).follow(f"{liar.url}/x")
    assert found == Finding(Constat.PRIVE, detail="http://10.0.0.1/admin")


@cases(("address", "public"), rows_of("portail_liens/tests/following.yml"))
def test_what_is_public(address, public):
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (socket.EAI_NONAME, "ce nom de site n’existe pas"),
        (socket.EAI_AGAIN, "son nom n’a pas pu être cherché"),
    ],
)
def test_names_that_do_not_exist(monkeypatch, number, told):
    def unknown(*_, **__):
        raise socket.gaierror(number, "…")

    monkeypatch.setattr("portail_liens.asking.socket.getaddrinfo", unknown)
    assert follower().follow("http://a.example/") == Finding(Constat.INJOIGNABLE, detail=told)


def test_certificates_are_told_apart():
    ca, other = trustme.CA(), trustme.CA()
    trust = ssl.create_default_context()
    ca.configure_trust(trust)
    for authority, name, constat in (
        (ca, "localhost", Constat.BON),
        (other, "localhost", Constat.CERTIFICAT),
        (ca, "autre.example", Constat.CERTIFICAT),
    ):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(name).configure_cert(context)
        server = Liar(context)
        server.routes["/"] = (200, {}, b"")
        found = follower(trust=trust).follow(f"{server.url}/")
        server.close()
        assert found.constat is constat, found
        assert bool(found.detail) is (constat is Constat.CERTIFICAT)
        assert "verify failed" not in found.detail, "why, not that"
        assert ("localhost" in found.detail) is (name == "autre.example")
