"""nginx and Apache on this machine, each with the configuration that ``portail serveur``
writes for it: high ports of loopback, a folder of their own, nothing of the system's."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from npm import ToolMissing
from portail.site.urls import REDIRECTS
from portail_pelican.headers import HEADERS
from portail_pelican.serveur import configuration, rules_of

PACKAGES = {"nginx": "nginx-light", "apache2": "apache2"}
"""Debian's package of each program."""
WRONG = "nginx, made wrong"
"""A server whose faults must be found."""
BASE = "/portail"
"""Path of a site that is not alone on its host."""
MODULES = Path("/usr/lib/apache2/modules")
_LOADED = (
    "mpm_event authz_core dir mime negotiation autoindex headers alias deflate filter reqtimeout"
)
_NGINX = """\
daemon off; pid {folder}/pid; error_log {folder}/error.log; {user}
worker_processes auto; worker_rlimit_nofile 20000;
events {{ worker_connections 8192; }}
http {{
    access_log off; server_names_hash_bucket_size 128; keepalive_requests 100000;
    client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
    uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    include {folder}/portail.conf;
}}
"""
# TRACE and slow requests as Debian has them: what can be said of them in no folder.
_APACHE = """\
ServerRoot {folder}
PidFile {folder}/pid
ErrorLog {folder}/error.log
Listen 127.0.0.1:{port}
ServerName 127.0.0.1
TypesConfig /etc/mime.types
TraceEnable off
RequestReadTimeout header=20-40,minrate=500 body=10,minrate=500
{modules}
{user}
DocumentRoot {site}
<Directory />
    AllowOverride None
    Require all denied
</Directory>
<Directory {site}>
    Require all granted
    AllowOverride {override}
    {inside}
</Directory>
"""


def free_port() -> int:
    """A port of loopback that nobody holds."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


def text_for(server: str, site: Path, url: str) -> str:
    """What ``portail serveur`` writes for the site in a folder; below a path, that of its name."""
    headers, redirects = (
        (site / name).read_text(encoding="utf-8") for name in (HEADERS, REDIRECTS)
    )
    root = site.parent if urlsplit(url).path else site
    return configuration(server, rules_of(url, str(root), headers, redirects))


def below(site: Path, scratch: Path) -> Path:
    """The folder of a host where the site is below ``BASE``, as it is built for there."""
    root = scratch / "dessous"
    if not root.is_dir():
        shutil.copytree(site, root / BASE[1:], copy_function=os.link)
        for name, old in {HEADERS: r"^(?=/)", REDIRECTS: r"(?:^|(?<= ))(?=/)"}.items():
            text = (site / name).read_text(encoding="utf-8")
            file = root / BASE[1:] / name
            file.unlink()  # a link to that of the site
            file.write_text(re.sub(old, BASE, text, flags=re.MULTILINE), encoding="utf-8")
    return root


def _root() -> bool:
    return os.geteuid() == 0


def nginx(site: Path, folder: Path, url: str) -> list[str]:
    """The command that serves ``site`` at ``url``, its own files being in ``folder``."""
    (folder / "portail.conf").write_text(text_for("nginx", site, url), encoding="utf-8")
    return _nginx(folder)


def _wrong(site: Path, folder: Path, url: str) -> list[str]:
    """nginx with faults that must be seen: no policy, no type, nothing hidden."""
    text = text_for("nginx", site, url)
    for fault in (r"add_header Content-Security-Policy.*", r"text/html html;", r".*well-known.*"):
        text, count = re.subn(fault, "", text)
        assert count, fault
    (folder / "portail.conf").write_text(text, encoding="utf-8")
    return _nginx(folder)


def _nginx(folder: Path) -> list[str]:
    user = "user root;" if _root() else ""
    (folder / "nginx.conf").write_text(_NGINX.format(folder=folder, user=user), encoding="utf-8")
    return [_program("nginx"), "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]


def apache(site: Path, folder: Path, url: str) -> list[str]:
    """The same, the text being a ``.htaccess``, as on hosts where one can change nothing else."""
    text = text_for("apache", site, url)
    (site / ".htaccess").write_text(text, encoding="utf-8")
    return _httpd(site, folder, url, "All", "")


def apache_own(site: Path, folder: Path, url: str) -> list[str]:
    """The same, the text being in the configuration of the server."""
    (site / ".htaccess").unlink(missing_ok=True)
    text = text_for("apache", site, url)
    (folder / "portail.conf").write_text(text, encoding="utf-8")
    return _httpd(site, folder, url, "None", f"Include {folder}/portail.conf")


def _httpd(site: Path, folder: Path, url: str, override: str, inside: str) -> list[str]:
    modules = "\n".join(
        f"LoadModule {module}_module {MODULES}/mod_{module}.so" for module in _LOADED.split()
    )
    text = _APACHE.format(
        folder=folder, port=urlsplit(url).port, modules=modules,
        site=site.parent if urlsplit(url).path else site, override=override, inside=inside,
        user="User www-data\nGroup www-data" if _root() else "",
    )  # fmt: skip
    (folder / "httpd.conf").write_text(text, encoding="utf-8")
    return [_program("apache2"), "-D", "FOREGROUND", "-f", f"{folder}/httpd.conf"]


STARTED: dict[str, Callable[[Path, Path, str], list[str]]] = {
    "nginx": nginx,
    "apache (.htaccess)": apache,
    "apache (Directory)": apache_own,
}
"""Each way to serve a site: (site, folder, address) → command."""


def _program(name: str) -> str:
    """Raises ``ToolMissing``."""
    path = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if not path:
        every = " ".join(PACKAGES.values())
        raise ToolMissing(f"{name} is missing.\n  sudo apt-get install -y {every}")
    return path


@contextmanager
def running(name: str, site: Path, scratch: Path, base: str = "") -> Iterator[tuple[str, int]]:
    """Its address, without ``base``, and the number of its process.

    Raises ``ToolMissing``, ``SystemExit`` with what it said when it does not start.
    """
    folder, port = scratch / name.partition(" ")[0], free_port()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    folder.chmod(0o755)
    host = f"http://127.0.0.1:{port}"
    configuration = _wrong if name == WRONG else STARTED[name]
    with _started(configuration(site, folder, f"{host}{base}"), folder, port) as process:
        yield host, process


@contextmanager
def _started(command: list[str], folder: Path, port: int) -> Iterator[int]:
    environment = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    with (folder / "said").open("wb") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
    try:
        _wait(process, port, folder)
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def _wait(process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.05)
    process.poll()
    log = folder / "error.log"
    told_ = [path.read_text(errors="replace") for path in (folder / "said", log) if path.is_file()]
    raise SystemExit(f"It does not start: {' '.join(map(str, process.args))}\n{''.join(told_)}")  # type: ignore[arg-type]


def check_secured(site: Path, scratch: Path) -> list[str]:
    """What is wrong with nginx over https, with the text that it has on its usual ports."""
    import trustme  # of the tests

    folder, ports = scratch / "nginx", {"443": free_port(), "80": free_port()}
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    authority = trustme.CA()
    authority.cert_pem.write_to_path(f"{folder}/ca.pem")
    authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(
        f"{folder}/c.pem"
    )
    text = text_for("nginx", site, "https://localhost")
    text = re.sub(r"(?<=listen )(\[::\]:)?(\d+)", lambda at: f"{at[1] or ''}{ports[at[2]]}", text)
    text = re.sub(r"/etc/letsencrypt/\S+(?=;)", f"{folder}/c.pem", text)
    (folder / "portail.conf").write_text(text, encoding="utf-8")
    faults = []
    with _started(_nginx(folder), folder, ports["443"]):
        trusted = ssl.create_default_context(cafile=f"{folder}/ca.pem")
        link = http.client.HTTPSConnection("localhost", ports["443"], context=trusted, timeout=20)
        link.request("GET", "/agenda/")
        answer = link.getresponse()
        if answer.status != 200 or "content-security-policy" not in answer.headers:
            faults.append(f"nginx https://localhost/agenda/ — {answer.status} {answer.headers}")
        link.close()
        plain = http.client.HTTPConnection("127.0.0.1", ports["80"], timeout=20)
        plain.request("GET", "/agenda/?a=%0d%0ab", headers={"Host": "ailleurs.example"})
        to = plain.getresponse().headers["location"]
        if to != "https://localhost/agenda/?a=%0d%0ab":
            faults.append(f"nginx http://localhost/agenda/ — leads to {to}")
        plain.close()
    print(f"nginx, https: {len(faults)} findings")
    return faults
