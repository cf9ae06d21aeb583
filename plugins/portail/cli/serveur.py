"""``portail serveur``: the configuration of a web server, for the site that was built, from its
``_headers`` and ``_redirects``. Each is tried with its server (``make serveurs``).

Exit codes: 0 written on the standard output, 2 usage or environment.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import indent
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from portail.cli.arguments import Parser, choice
from portail.cli.contents import literal_settings
from portail.diagnostics import ConfigError
from portail.outputs.headers import HEADERS, TYPES
from portail.site.urls import REDIRECTS

_PACKED = re.compile(r"text/|[^;]*[/+](?:json|xml)\b")
"""Types whose bytes compress; the fonts and pictures of a site are compressed already."""
_VALUE = re.compile(r"[ !#&-Z^_a-z|~]+")
"""A value that none of the servers reads as anything else: no quote, ``$``, ``%`` or brace."""
_RULE = re.compile(r"/[\w./~+*-]*", re.ASCII)
_FROM = re.compile(r"/[\w./~+!(),:;=@&-]*", re.ASCII)
_TO = re.compile(r"(?:https?://[\w.:-]+)?/[\w./~+!(),:;=@&?%-]*", re.ASCII)
_SLOT = re.compile(r"(?<=/):([a-z]\w*)", re.ASCII)
_SLUG = r"([\w.~-]+)"
"""What a part of an address may be that is repeated in another: never a line end, which would begin
a header of its own."""
_HIDDEN = ("_headers", "_redirects")
_TYPE = "Content-Type"
_MOST = 20
"""Addresses of a rule: servers read lines of 4 kB."""


class Rules(Struct, frozen=True):
    """Addresses, as regular expressions of their paths, and the headers that all of them have."""

    paths: str
    headers: Mapping[str, str]

    @property
    def kind(self) -> str:
        """The media type that they are sent with; ``""`` for that of their endings."""
        return self.headers.get(_TYPE, "")


class ServerRules(Struct, frozen=True):
    """What a server has to know. ``url`` is the address of the site; ``folder``, on the server, is
    what answers at ``/``; ``rules`` never give one file the same header twice; ``moved`` are
    (regular expression or path, new address, whether it is an expression)."""

    url: str
    folder: str
    rules: Sequence[Rules]
    moved: Sequence[tuple[str, str, bool]]

    @property
    def base(self) -> str:
        """Path below which the site is."""
        return urlsplit(self.url).path.rstrip("/")

    @property
    def missing(self) -> str:
        """Path of the page for what is not there."""
        return f"{self.base}/404.html"

    @property
    def names(self) -> list[str]:
        """Every header but the type, in the order of the file."""
        return [*dict.fromkeys(name for one in self.rules for name in one.headers if name != _TYPE)]


def rules_of(url: str, folder: str, headers: str, redirects: str) -> ServerRules:
    """What the texts of ``_headers`` and ``_redirects`` say to a server. Raises ``ConfigError``,
    with the line, for what no configuration can say safely."""
    base = urlsplit(url).path.rstrip("/")
    found = _read_headers(headers)
    wrong = next((rule for rule in found if not rule.startswith(f"{base}/")), None)
    if wrong:
        raise ConfigError(
            f"_headers : la règle « {wrong} » n’est pas sous {url}/ : le site a été construit pour "
            "une autre adresse. Donnez celle-là : --url ADRESSE"
        )
    grouped: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for rule, values in found.items():
        grouped.setdefault(tuple(values.items()), []).append(_expression(rule))
    rules = [
        Rules("|".join(paths[start : start + _MOST]), dict(values))
        for values, paths in grouped.items()
        for start in range(0, len(paths), _MOST)
    ]
    return ServerRules(url, folder, rules, [*_read_redirects(redirects)])


def _read_headers(text: str) -> dict[str, dict[str, str]]:
    rules: dict[str, dict[str, str]] = {}
    here: dict[str, str] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        name, _, value = (part.strip() for part in line.partition(":"))
        sound = re.fullmatch(r"[A-Za-z][A-Za-z-]*", name) and _VALUE.fullmatch(value)
        if not line.strip() or line.startswith("#"):
            continue
        if line[0] not in " \t" and _RULE.fullmatch(line.rstrip()):
            here = rules.setdefault(line.rstrip(), {})
        elif here is not None and sound:
            here[name] = value
        else:
            raise ConfigError(
                f"_headers, ligne {number} : « {line.strip()[:60]} » ne s’écrit pas dans la "
                "configuration d’un serveur. Mettez une adresse en début de ligne ; en dessous, en "
                "retrait, « Nom: valeur » sans guillemets doubles, $, % ni accolades."
            )
    return rules


def _expression(rule: str) -> str:
    """The regular expression of a rule, from the beginning of a path, for PCRE and RE2; a folder
    is its page too, by name."""
    text = ".*".join(map(re.escape, rule.split("*")))
    if rule.endswith("*"):
        return text.removesuffix(".*")
    return rf"{text}(?:index\.html)?$" if rule.endswith("/") else f"{text}$"


def _read_redirects(text: str) -> Iterator[tuple[str, str, bool]]:
    """Addresses that moved; one that a configuration cannot say is left to the page there."""
    for line in text.splitlines():
        place, _, target = line.removesuffix(" 301").partition(" ")
        place = unquote(place)
        if not (_FROM.fullmatch(place) and _TO.fullmatch(target)):
            continue
        slots = _SLOT.findall(place)
        for number, slot in enumerate(slots, 1):
            target = target.replace(f":{slot}", f"${number}")
        parts = _SLOT.split(place)[::2]
        yield (f"^{_SLUG.join(map(re.escape, parts))}$" if slots else place), target, bool(slots)


def _nginx(site: ServerRules) -> Iterator[str]:
    host = urlsplit(site.url)
    for name in site.names:
        rows = (
            f'    "~^(?:{one.paths})" "{one.headers[name]}";\n'
            for one in site.rules
            if name in one.headers
        )
        yield f"map $uri {_variable(name)} {{\n    default '';\n{''.join(rows)}}}\n"
    if host.scheme == "https" and not host.port:
        yield f"server {{\n    listen 80;\n    listen [::]:80;\n    server_name {host.hostname};\n"
        yield f"    return 301 https://{host.hostname}$request_uri;\n}}\n"
    yield f"server {{\n{indent(''.join(_nginx_server(site)), '    ')}}}\n"


def _variable(name: str) -> str:
    return f"$portail_{name.lower().replace('-', '_')}"


def _nginx_server(site: ServerRules) -> Iterator[str]:
    host = urlsplit(site.url)
    secured = host.scheme == "https"
    port = host.port or (443 if secured else 80)
    tls = " ssl http2" * secured
    yield f"listen {port}{tls};\nlisten [::]:{port}{tls};\nserver_name {host.hostname};\n"
    if secured:
        yield f"""\
ssl_certificate /etc/letsencrypt/live/{host.hostname}/fullchain.pem;
ssl_certificate_key /etc/letsencrypt/live/{host.hostname}/privkey.pem;
# {_HSTS}
# add_header Strict-Transport-Security "max-age=31536000" always;
"""
    yield f"root {site.folder};\nindex index.html;\nabsolute_redirect off;\n"
    yield f"server_tokens off;\nerror_page 403 404 =404 {site.missing};\n"
    for name in site.names:
        yield f"add_header {name} {_variable(name)} always;\n"
    encoded = _types_of(kind for kind in TYPES if "charset" in kind)
    types = "".join(f"    {_bare(kind)} {ends};\n" for kind, ends in TYPES.items())
    yield f"charset utf-8;\ncharset_types {encoded};\ngzip on;\ngzip_static on;\ngzip_vary on;\n"
    yield "gzip_proxied any;\ngzip_comp_level 6;\ngzip_min_length 500;\n"
    yield f"gzip_types {_types_of(_packed(site))};\n"
    yield f"default_type application/octet-stream;\ntypes {{\n{types}}}\n"
    for place in _HIDDEN:
        yield f"location = {site.base}/{place} {{ return 404; }}\n"
    yield "location ~ /\\.(?!well-known/) { return 404; }\n"
    for place, target, pattern in site.moved:
        yield f'location {"~" if pattern else "="} "{place}" {{ return 301 "{target}"; }}\n'
    for one in site.rules:
        if one.kind:
            said = " charset_types *;" if "charset" in one.kind else " charset off;"
            kind = f"types {{ }} default_type {_bare(one.kind)};{said}"
            yield f'location ~ "^(?:{one.paths})" {{ {kind} }}\n'


_HSTS = "Une fois certain que tout le domaine répond en https, et pour longtemps :"


def _bare(kind: str) -> str:
    return kind.partition(";")[0]


def _packed(site: ServerRules) -> Iterator[str]:
    kinds = (*TYPES, *(one.kind for one in site.rules))
    return (kind for kind in kinds if _PACKED.match(kind))


def _types_of(kinds: Iterable[str]) -> str:
    """Names of types, each once; that of pages goes without saying."""
    return " ".join(dict.fromkeys(_bare(kind) for kind in kinds if _bare(kind) != "text/html"))


def _apache(site: ServerRules) -> Iterator[str]:
    """Directives of a ``.htaccess``, or of the ``<Directory>`` of the site."""
    yield "Options -Indexes -MultiViews\nDirectoryIndex index.html\nFileETag MTime Size\n"
    yield "<If \"! %{REQUEST_METHOD} in {'GET', 'HEAD'}\">\n    Require all denied\n</If>\n"
    yield f"ErrorDocument 403 {site.missing}\nErrorDocument 404 {site.missing}\n"
    yield f'RedirectMatch 404 "^{re.escape(site.base)}/(?:{"|".join(_HIDDEN)})$"\n'
    yield 'RedirectMatch 404 "/\\.(?!well-known/)"\n'
    for place, target, pattern in site.moved:
        place = place if pattern else f"^{re.escape(place)}$"
        yield f'RedirectMatch 301 "{place}" "{_unescaped(target)}"\n'
    for kind, ends in TYPES.items():
        yield f'AddType "{kind}" {" ".join(f".{end}" for end in ends.split())}\n'
    for one in site.rules:
        yield f'<If "%{{REQUEST_URI}} =~ m#^(?:{one.paths})#">\n'
        if one.kind:
            yield f'    ForceType "{one.kind}"\n'
        for name, value in one.headers.items():
            if name != _TYPE:
                yield f'    Header always set {name} "{value}"\n'
        yield "</If>\n"
    yield f"# {_HSTS}\n"
    yield '# Header always set Strict-Transport-Security "max-age=31536000"\n'
    kinds = f"text/html {_types_of(_packed(site))}"
    yield f"<IfModule mod_deflate.c>\n    AddOutputFilterByType DEFLATE {kinds}\n"
    # What it names differently once compressed, it does not recognise (bug 45023): never a 304.
    yield r'    RequestHeader edit* If-None-Match "-gzip\"" "\""' + "\n</IfModule>\n"


def _unescaped(target: str) -> str:
    """mod_alias escapes the path that it is given, and leaves what is asked of it."""
    place, mark, query = target.partition("?")
    return f"{unquote(place)}{mark}{query}"


def _caddy(site: ServerRules) -> Iterator[str]:
    host = urlsplit(site.url)
    lines = "".join(f"\t{line}\n" for line in _caddy_site(site))
    yield f"{host.scheme}://{host.netloc} {{\n{lines}}}\n"


def _caddy_site(site: ServerRules) -> Iterator[str]:
    yield f"root * {site.folder}"
    yield from ("encode gzip {", "\tmatch {", "\t\theader Content-Type text/html*")
    yield from (f"\t\theader Content-Type {kind}*" for kind in _types_of(_packed(site)).split())
    yield from ("\t}", "}")
    for number, (kind, ends) in enumerate(TYPES.items()):
        yield rf"@type{number} path_regexp \.(?:{'|'.join(ends.split())})$"
        yield f'header @type{number} {_TYPE} "{kind}"'
    for number, one in enumerate(site.rules):
        yield f'@rule{number} path_regexp "^(?:{one.paths})"'
        yield f"header @rule{number} {{"
        yield from (f'\t{name} "{value}"' for name, value in one.headers.items())
        yield "}"
    yield f"# {_HSTS}"
    yield '# header Strict-Transport-Security "max-age=31536000"'
    for number, (place, target, pattern) in enumerate(site.moved):
        place = place if pattern else f"^{re.escape(place)}$"
        target = re.sub(r"\$(\d)", rf"{{re.moved{number}.\1}}", target)
        yield f'@moved{number} path_regexp moved{number} "{place}"'
        yield f'redir @moved{number} "{target}" 301'
    yield "@hidden {"
    yield rf'	path_regexp "/\.|^{re.escape(site.base)}/(?:{"|".join(_HIDDEN)})$"'
    yield from ("\tnot path /.well-known/*", "}", "error @hidden 404")
    yield from ("@other not method GET HEAD", "error @other 405", "file_server")
    yield "handle_errors {"
    yield from (f"\t{line}" for line in _caddy_errors(site))
    yield "}"


def _caddy_errors(site: ServerRules) -> Iterator[str]:
    """The page for what is not there has its own headers, not those of the address asked."""
    mine: dict[str, str] = {}
    for one in site.rules:
        if re.match(one.paths, site.missing):
            mine |= one.headers
    yield "header {"
    yield from (f"\t-{name}" for name in site.names if name not in mine)
    yield from (f'\t{name} "{value}"' for name, value in mine.items())
    yield f'\t{_TYPE} "text/html; charset=utf-8"'
    yield "}"
    yield from (f"rewrite * {site.missing}", "file_server")


SERVERS: Mapping[str, Callable[[ServerRules], Iterator[str]]] = {
    "nginx": _nginx,
    "apache": _apache,
    "caddy": _caddy,
}


_SUMMARY = (
    "Écrit à l’écran la configuration d’un serveur (nginx, Apache, Caddy) pour le site construit : "
    "en-têtes, types, redirections, page 404, compression. À refaire après chaque publication : la "
    "politique de sécurité suit les pages."
)
_HEAD = "# Écrit par « portail serveur {} » d’après _headers et _redirects : ne pas modifier.\n"
_FOLDER = re.compile(r"/[\w./-]*")
_ADDRESS = re.compile(r"https?://[a-z0-9.-]+(?::\d+)?(?:/[\w.~/-]*)?", re.ASCII)


def main(argv: list[str]) -> int:
    """Run the command and return its exit code."""
    parser = Parser("serveur", _SUMMARY)
    parser.add("serveur", "SERVEUR", "nginx, apache ou caddy", type=choice(SERVERS))
    parser.add("--output", "DOSSIER", "site construit (output)", default="output")
    parser.add("--url", "ADRESSE", "adresse publique (celle des réglages)")
    where = "dossier, sur le serveur, de ce qui répond à / (/srv/portail)"
    parser.add("--racine", "DOSSIER", where, default="/srv/portail")
    options = parser.parse_args(argv)
    if not _FOLDER.fullmatch(options.racine):
        parser.error("--racine attend un chemin absolu, sans espace : /srv/portail")
    site = rules_of(_address(options.url), options.racine, *_files(Path(options.output)))
    sys.stdout.write(_HEAD.format(options.serveur))
    sys.stdout.writelines(SERVERS[options.serveur](site))
    return 0


def _address(asked: str | None) -> str:
    """The address of the site, without final slash. Raises ``ConfigError``."""
    settings = literal_settings(Path.cwd())
    url = (asked or os.environ.get("SITEURL") or str(settings.get("SITEURL") or "")).rstrip("/")
    parts = urlsplit(url)
    if not _ADDRESS.fullmatch(url) or not parts.hostname:
        raise ConfigError(
            "L’adresse publique du site est nécessaire : écrivez SITEURL dans pelicanconf.py, ou "
            "lancez : portail serveur … --url https://exemple.org"
        )
    return url


def _files(output: Path) -> tuple[str, str]:
    """The texts of ``_headers``, and of ``_redirects`` if it is there. Raises ``ConfigError``."""
    try:
        headers = (output / HEADERS).read_text(encoding="utf-8")
        redirects = output / REDIRECTS
        return headers, redirects.read_text(encoding="utf-8") if redirects.is_file() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"Le dossier « {output} » n’a pas de fichier {HEADERS} lisible : construisez d’abord "
            "le site (portail build), ou donnez son dossier : --output DOSSIER"
        ) from error
