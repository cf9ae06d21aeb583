"""nginx, Apache and Caddy on this machine, each with the configuration that ``portail serveur``
writes for it: high ports of loopback, a folder of their own, nothing of the system's."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from npm import ToolMissing
from portail.cli.servers import SERVERS, told
from portail.outputs.headers import HEADERS
from portail.site.urls import REDIRECTS

PACKAGES = {"nginx": "nginx-light", "apache2": "apache2", "caddy": "caddy"}
"""Debian's package of each program."""
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
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def configuration(server: str, site: Path, url: str) -> str:
    """What ``portail serveur`` writes for the site in a folder."""
    headers, redirects = (
        (site / name).read_text(encoding="utf-8") for name in (HEADERS, REDIRECTS)
    )
    return "".join(SERVERS[server](told(url, str(site), headers, redirects)))


def _root() -> bool:
    return os.geteuid() == 0


def nginx(site: Path, folder: Path, port: int) -> list[str]:
    """The command that serves ``site``, its files being in ``folder``."""
    told_ = configuration("nginx", site, f"http://127.0.0.1:{port}")
    (folder / "portail.conf").write_text(told_, encoding="utf-8")
    user = "user root;" if _root() else ""
    (folder / "nginx.conf").write_text(_NGINX.format(folder=folder, user=user), encoding="utf-8")
    return [_program("nginx"), "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]


def apache(site: Path, folder: Path, port: int) -> list[str]:
    """The same, the text being a ``.htaccess``, as on hosts where one can change nothing else."""
    text = configuration("apache", site, f"http://127.0.0.1:{port}")
    (site / ".htaccess").write_text(text, encoding="utf-8")
    return _httpd(site, folder, port, "All", "")


def apache_own(site: Path, folder: Path, port: int) -> list[str]:
    """The same, the text being in the configuration of the server."""
    (site / ".htaccess").unlink(missing_ok=True)
    text = configuration("apache", site, f"http://127.0.0.1:{port}")
    (folder / "portail.conf").write_text(text, encoding="utf-8")
    return _httpd(site, folder, port, "None", f"Include {folder}/portail.conf")


def _httpd(site: Path, folder: Path, port: int, override: str, inside: str) -> list[str]:
    modules = "\n".join(
        f"LoadModule {one}_module {MODULES}/mod_{one}.so" for one in _LOADED.split()
    )
    text = _APACHE.format(
        folder=folder, port=port, modules=modules, site=site, override=override, inside=inside,
        user="User www-data\nGroup www-data" if _root() else "",
    )  # fmt: skip
    (folder / "httpd.conf").write_text(text, encoding="utf-8")
    return [_program("apache2"), "-D", "FOREGROUND", "-f", f"{folder}/httpd.conf"]


def caddy(site: Path, folder: Path, port: int) -> list[str]:
    """The same."""
    text = configuration("caddy", site, f"http://127.0.0.1:{port}")
    (folder / "Caddyfile").write_text("{\n\tadmin off\n}\n" + text, encoding="utf-8")
    file = f"{folder}/Caddyfile"
    return [_program("caddy"), "run", "--config", file, "--adapter", "caddyfile"]


STARTED: dict[str, Callable[[Path, Path, int], list[str]]] = {
    "nginx": nginx,
    "apache (.htaccess)": apache,
    "apache (Directory)": apache_own,
    "caddy": caddy,
}
"""Each way to serve a site: (site, folder, port) → command."""


def _program(name: str) -> str:
    """Raises ``ToolMissing``."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if not found:
        every = " ".join(PACKAGES.values())
        raise ToolMissing(f"{name} is missing.\n  sudo apt-get install -y {every}")
    return found


@contextmanager
def running(name: str, site: Path, scratch: Path) -> Iterator[tuple[str, int]]:
    """Its address and the number of its process. Raises ``ToolMissing``, ``SystemExit`` with what
    it said when it does not start."""
    folder, port = scratch / name.partition(" ")[0], free_port()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    folder.chmod(0o755)
    command = STARTED[name](site, folder, port)
    environment = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
    try:
        _wait(process, port, folder)
        yield f"http://127.0.0.1:{port}", process.pid
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
    told_ = [one.read_text(errors="replace") for one in (folder / "said", log) if one.is_file()]
    raise SystemExit(f"It does not start: {' '.join(map(str, process.args))}\n{''.join(told_)}")  # type: ignore[arg-type]
