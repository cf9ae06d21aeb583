"""``portail serveur``: the configuration of a web server, for the site that was built, from its
``_headers`` and ``_redirects``. Each is tried with its server (``make serveurs``).

Exit codes: 0 written on the standard output, 2 usage or environment.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote, urlsplit

from jinja2 import Environment, StrictUndefined, Template
from msgspec import Struct

from portail.cli.arguments import Parser, choice
from portail.cli.contents import literal_settings
from portail.diagnostics import ConfigError
from portail.site.urls import REDIRECTS
from portail_pelican.headers import HEADERS, TYPES

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
        return [
            *dict.fromkeys(name for rule in self.rules for name in rule.headers if name != _TYPE)
        ]


def rules_of(url: str, folder: str, headers: str, redirects: str) -> ServerRules:
    """What the texts of ``_headers`` and ``_redirects`` say to a server. Raises ``ConfigError``,
    with the line, for what no configuration can say safely."""
    base = urlsplit(url).path.rstrip("/")
    by_path = _read_headers(headers)
    wrong = next((rule for rule in by_path if not rule.startswith(f"{base}/")), None)
    if wrong:
        raise ConfigError(
            f"_headers : la règle « {wrong} » n’est pas sous {url}/ : le site a été construit pour "
            "une autre adresse. Donnez celle-là : --url ADRESSE"
        )
    grouped: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for rule, values in by_path.items():
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


SERVERS = ("nginx", "apache")
"""Servers that a template of ``serveurs/`` is for: the text for Apache is a ``.htaccess``, or
the ``<Directory>`` of the site."""


def configuration(server: str, site: ServerRules) -> str:
    """What a server of ``SERVERS`` reads."""
    host = urlsplit(site.url)
    secured = host.scheme == "https"
    return _template(server).render(
        site=site,
        host=host,
        secured=secured,
        port=host.port or (443 if secured else 80),
        types=TYPES,
        hidden=_HIDDEN,
        encoded=_types_of(kind for kind in TYPES if "charset" in kind),
        packed=_types_of(_packed(site)),
    )


def _template(server: str) -> Template:
    text = files("portail_pelican").joinpath(f"serveurs/{server}.conf").read_text("utf-8")
    # Each text goes to a file of a server, where no sign of HTML means anything.
    environment = Environment(trim_blocks=True, undefined=StrictUndefined)  # noqa: S701
    environment.filters |= {
        "variable": lambda name: f"$portail_{name.lower().replace('-', '_')}",
        "bare": _bare,
        "literal": re.escape,
        "unescaped": _unescaped,
    }
    return environment.from_string(text)


def _bare(kind: str) -> str:
    return kind.partition(";")[0]


def _packed(site: ServerRules) -> Iterator[str]:
    kinds = (*TYPES, *(rule.kind for rule in site.rules))
    return (kind for kind in kinds if _PACKED.match(kind))


def _types_of(kinds: Iterable[str]) -> str:
    """Names of types, each once; that of pages goes without saying."""
    return " ".join(dict.fromkeys(_bare(kind) for kind in kinds if _bare(kind) != "text/html"))


def _unescaped(target: str) -> str:
    """mod_alias escapes the path that it is given, and leaves what is asked of it."""
    place, mark, query = target.partition("?")
    return f"{unquote(place)}{mark}{query}"


_SUMMARY = (
    "Écrit à l’écran la configuration d’un serveur (nginx, Apache) pour le site construit : "
    "en-têtes, types, redirections, page 404, compression. À refaire après chaque publication : la "
    "politique de sécurité suit les pages."
)
_HEAD = "# Écrit par « portail serveur {} » d’après _headers et _redirects : ne pas modifier.\n"
_FOLDER = re.compile(r"/[\w./-]*")
_ADDRESS = re.compile(r"https?://[a-z0-9.-]+(?::\d+)?(?:/[\w.~/-]*)?", re.ASCII)


def main(argv: list[str]) -> int:
    """Run the command and return its exit code."""
    parser = Parser("serveur", _SUMMARY)
    parser.add("serveur", "SERVEUR", "nginx ou apache", type=choice(SERVERS))
    parser.add("--output", "DOSSIER", "site construit (output)", default="output")
    parser.add("--url", "ADRESSE", "adresse publique (celle des réglages)")
    where = "dossier, sur le serveur, de ce qui répond à / (/srv/portail)"
    parser.add("--racine", "DOSSIER", where, default="/srv/portail")
    options = parser.parse_args(argv)
    if not _FOLDER.fullmatch(options.racine):
        parser.error("--racine attend un chemin absolu, sans espace : /srv/portail")
    site = rules_of(_address(options.url), options.racine, *_files(Path(options.output)))
    sys.stdout.write(_HEAD.format(options.serveur))
    sys.stdout.write(configuration(options.serveur, site))
    return 0


def _address(typed: str | None) -> str:
    """The address of the site, without final slash. Raises ``ConfigError``."""
    settings = literal_settings(Path.cwd())
    url = (typed or os.environ.get("SITEURL") or str(settings.get("SITEURL") or "")).rstrip("/")
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
