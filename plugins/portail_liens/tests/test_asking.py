"""What is sent to other sites, and what is done with their answers, seen from their side."""

import socket
import ssl
import threading
import time

import pytest

from doses import cases, rows_of
from portail_liens import asking
from portail_liens.asking import Asker, Failure, Hosts, Late, site_of
from portail_liens.records import Constat

AGENT = "Portail-liens/1 (+https://portail.example/)"


def asker(seconds=10.0, *, private=True):
    return Asker(AGENT, seconds, ssl.create_default_context(), private)


def failed(url, constat=Constat.INJOIGNABLE, **more):
    """Why nothing came of a request."""
    with pytest.raises(Failure) as caught:
        asker(**more).ask(url, "GET")
    assert caught.value.constat is constat
    return caught.value


def heard(liar, path):
    """The headers of each request for ``path``, by small letters, as the server gets them."""
    requests = []

    def answer(on):
        assert len(on.headers.keys()) == len(set(map(str.lower, on.headers.keys())))
        requests.append({name.lower(): value for name, value in on.headers.items()})
        return 200, {}, b"oui"

    liar.routes[path] = answer
    return requests


def resolved(monkeypatch, *ports):
    """Every name leads to these ports of this machine, in that order; what was looked for."""
    asked = []

    def rows(host, port, *_, **__):
        asked.append((host, port))
        kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        return [(*kind, ("127.0.0.1", there)) for there in ports]

    monkeypatch.setattr(socket, "getaddrinfo", rows)
    return asked


def test_a_request_says_what_a_server_needs_and_no_more(liar):
    requests = heard(liar, "/%C3%A9t%C3%A9?q=a%20b&r=%C3%A9")
    secret = liar.url.replace("//", "//moi:secret@")
    assert asker().ask(f"{secret}/été?q=a b&r=%C3%A9#ancre", "GET", most=9).body == b"oui"
    assert requests == [
        {
            "host": liar.url.removeprefix("http://"),
            "user-agent": AGENT,
            "accept": "text/html,application/xhtml+xml,*/*;q=0.8",
            "accept-encoding": "identity",
            "connection": "close",
        }
    ]
    others = {"Accept": "*/*", "If-None-Match": '"a"'}
    asker().ask(f"{liar.url}/été?q=a b&r=%C3%A9", "GET", more=others)
    there = {name.lower(): value for name, value in others.items()}
    assert requests[1] == requests[0] | there, "in the place of ours"


@pytest.mark.parametrize(
    ("site", "name", "port", "host"), rows_of("portail_liens/tests/asking.yml")
)
def test_the_host_is_looked_for_and_told(liar, monkeypatch, site, name, port, host):
    """RFC 9110 § 7.2: the name, and the port unless it is that of the scheme."""
    asked = resolved(monkeypatch, liar.server.server_port)
    if site.startswith("https"):
        failed(f"{site}/", Constat.CERTIFICAT)  # it speaks no TLS
    else:
        requests = heard(liar, "/")
        asker().ask(f"{site}/", "GET")
        assert requests[0]["host"] == host
    assert asked == [(name, port)]


def test_a_url_without_a_path_is_that_of_the_root(liar):
    assert asker().ask(f"{liar.url}?a=b", "HEAD").status == 404
    assert asker().ask(liar.url, "HEAD").status == 200
    assert [path for _, path, _ in liar.asked] == ["/?a=b", "/"]


def test_an_address_that_refuses_is_closed_and_the_next_is_tried(liar, monkeypatch):
    closed = socket.create_server(("127.0.0.1", 0))
    port = closed.getsockname()[1]
    closed.close()
    opened = []
    first = socket.socket

    def recorded(*given, **more):
        one = first(*given, **more)
        if not more:  # the server's own, of this same process, have a number already
            opened.append(one)
        return one

    resolved(monkeypatch, port, liar.server.server_port)
    monkeypatch.setattr("portail_liens.asking.socket.socket", recorded)
    assert asker().ask("http://a.example/", "GET").status == 200
    monkeypatch.undo()
    assert [one.fileno() for one in opened] == [-1, -1]


def test_many_addresses_that_are_silent_take_the_time_of_one(
    monkeypatch,
):
    waited = []

    class Silent(socket.socket):
        def connect(self, address):
            waited.append(self.gettimeout() or 100)
            time.sleep(waited[-1])
            raise TimeoutError

    resolved(monkeypatch, *[9] * 20)
    monkeypatch.setattr("portail_liens.asking.socket.socket", Silent)
    failed("http://a.example/", Constat.MUET, seconds=0.3)
    assert 0 < sum(waited) < 0.6


def test_nothing_is_left_running(liar):
    asker().ask(f"{liar.url}/", "GET")
    failed(f"{liar.url}/", Constat.PRIVE, private=False)
    timers = [one for one in threading.enumerate() if isinstance(one, threading.Timer)]
    for one in timers:
        one.join(2)
    assert not any(one.is_alive() for one in timers)


def test_a_name_without_an_address(monkeypatch):
    resolved(monkeypatch)
    failed("http://a.example/")


def test_one_private_address_among_others_is_enough(liar, monkeypatch):
    kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
    rows = [(*kind, ("93.184.216.34", 9)), (*kind, ("127.0.0.1", liar.server.server_port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: rows)
    failed("http://a.example/", Constat.PRIVE, private=False)
    assert liar.asked == []


@cases("url", ["http://a.example:99999/", "http://a.example:x/", "http://.é/"])
def test_a_url_that_cannot_be_one(url):
    assert failed(url).detail == "adresse mal formée"


def test_a_url_without_a_host_leads_nowhere():
    for url, private in (("http:///x", True), ("http://:80/x", False)):
        with pytest.raises(Failure):
            asker(private=private).ask(url, "GET")


def test_a_body_is_read_only_when_it_is_asked_for(liar):
    one = asker()
    assert one.ask(f"{liar.url}/", "GET").body == b""
    assert one.ask(f"{liar.url}/", "GET", most=3).body == b"acc"
    whole = one.ask(f"{liar.url}/", "GET", most=7)
    assert (whole.status, whole.body) == (200, b"accueil")
    assert (whole.location, whole.retry_after) == ("", "")
    assert whole.headers.get("content-length") == "7"


def test_a_body_that_is_cut_is_none(liar):
    liar.routes["/x"] = (200, {"Content-Length": "9", "Connection": "close"}, b"debut")
    one = asker(2.0)
    assert one.ask(f"{liar.url}/x", "GET", most=5).body == b"debut"
    with pytest.raises(Failure) as caught:
        one.ask(f"{liar.url}/x", "GET", most=6)
    assert caught.value.detail == "la connexion se ferme sans réponse"
    liar.routes["/x"] = (200, {"Content-Length": "2", "Connection": "close"}, b"debut")
    assert one.ask(f"{liar.url}/x", "GET", most=6).body == b"de"


# The turn of each host.


def hosts(*, pause=0.0, left=60.0, stopped=False):
    stop = threading.Event()
    if stopped:
        stop.set()
    return Hosts(pause, time.monotonic() + left, stop, "Portail-liens")


def test_a_host_is_the_same_by_every_port_and_a_site_is_not():
    one = hosts()
    assert one.of("http://A.example/x") is one.of("https://moi@a.example:8080/")
    assert one.of("http://a.example/") is not one.of("http://b.example/")
    assert site_of("https://moi:secret@A.example:8080/x?y") == "https://a.example:8080"


def test_no_turn_once_all_is_to_stop():
    with pytest.raises(Late), hosts(stopped=True).turn("http://a.example/"):
        pass


def test_who_waits_stops_at_once():
    one = hosts(pause=30.0)
    with one.turn("http://a.example/"):
        pass
    threading.Timer(0.05, one.stop.set).start()
    before = time.monotonic()
    with pytest.raises(Late), one.turn("http://a.example/"):
        pass
    assert time.monotonic() - before < 10


def test_a_wait_beyond_the_end_is_not_begun():
    before = time.monotonic()
    with pytest.raises(Late):
        hosts(left=20.0).sleep(30.0)
    hosts(left=20.0).sleep(-30.0)
    with pytest.raises(Late):
        hosts(left=-1.0).sleep(-30.0)
    assert time.monotonic() - before < 10


@cases(
    ("asked", "given"),
    [("", 0.5), ("0.2", 0.5), ("2", 2.0), ("900", 30.0), ("²", 0.5), ("9" * 5000, 30.0)],
)
def test_the_pause_that_a_site_asks_for_is_bounded(asked, given):
    """Python reads whole seconds alone; a longer pause that another port asked for is kept."""
    one, rules = hosts(), f"User-agent: Portail-liens\nCrawl-delay: {asked}\nDisallow: /x\n"
    host = one.of("http://a.example/")
    host.pause = 0.5

    def ask(url):
        assert url == "http://a.example:81/robots.txt"
        return asking.Answer(200, body=rules.encode())

    before = time.monotonic()
    assert not one.allows("http://a.example:81/x", ask)
    assert host.pause == given
    assert before + given <= host.next <= time.monotonic() + given
