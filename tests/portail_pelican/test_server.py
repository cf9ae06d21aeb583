"""``portail serve``, in a browser: pages refresh by themselves, faults are shown over the last good
site."""

import http.client
import os
import re
import shutil
import signal
import socket
import sys
import threading
import time
import urllib.request
from base64 import b64decode
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faults import SOUND
from portail.resources import brought, docs_dir, folders_of, theme_dir
from portail_pelican import settings as session
from portail_pelican.server import Builder, PreviewServer, _watched, shared
from portail_pelican.settings import Session
from portail_pelican.workshop import Preview
from projects import LIMIT, Project, free_port, tree


class Previewed(PreviewServer):
    """A preview, and what was raised in it."""

    def __init__(self, site):
        super().__init__(Preview(site))
        self.wrong = []

    def handle_error(self, request, client_address):
        self.wrong.append(repr(sys.exception()))


@contextmanager
def previewed(site):
    """The preview of ``site``, on a free port."""
    with Previewed(site) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.shutdown()


TYPES = {
    "agenda.ics": "text/calendar; charset=utf-8",
    "themes/eau/flux.xml": "application/xml; charset=utf-8",
    "flux.json": "application/feed+json",
    "api/v1/evenements.json": "application/json",
    "api/v1/evenements.csv": "text/csv; charset=utf-8",
    "api/v1/lieux.geojson": "application/geo+json",
    "api/v1/catalogue.jsonld": "application/ld+json",
    "lieux/index.html": "text/html; charset=utf-8",
}


def test_files_are_served_as_what_they_are(tmp_path):
    for name in TYPES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    found = {}
    with previewed(tmp_path) as server:
        for name in TYPES:
            address = f"http://127.0.0.1:{server.server_address[1]}/{name}"
            with urllib.request.urlopen(address.removesuffix("index.html")) as answer:
                found[name] = answer.headers["Content-Type"]
                assert answer.headers["Cache-Control"] == "no-store"
    assert found == TYPES


def heard(server, address, name):
    """How who asks for the draft by a name is answered, and whether they read it."""
    connection = http.client.HTTPConnection(address, server.server_address[1])
    connection.request("GET", "/", headers={"Host": name})
    answer = connection.getresponse()
    found = answer.status, b"brouillon" in answer.read()
    connection.close()
    return found


def test_who_comes_by_another_name_reads_nothing(tmp_path):
    (tmp_path / "index.html").write_text("brouillon", encoding="utf-8")
    with previewed(tmp_path) as server:
        port = server.server_address[1]
        for name in (f"localhost:{port}", f"[::1]:{port}", "127.0.0.1"):
            assert heard(server, "127.0.0.1", name) == (200, True), name
        for name in (f"pirate.example:{port}", "localhost.pirate.example", "127.0.0.1.nip.io"):
            assert heard(server, "127.0.0.1", name) == (421, False), name


def test_on_a_network_the_address_that_answers_is_a_name_of_this_machine(tmp_path):
    (tmp_path / "index.html").write_text("brouillon", encoding="utf-8")
    with PreviewServer(Preview(tmp_path), 0, "0.0.0.0") as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        port = server.server_address[1]
        assert heard(server, "127.0.0.2", f"127.0.0.2:{port}") == (200, True)
        for name in (f"127.0.0.3:{port}", f"pirate.example:{port}"):
            assert heard(server, "127.0.0.2", name) == (421, False), name
        server.shutdown()


def test_another_device_is_told_the_address(monkeypatch):
    monkeypatch.setattr("portail_pelican.server.network_address", lambda: "192.0.2.7")
    assert shared("0.0.0.0", 8000) == (
        "Sur un autre appareil du même réseau : http://192.0.2.7:8000/\n"
        "Qui est sur ce réseau y voit l’aperçu, brouillons compris.\n"
    )
    monkeypatch.setattr("portail_pelican.server.network_address", lambda: "")
    assert shared("0.0.0.0", 8000) == (
        "Cette machine n’est sur aucun réseau : aucun autre appareil ne peut la joindre.\n"
    )


def test_an_address_that_is_not_of_this_machine_is_told(tmp_path):
    project = Project(tmp_path)
    done = project.portail("serve", "--host", "192.0.2.7")
    assert done.code == 2
    assert done.err == (
        "L’adresse « 192.0.2.7 » ne peut pas servir l’aperçu (le système répond « Cannot assign "
        "requested address »). → Donnez une adresse de cette machine, ou « --host » seul pour "
        "toutes.\n"
    )


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    """A preview of two pages."""
    site = tmp_path_factory.mktemp("apercu")
    for name in ("index.html", "404.html", "agenda/index.html", "robots.txt"):
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text(f"<body>{name}</body>", encoding="utf-8")
    with previewed(site) as server:
        yield server


def answered(server, request):
    """What the server says to these bytes, after which nothing comes."""
    with socket.create_connection(("127.0.0.1", server.server_port), LIMIT) as link:
        link.sendall(request)
        link.shutdown(socket.SHUT_WR)
        return b"".join(iter(partial(link.recv, 65536), b""))


@pytest.mark.parametrize(
    ("request_line", "host", "status", "words"),
    [
        ("GET /%00 HTTP/1.1", "localhost", 400, "ne se lit pas"),
        ("GET /%ff HTTP/1.1", "localhost", 400, "ne se lit pas"),
        ("GET /%ed%a0%80 HTTP/1.1", "localhost", 400, "ne se lit pas"),
        ("GET http://[/ HTTP/1.1", "localhost", 400, "ne se lit pas"),
        ("GET / HTTP/1.1", "[", 421, "localhost"),
        ("GET / HTTP/1.1", "[v1.a]", 421, "localhost"),
        ("GET", "localhost", 400, "ne se lit pas"),
        (f"GET /{'a' * 70000} HTTP/1.1", "localhost", 414, "ne se lit pas"),
        ("GET / HTTP/1.1", "a" * 70000, 431, "ne se lit pas"),
        ("POST / HTTP/1.1", "localhost", 501, "GET ou HEAD"),
        ("GET / HTTP/3.0", "localhost", 505, "ne se lit pas"),
    ],
)  # fmt: skip
def test_a_faulty_request_is_answered_with_a_sentence(preview, request_line, host, status, words):
    said = answered(preview, f"{request_line}\r\nHost: {host}\r\n\r\n".encode("latin-1"))
    assert said.startswith(f"HTTP/1.0 {status} ".encode())
    assert b"text/plain; charset=utf-8\r\n" in said
    assert words in said.decode("utf-8")
    assert preview.wrong == []


_LINE = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=12)
_TARGET = st.one_of(
    st.sampled_from(["/", "/agenda", "/agenda/", "/robots.txt", "/absent", "*", "", "http://"]),
    st.sampled_from(["%00", "%2e%2e/", "%", "%zz", "%ff", "[", "]", "//", "\\", "?", "#", ":"]),
    st.sampled_from(["/.apercu/", "apercu.js", "etat?page=/%00", "etat?vu=a&vu=%ff"]),
    _LINE,
)
_HOST = st.one_of(
    st.sampled_from(["localhost", "127.0.0.1", "[::1]", "[", "]", "[v1.a]", ":", "@", "/", ":80"]),
    _LINE,
)


@given(
    st.sampled_from(["GET", "HEAD", "POST", "", "get", "TRACE"]) | _LINE,
    st.lists(_TARGET, max_size=4).map("".join),
    st.sampled_from([" HTTP/1.1", " HTTP/1.0", " HTTP/9.9", " HTTP/1", ""]) | _LINE,
    st.lists(_HOST, max_size=4).map("".join),
)
def test_every_request_is_answered(preview, method, target, version, host):
    """Whatever is asked, and by whatever name: nothing is left without an answer, nothing fails."""
    line = f"{method} {target}{version}"
    said = answered(preview, f"{line}\r\nHost: {host}\r\n\r\n".encode("latin-1"))
    assert preview.wrong == []
    words = line.split()
    bare = len(words) < 3 and words[:1] in ([], ["GET"])
    first = said.partition(b"\r\n")[0]
    headed = re.fullmatch(rb"HTTP/1\.0 (?:200|301|400|404|421|501|505) .*", first)
    assert headed or bare, "no word asks for nothing, and HTTP/0.9 has no headers"


def test_nothing_is_said_of_a_browser_that_hangs_up(preview, capfd):
    for fault in (ConnectionResetError(), BrokenPipeError()):
        try:
            raise fault
        except ConnectionError:
            PreviewServer.handle_error(preview, None, ("127.0.0.1", 1))
    assert capfd.readouterr().err == ""
    try:
        raise KeyError("ours")
    except KeyError:
        PreviewServer.handle_error(preview, None, ("127.0.0.1", 1))
    assert "KeyError: 'ours'" in capfd.readouterr().err


def test_whatever_pages_are_made_of_is_watched(tmp_path, monkeypatch):
    """A change of a guide, of a table or of a template is seen without a new start."""
    monkeypatch.chdir(tmp_path)
    for name in ("content", "theme", "greffons"):
        (tmp_path / name).mkdir()
    watched = {*_watched(tmp_path / "content")}
    assert watched == {
        *(tmp_path / name for name in ("content", "theme", "greffons")),
        *folders_of(brought("theme")), *folders_of(brought("data")), docs_dir(),
    }  # fmt: skip


def test_pages_follow_the_site_and_nothing_else(tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    (site / "404.html").write_text("<body>Introuvable</body>", encoding="utf-8")
    preview = Preview(site)
    before = preview.page("/agenda/")
    assert before[:2] == (404, b"<body>Introuvable</body>")
    for url in ("/../secret.html", "//../secret.html", "/a/../../secret.html", "/\0.html"):
        assert preview.page(url) == before
    preview.show("/agenda/", "TsOpYQ==")
    assert preview.page("/agenda/")[:2] == (200, "Néa".encode())
    preview.finish([], "1 erreur", [{}], published=False)
    assert preview.page("/agenda/")[0] == 200, "it was right, and no build has published it yet"
    preview.finish(["agenda/index.html"], "", [], published=True)
    assert preview.page("/agenda/") == before
    preview.finish(["medias/chouette.jpg"], "", [], published=True)
    assert preview.page("/agenda/")[2] != before[2], "a picture that it shows may have changed"
    preview.begin()
    code, awaited, mark = preview.page("/agenda/")
    assert code == 503 and b"en cours" in awaited and b'http-equiv="refresh"' in awaited
    preview.finish([], "1 erreur", [{}], published=False)
    assert preview.page("/agenda/")[0] == 503, "of a build that failed, nothing else is known"
    preview.finish([], "", [], published=True)
    assert preview.page("/agenda/")[0] == 404 and preview.page("/agenda/")[2] != mark


PAGE = "articles/sans-faute"
ARTICLE = f"content/{PAGE}.md"
WAIT = 1000 * LIMIT


@pytest.mark.site
def test_what_is_drawn_first_is_what_is_published(tmp_path, monkeypatch):
    project = Project(tmp_path)
    project.write(SOUND)
    sent = []
    pages = frozenset({"/", f"/{PAGE}/", "/ailleurs/"})
    asked = Session(pages, keep=True, texts=frozenset({Path(ARTICLE)}), send=sent.append)
    monkeypatch.setattr(session, "current", asked)
    monkeypatch.setenv("PORTAIL_PREVIEW", "1")
    project.build()
    assert [one["page"] for one in sent] == [f"/{PAGE}/", "/"], "the content before the plan"
    for one in sent:
        file = project.output / one["page"].strip("/") / "index.html"
        assert b64decode(one["bytes"]) == file.read_bytes()
    assert f"{PAGE}/index.html" in asked.files
    # A faulty site is told, and neither drawn nor published.
    sent.clear()
    before = tree(project.output)
    project.write({ARTICLE: SOUND[ARTICLE].replace("titre:", "titree:")})
    with pytest.raises(SystemExit):
        project.build()
    assert {one["ou"].partition(",")[0] for one in asked.faults} == {ARTICLE}
    assert not sent
    assert tree(project.output) == before


@pytest.mark.site
def test_the_home_page_of_a_new_site_comes_first(tmp_path, monkeypatch):
    project = Project(tmp_path)
    project.write(SOUND)
    seen = []

    def told(message):
        files = {path for path, data in tree(project.output).items() if data}
        seen.append((message, files, (project.output / "index.html").read_bytes()))

    asked = Session(frozenset(), keep=False, texts=frozenset(), send=told)
    monkeypatch.setattr(session, "current", asked)
    monkeypatch.setenv("PORTAIL_PREVIEW", "1")
    monkeypatch.setenv("PORTAIL_EN_PLACE", "1")
    project.build()
    ((message, files, home),) = seen
    assert message == {"first": True} and home == (project.output / "index.html").read_bytes()
    whole = tree(project.output)
    assert files < whole.keys() and f"{PAGE}/index.html" in whole.keys() - files
    needed = re.findall(rb'(?:href|src)="/([\w./-]+\.(?:css|js|svg|png|jpg))', home)
    assert needed and {one.decode() for one in needed} <= files
    project.build()
    assert len(seen) == 1, "a site that somebody saw"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A portal with a theme of its own, and the address where it is served."""
    root = tmp_path_factory.mktemp("servi")
    shutil.copytree(theme_dir(), root / "theme")
    project = Project(root, 'THEME = "theme"\n')
    project.write(SOUND)
    port = free_port()
    process = project.start("portail", "serve", "--port", str(port))
    assert process.stdout
    try:
        said = f"Aperçu : http://localhost:{port} (Ctrl-C pour arrêter)\n"
        assert said in process.stdout
        threading.Thread(target=process.stdout.read, daemon=True).start()
        yield project, f"http://localhost:{port}"
    finally:
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(LIMIT) == 0


def shows(page, words, *, there=True):
    """Wait for some words, which nobody asks the browser to load."""
    from playwright.sync_api import expect

    expect(page.get_by_text(words).first).to_be_visible(timeout=WAIT, visible=there)


@pytest.mark.site
@pytest.mark.xdist_group("serveur")
def test_edits_are_seen(served, browser):
    from playwright.sync_api import expect

    project, address = served
    page = browser.new_page()
    page.goto(f"{address}/{PAGE}/")
    project.write({ARTICLE: f"{SOUND[ARTICLE]}\nUne phrase neuve.\n"})
    shows(page, "Une phrase neuve.")
    # A fault is said, as text, over the page as it was.
    faulty = SOUND[ARTICLE].replace("titre:", "titre: x\n<img src=x onerror=alert(1)>:", 1)
    project.write({ARTICLE: faulty})
    shows(page, f"{ARTICLE}, ligne 3")
    shows(page, "1 erreur : l’aperçu montre la dernière version sans erreur.")
    shows(page, "<img src=x")
    shows(page, "Une phrase neuve.")
    assert page.locator("portail-apercu img").count() == 0
    project.write({ARTICLE: f"{SOUND[ARTICLE]}\nUne phrase juste.\n"})
    shows(page, "Une phrase juste.")
    shows(page, "1 erreur", there=False)
    file = project.root / f".cache/serve/{PAGE}/index.html"
    while "Une phrase juste." not in (kept := file.read_text(encoding="utf-8")):
        time.sleep(0.1)  # the rest of the site follows
    assert ".apercu" not in kept, "nothing of the server is in the site"
    # A page that is not there yet, then is.
    page.goto(f"{address}/articles/la-chouette/")
    # It tells the fault until what is mended is published, an instant after its file is there.
    expect(page.locator("portail-apercu")).to_have_count(0)
    other = SOUND[ARTICLE].replace("Un article sans faute", "La chouette au printemps")
    project.write({"content/articles/la-chouette.md": other})
    shows(page, "La chouette au printemps")
    page.close()


def test_edits_without_end_are_shown_every_few_seconds(tmp_path, monkeypatch):
    """Three a second for a minute, where a build takes longer: none would ever be let through."""
    now, running, shown = 0.0, [], []
    monkeypatch.setattr("portail_pelican.server.monotonic", lambda: now)
    builder = Builder([], {}, tmp_path, [], Preview(tmp_path))
    monkeypatch.setattr(builder, "_send", lambda *, anew: running.append(now))
    for tenth in range(600):
        now = tenth / 10
        if tenth % 3 == 0:
            builder.ask([tmp_path / "a.md"])
        if running and now - running[-1] > 1.6:
            running.clear()
            shown.append(now)
            builder._over(0, [], "")
    gaps = [after - before for before, after in pairwise([0, *shown, 60])]
    assert max(gaps) < 5, gaps
    assert running, "what changed during the last one is built too"
