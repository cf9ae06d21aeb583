"""The templates of `docs/technique/exemples/serveurs/`: nginx and Apache themselves, given them,
say of each sort of file what ``_headers`` says."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPSConnection
from typing import NamedTuple

import pytest
import trustme

from hosts import headers_of, parse_headers
from portail_pelican.headers import _KEPT, TYPES, by_ending, headers_file, type_of

pytestmark = pytest.mark.long

PAGES = [
    "index.html", "404.html", "lieux/index.html", "lieux/a/index.html", "agenda/x.html",
    "embarquer/index.html", "embarquer/lieux/a/index.html", "embarquer/agenda/index.html",
    "lettre/2021-s39/courriel.html", "recherche/index.html",
]  # fmt: skip
OTHERS = [
    *(f"{rule[1:-1]}a.json" if rule.endswith("*") else rule[1:] for rule in _KEPT),
    *(f"agenda/essai.{end}" for ends in TYPES.values() for end in ends.split() if end != "html"),
    "flux.xml", "lieux/flux.xml", "lieux/flux.json", "sitemap.xml", "medias/a.jpg", "robots.txt",
    "api/v1/lieux.csv", "api/v1/lieux.geojson", "api/v1/catalogue.jsonld",
]  # fmt: skip
HIDDEN = ["_headers", "_redirects", ".git/config", "lieux/.htpasswd"]
MOVED = {
    "/vieux/": "/lieux/",
    "/lieux/atom.xml": "/lieux/flux.xml",
    "/agenda/age/": "/agenda/?age=6",
    "/a+b/": "",  # left to its page
}
PAGE = b"<!doctype html><p>Bonjour</p>" * 80


class Answer(NamedTuple):
    """What a server answered; names of headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A file of each sort, and their ``_headers``; readable by the users of servers."""
    root = tmp_path_factory.mktemp("serveurs")
    folder = root / "site"
    for name in (*PAGES, *OTHERS, *HIDDEN):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(PAGE)
    text = "".join(headers_file("", PAGES, [*OTHERS, "recherche/termes/f/"], [b"abc"]))
    (folder / "_headers").write_text(text, encoding="utf-8")
    rules = "".join(f"{place} {target or '/lieux/'} 301\n" for place, target in MOVED.items())
    (folder / "_redirects").write_text(f"{rules}/:a/page/ /:a/ 301\n", encoding="utf-8")
    for one in (root, *root.parents):
        if one.stat().st_mode & 0o777 == 0o700:  # as pytest makes its own, one more for each worker
            one.chmod(0o755)
    return folder


def template(name, racine, site):
    """A template for ``site``, and what the command that it gives makes of ``_redirects``."""
    text = (racine / f"docs/technique/exemples/serveurs/{name}.conf").read_text(encoding="utf-8")
    (command,) = re.findall(r"#   (sed .*?)(?: > .*)?$", text, re.MULTILINE)
    done = subprocess.run(
        ["sh", "-c", re.sub(r"\S+/_redirects", str(site / "_redirects"), command)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return text, done.stdout


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@contextmanager
def running(command, port, secured):
    """A function that asks a server, started for as long."""
    program = shutil.which(command[0], path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, f"no {command[0]}: apt-get install -y nginx-light apache2"

    def ask(path, method="GET", **headers):
        link = (
            HTTPSConnection("localhost", port, context=secured, timeout=20)
            if secured
            else HTTPConnection("localhost", port, timeout=20)
        )
        link.request(method, path, headers=headers)
        answer = link.getresponse()
        names = [name.lower() for name, _ in answer.getheaders()]
        assert len(names) == len({*names}), f"{path}: a header is sent twice"
        body = answer.read()
        link.close()
        return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, body)

    with subprocess.Popen([program, *command[1:]], stderr=subprocess.PIPE) as process:
        try:
            for _ in range(200):
                with socket.socket() as sock:
                    if sock.connect_ex(("127.0.0.1", port)) == 0 or process.poll() is not None:
                        break
                time.sleep(0.05)
            yield ask
        finally:
            process.terminate()


@contextmanager
def nginx(racine, site, folder):
    """The template as it is, over https, but its ports, its certificate and its folder."""
    port, authority = free_port(), trustme.CA()
    authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(folder / "c.pem")
    text, moved = template("nginx", racine, site)
    (folder / "redirections").write_text(moved, encoding="utf-8")
    ports = {"443": port, "80": free_port()}
    text = re.sub(r"(?<=listen )(\[::\]:)?(\d+)", lambda at: f"127.0.0.1:{ports[at[2]]}"
                  if not at[1] else f"[::1]:{ports[at[2]]}", text)  # fmt: skip
    text = re.sub(r"/etc/letsencrypt/\S+(?=;)", f"{folder}/c.pem", text)
    text = text.replace("/srv/portail", str(site)).replace(
        "/etc/nginx/portail-redirections", f"{folder}/redirections"
    )
    temporary = "".join(
        f"{name}_temp_path {folder}/{name}; "
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "portail.conf").write_text(text, encoding="utf-8")
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/log; events {{ }}\n"
        f"http {{ access_log off; {temporary}include {folder}/portail.conf; }}\n", encoding="utf-8"
    )  # fmt: skip
    trusted = ssl.create_default_context()
    authority.configure_trust(trusted)
    with running(["nginx", "-c", str(folder / "nginx.conf")], port, trusted) as ask:
        yield ask


APACHE = """\
ServerRoot {folder}
PidFile {folder}/pid
ErrorLog {folder}/log
Listen 127.0.0.1:{port}
ServerName 127.0.0.1
TypesConfig /etc/mime.types
{modules}
User www-data
Group www-data
DocumentRoot {site}
<Directory {site}>
    Require all granted
    AllowOverride {override}
    {inside}
</Directory>
"""
MODULES = "mpm_event authz_core dir mime negotiation autoindex headers alias deflate filter"


@contextmanager
def apache(racine, site, folder, *, htaccess):
    """The template as a ``.htaccess`` or inside a ``<Directory>``."""
    port, text = free_port(), "".join(template("apache", racine, site))
    load = "LoadModule {0}_module /usr/lib/apache2/modules/mod_{0}.so".format
    (site / ".htaccess").write_text(text if htaccess else "", encoding="utf-8")
    (folder / "httpd.conf").write_text(
        APACHE.format(
            folder=folder, port=port, site=site, modules="\n".join(map(load, MODULES.split())),
            override="All" if htaccess else "None", inside="" if htaccess else text,
        ), encoding="utf-8",
    )  # fmt: skip
    command = ["apache2", "-D", "FOREGROUND", "-f", str(folder / "httpd.conf")]
    with running(command, port, None) as ask:
        yield ask


@pytest.fixture(params=["nginx", "apache", "htaccess"])
def ask(request, racine, site, tmp_path):
    """Each server in turn."""
    tmp_path.chmod(0o755)
    started = (
        nginx(racine, site, tmp_path)
        if request.param == "nginx"
        else apache(racine, site, tmp_path, htaccess=request.param == "htaccess")
    )
    with started as asked:
        yield asked


def directives(policy):
    """Those of a Content Security Policy, by name."""
    return dict(part.strip().partition(" ")[::2] for part in policy.split(";") if part.strip())


def test_a_server_says_what_the_file_says(ask, site):
    rules = parse_headers((site / "_headers").read_text(encoding="utf-8"))
    for path in (*PAGES, *OTHERS):
        url = f"/{path}".removesuffix("index.html")
        said, got = headers_of(rules, url), ask(url)
        assert got.status == 200 and got.body == PAGE, url
        assert got.headers["content-type"] == (type_of(url) or by_ending(f"/{path}")), url
        everywhere = [*rules["/*"], "Access-Control-Allow-Origin"]
        for name in everywhere:
            assert got.headers.get(name.lower()) == said.get(name), (url, name)
        kept = said.get("Cache-Control", "public, max-age=300")
        assert got.headers["cache-control"] == kept, url
        if path.endswith(".html") or path == "flux.xml":
            assert got.headers.get("x-frame-options") == said.get("X-Frame-Options"), url
            wanted = directives(said["Content-Security-Policy"])
            policy = directives(got.headers["content-security-policy"])
            assert policy["frame-ancestors"] == wanted["frame-ancestors"], url
            # What carries no policy of its own has one here, which admits no script.
            if path.endswith(("flux.xml", "courriel.html")):
                assert policy["default-src"] == "'none'" and "script-src" not in policy


def test_what_is_not_there_and_what_moved(ask):
    page = ask("/404.html")
    for path in ("/absent/", "/theme/absent.css", *(f"/{name}" for name in HIDDEN)):
        answer = ask(path)
        assert (answer.status, answer.body) == (404, PAGE), path
        policy = "content-security-policy"
        assert answer.headers[policy] == page.headers[policy], path
    assert ask("/medias/").status in (403, 404), "no listing"
    assert ask("/lieux").headers["location"].endswith("/lieux/")
    for place, target in MOVED.items():
        answer = ask(place)
        assert (answer.status, answer.headers.get("location", "").endswith(target)) == (
            301 if target else 404,
            True,
        ), place
    assert ask("/lieux/", "POST").status in (403, 404, 405)


def test_text_is_compressed(ask):
    for url, packed in (("/lieux/", True), ("/flux.json", True), ("/medias/a.jpg", False)):
        answer = ask(url, **{"Accept-Encoding": "gzip"})
        assert (answer.headers.get("content-encoding") == "gzip") == packed, url
        assert not packed or "accept-encoding" in answer.headers["vary"].lower(), url
