"""Files fetched from servers of this machine that lie, drip, swell and lead astray."""

import gzip
import ssl
import threading
import time
import tracemalloc
from contextlib import suppress
from random import Random
from tomllib import loads

import pytest
import trustme

from liars import Liar, to
from portail.diagnostics import Refused
from portail_liens.asking import Asker, Hosts
from portail_liens.command import GROUP
from portail_liens.copies import ask
from portail_liens.fetching import Fetcher, NotFetched, Validators, download
from portail_liens.round import check

AGENT = "Portail-moisson/1 (+https://portail.example/)"
MOST = 1_000_000


def fetcher(*, seconds=10.0, private=True, trust=None):
    hosts = Hosts(0.0, time.monotonic() + 60, threading.Event(), "Portail-moisson")
    return Fetcher(Asker(AGENT, seconds, trust or ssl.create_default_context(), private), hosts)


def trouble(url, **more):
    """The sentence for what is not fetched."""
    with pytest.raises(NotFetched) as caught:
        fetcher(**more).fetch(url, MOST)
    text = str(caught.value)
    assert text[0].isupper() and text.endswith(".")
    return text


def test_a_file_comes_with_what_tells_it_apart(liar):
    told = {"ETag": '"a"', "Last-Modified": "hier"}
    told["Content-Type"] = "Application/JSON; charset=utf-8"
    liar.routes["/x"] = (200, told, b"{}")
    found = fetcher().fetch(f"{liar.url}/x", MOST)
    assert (found.body, found.type, found.url) == (b"{}", "application/json", f"{liar.url}/x")
    assert found.validators == Validators('"a"', "hier")
    assert {agent for _, _, agent in liar.asked} == {AGENT}


def test_what_has_not_changed_is_not_sent_again(liar):
    """Any type is asked for, and one compression."""
    asked = []
    names = ("Accept", "Accept-Encoding", "If-None-Match", "If-Modified-Since")
    told = {"ETag": '"a"', "Last-Modified": "hier"}

    def answer(on):
        asked.append(tuple(on.headers[name] for name in names))
        known = asked[-1][2:] == ('"a"', "hier")
        return (304, told, b"") if known else (200, told, b"x")

    liar.routes["/x"] = answer
    one = fetcher()
    known = [Validators(), Validators('"a"'), Validators(last_modified="hier")]
    known.append(one.fetch(f"{liar.url}/x", MOST).validators)
    found = [one.fetch(f"{liar.url}/x", MOST, validators) for validators in known]
    assert [row.body for row in found] == [b"x", b"x", b"x", None]
    assert found[-1].validators == known[-1]
    assert asked[1:] == [
        ("*/*", "gzip", etag, day)
        for etag, day in ((None, None), ('"a"', None), (None, "hier"), ('"a"', "hier"))
    ]


def test_a_server_that_says_unchanged_to_who_knows_nothing_is_broken(liar):
    liar.routes["/x"] = (304, {}, b"")
    assert "erreur" in trouble(f"{liar.url}/x")


def test_redirections_are_followed_to_a_limit(liar):
    for n in range(9):
        liar.routes[f"/{n}"] = to(f"/{n + 1}")
    liar.routes["/9"] = (200, {}, b"fin")
    found = fetcher().fetch(f"{liar.url}/4", MOST)
    assert (found.body, found.url) == (b"fin", f"{liar.url}/9")
    assert "sans fin" in trouble(f"{liar.url}/3")


@pytest.mark.parametrize(
    "where", ["file:///etc/passwd", "ftp://a.example/x", "gopher://a/", "data:,x"]
)
def test_nothing_but_the_web_is_opened(liar, where):
    liar.routes["/x"] = to(where)
    assert where.partition(":")[0] in trouble(f"{liar.url}/x")
    assert "page du web" in trouble(where)


@pytest.mark.parametrize("where", ["http://10.0.0.1/", "http://[fd00::1]/"])
def test_no_redirection_leads_to_a_private_network(liar, monkeypatch, where):
    monkeypatch.setattr("portail_liens.asking.is_public", "127.0.0.1".__eq__)
    liar.routes["/x"] = to(where)
    assert "réseau privé" in trouble(f"{liar.url}/x", private=False)


def test_this_machine_is_a_private_network(liar):
    assert "réseau privé" in trouble(f"{liar.url}/", private=False)
    with pytest.raises(Refused, match="réseau privé"):
        download(f"{liar.url}/")
    assert liar.asked == []


@pytest.fixture
def secure():
    authority = trustme.CA()
    served, trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("localhost").configure_cert(served)
    authority.configure_trust(trust)
    server = Liar(served)
    yield server, trust
    server.close()


def test_no_redirection_leaves_https(liar, secure):
    server, trust = secure
    server.routes["/x"] = to(f"{liar.url}/")
    server.routes["/y"] = (200, {}, b"oui")
    liar.routes["/up"] = to(f"{server.url}/y")
    liar.routes["/down"] = to(f"{server.url}/x")
    assert fetcher(trust=trust).fetch(f"{liar.url}/up", MOST).body == b"oui"
    assert "sans « https »" in trouble(f"{server.url}/x", trust=trust)
    assert "sans « https »" in trouble(f"{liar.url}/down", trust=trust)
    assert "certificat" in trouble(f"{server.url}/y")


@pytest.mark.parametrize("status", [204, 206, 404, 429, 503])
def test_what_is_no_file_says_its_status(liar, status):
    liar.routes["/x"] = (status, {}, b"")
    assert str(status) in trouble(f"{liar.url}/x")


def test_a_file_too_large_is_not_read_to_its_end(liar):
    sent = 0

    def endless(on):
        nonlocal sent
        on.send_response(200)
        on.end_headers()
        with suppress(OSError):
            for _ in range(50):
                on.wfile.write(bytes(1_000_000))
                sent += 1_000_000

    liar.routes["/x"] = endless
    assert "plus de 1 Mo" in trouble(f"{liar.url}/x")
    assert sent < 20_000_000
    liar.routes["/y"] = (200, {}, bytes(MOST + 1))
    assert "plus de 1 Mo" in trouble(f"{liar.url}/y")
    liar.routes["/z"] = (200, {}, bytes(MOST))
    assert fetcher().fetch(f"{liar.url}/z", MOST).body == bytes(MOST)


@pytest.mark.parametrize(
    ("most", "said"), [(1, "0 ko"), (2500, "2 ko"), (999_999, "999 ko"), (2_500_000, "2 Mo")]
)
def test_a_limit_is_told_in_its_unit(liar, most, said):
    liar.routes["/x"] = (200, {}, bytes(most + 1))
    with pytest.raises(NotFetched, match=f"^Le fichier pèse plus de {said}\\.$"):
        fetcher().fetch(f"{liar.url}/x", most)


def test_a_compressed_file_has_the_same_limit_once_it_is_not(liar):
    packed = {"Content-Encoding": "gzip"}
    liar.routes["/x"] = (200, packed, gzip.compress(b"oui" * 1000))
    assert fetcher().fetch(f"{liar.url}/x", MOST).body == b"oui" * 1000
    halves = gzip.compress(b"o") + gzip.compress(b"ui") + bytes(9)
    for encoding, body in ((" X-GZip ", halves), (" Identity ", b"oui")):
        liar.routes["/x"] = (200, {"Content-Encoding": encoding}, body)
        assert fetcher().fetch(f"{liar.url}/x", MOST).body == b"oui"
    noise = Random(1).randbytes(MOST + 100)
    liar.routes["/noise"] = (200, packed, gzip.compress(noise))
    assert "plus de 1 Mo" in trouble(f"{liar.url}/noise")
    liar.routes["/bomb"] = (200, packed, gzip.compress(bytes(60_000_000)))
    tracemalloc.start()
    assert "plus de 1 Mo" in trouble(f"{liar.url}/bomb")
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


# Without a moment: what is compressed at two seconds would be two different tests.
CUT = gzip.compress(bytes(range(256)) * 50, mtime=0)[:100]
TWICE = gzip.compress(gzip.compress(b"x", mtime=0), mtime=0)


@pytest.mark.parametrize(
    ("encoding", "body", "said"),
    [
        ("gzip", b"rien de tel", "compressé"),
        ("gzip", gzip.compress(b"") * 101, "compressé"),
        ("gzip", CUT, "coupé"),
        ("br", b"x", "compressé"),
        ("gzip, gzip", TWICE, "compressé"),
    ],
    ids=["not", "many", "cut", "other", "twice"],
)
def test_compressions_that_are_none(liar, encoding, body, said):
    liar.routes["/x"] = (200, {"Content-Encoding": encoding}, body)
    assert said in trouble(f"{liar.url}/x")


def test_a_server_that_drips_is_left(liar):
    awaited = []

    def drip(on):
        on.send_response(200)
        on.end_headers()
        with suppress(OSError):
            for _ in range(1000):
                on.wfile.write(b"x")
                on.wfile.flush()
                time.sleep(0.1)
            awaited.append("to its last sign")

    liar.routes["/x"] = drip
    assert "à temps" in trouble(f"{liar.url}/x", seconds=0.5)
    assert awaited == []


def test_robots_are_obeyed_by_their_name_for_us(liar):
    liar.routes["/robots.txt"] = (200, {}, b"User-agent: Portail-moisson\nDisallow: /x\n")
    liar.routes["/x"] = (200, {}, b"non")
    assert "robots.txt" in trouble(f"{liar.url}/x")
    assert fetcher().fetch(f"{liar.url}/", MOST).body == b"accueil"
    assert download(f"{liar.url}/x", private=True)[0] == b"non"


def test_nobody_there(liar):
    liar.close()
    assert "connexion refusée" in trouble(f"{liar.url}/")
    assert "n’est pas une page" in trouble("http://[zz/")


TYPES = {
    "text/calendar": ".ics",
    "text/csv": ".csv",
    "text/html": ".html",
    "application/json": ".json",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        *(("/la-liste", kind, f"la-liste{end}") for kind, end in TYPES.items()),
        ("/saison.ics", "text/calendar", "saison.ics"),
        ("/saison.txt", "text/calendar", "saison.txt"),
        ("/export", "application/octet-stream", "export"),
        (f"/{'a' * 300}.csv", "", "a" * 96 + ".csv"),
        ("/..csv", "text/csv", "csv.csv"),
        ("/agenda/", "text/html", "agenda.html"),
        ("/export", "text/calendar; charset=utf-8", "export.ics"),
        ("/a%2F..%2F..%2Fetc%0Apasswd", "", "etc-passwd"),
        ("/%C3%A9t%C3%A9%20%22x%22.json", "", "été-x-.json"),
        ("/", "text/html", "page.html"),
    ],
)
def test_a_download_has_a_name(liar, path, kind, name):
    liar.routes[path] = (200, {"Content-Type": kind}, b"x")
    liar.routes["/la"] = to(path)
    body, found, url = download(f"{liar.url}/la", private=True)
    assert body == b"x" and url.startswith(liar.url)
    assert found == name


def test_what_a_person_asks_for_has_its_time_and_its_size(liar):
    """Each request has the whole time, robots have nothing to say, nobody is told who asks."""
    liar.routes["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /\n")
    assert download(f"{liar.url}/", private=True, seconds=30)[0] == b"accueil"
    assert liar.asked == [("GET", "/", "Portail-importer/1")]
    liar.routes["/x"] = lambda _: (200, {}, b"tard") if time.sleep(1) is None else None
    with pytest.raises(Refused, match=r"^« .*/… » n’est pas lu\. .*à temps"):
        download(f"{liar.url}/x", private=True, seconds=0.3)
    with pytest.raises(Refused, match="plus de 0 ko"):
        download(f"{liar.url}/", private=True, most=1)


def test_the_package_declares_what_commands_look_for(racine):
    told = loads((racine / "plugins/portail_liens/pyproject.toml").read_text("utf-8"))
    declared = told["project"]["entry-points"]
    for group, what in (
        (GROUP, check),
        ("portail.moissons", ask),
        ("portail.telecharger", download),
    ):
        assert declared[group] == {"default": f"{what.__module__}:{what.__name__}"}


def test_what_a_server_does_not_say_is_nothing(liar):
    liar.routes["/x"] = (200, {"Content-Type": " Text/HTML ; charset=utf-8"}, b"x")
    found = fetcher().fetch(f"{liar.url}/x", MOST)
    assert (found.type, found.validators) == ("text/html", Validators("", ""))


def test_the_longest_url(liar):
    longest = f"{liar.url}/" + "a" * (2000 - len(liar.url) - 1)
    liar.routes[longest.removeprefix(liar.url)] = (200, {}, b"x")
    assert fetcher().fetch(longest, MOST).body == b"x"
    assert trouble(f"{longest}a") == (
        f"L’adresse mène à {liar.url}/…, qui n’est pas une page du web."
    )


def test_where_a_redirection_led_is_told(liar, secure):
    liar.routes["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /non\n")
    liar.routes["/x"] = to("/non")
    # Its site alone: what follows may be a key.
    assert trouble(f"{liar.url}/x").endswith(f" : {liar.url}/….")
    assert liar.url not in trouble(f"{liar.url}/non")
    server, trust = secure
    long = f"{liar.url}/{'a' * 300}"
    server.routes["/x"] = to(long)
    assert trouble(f"{server.url}/x", trust=trust) == (
        f"L’adresse mène à {liar.url}/…, sans « https » : elle n’est pas suivie."
    )


def test_what_a_server_says_of_letters_is_believed(liar):
    for label, words in (("windows-1251", "Музей"), ("utf-8", "Œuvre"), ("bidule", "Œuvre")):
        real = "cp1251" if label == "windows-1251" else "utf-8"
        told = {"Content-Type": f"text/xml; Charset={label}"}
        liar.routes["/x"] = (200, told, words.encode(real))
        assert fetcher().fetch(f"{liar.url}/x", MOST).body.decode() == words
