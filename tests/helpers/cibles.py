"""What reads input that anyone may write, each as a function of bytes: fuzzing calls them.

A target runs the true entry point on what it is given and raises only for a flaw of ours: any
exception but those by which the entry point says no, a diagnostic that is not within its file, a
file to publish that is not sound. ``outils/fuzz.py`` looks for such bytes, ``test_fuzz.py`` runs
those that were once found (``tests/data/fuzz/``).
"""

import atexit
import json
import shutil
import tempfile
import unicodedata
from argparse import Namespace
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import cache
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from types import SimpleNamespace
from typing import NamedTuple

import tableurs
from portail.agenda.weeks import SchoolHolidays
from portail.body.render import render_body
from portail.cli.contents import MemoryStore
from portail.config import SiteConfig
from portail.diagnostics import DataError, Refused, Report
from portail.feature import reading_with
from portail.features import FEATURES
from portail.features.services.coordonnees.lists import check_addresses
from portail.geo.territories import Geography
from portail.model.kinds import BY_FOLDER, Kind
from portail.model.vocabulary import Vocabularies
from portail.outputs.medias import encoded, resized
from portail.resources import data_dir, over
from portail.site.draft import read_document
from portail.source.loader import Media, SourceFile, read_register
from portail.source.medias import PICTURES, check_media
from portail.source.signatures import FORMATS, format_of
from portail.source.store import Stamp
from remake import replace

if find_spec("portail_bureau"):
    from portail_bureau.chiffres.reports import load_declared
if find_spec("portail_envoi"):
    from portail_envoi.subscribers import read_roll
if find_spec("portail_lettre"):
    from portail_lettre.sent import load_sent
if find_spec("portail_liens"):
    from portail_liens.records import read_liens
if find_spec("portail_importer"):
    from portail_importer.deposer.parcels import received
    from portail_importer.importer.base import Base
    from portail_importer.importer.ground import ground_of
    from portail_importer.importer.imports import import_source
    from portail_importer.importer.sources.places import Portal

SECONDS = 5.0
"""Of processor, at most, for one input."""
DAY = date(2021, 9, 27)
_LONGEST = 4_000


class Cible(NamedTuple):
    """``run`` reads bytes; ``suffix`` is that of a file that holds them."""

    run: Callable
    suffix: str = ".txt"


@cache
def reading():
    """Lists and communes of the repository."""
    tables = data_dir()
    geography = Geography.load(tables, "Hauts-de-France")
    return reading_with(FEATURES, Vocabularies.load(tables), geography)


@cache
def _folder():
    folder = Path(tempfile.mkdtemp(prefix="cibles-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _file(name, data):
    path = _folder() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def located(found, path, data):
    """Raises ``AssertionError`` unless each diagnostic is at a place that the file has, and says
    one paragraph of bounded length."""
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for one in found:
        place = one.position
        assert place.path == path, one
        assert 1 <= place.line <= len(lines), one
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1, one
        assert place.length >= 0, one
        said(one)


def said(one):
    """Raises ``AssertionError`` unless a terminal may show what a diagnostic says."""
    for text in (one.message, one.hint, one.label):
        assert len(text) < _LONGEST, one.code
        assert text.isprintable() or not any(sign < " " or sign == "\x7f" for sign in text), one


# Contents.


def document(data):
    """A content; the first line of ``data`` is the folder of its kind."""
    name, _, rest = data.partition(b"\n")
    _document(BY_FOLDER.get(name.decode("utf-8", "replace"), Kind.EVENT), rest)


def _document(kind, data):
    path = PurePosixPath("content", kind.value, "a.md")
    file = SourceFile(path, Path(path), kind, "a", Stamp(0, 0))
    loaded, _ = read_document(data, file, reading())
    found = [*loaded.diagnostics, *check_addresses(path, data)]
    located(found, path, data)
    assert loaded.entry is not None or Report(found).has_errors, "lost in silence"
    return Report(found)


def body(data):
    """A text in Markdown."""
    path = PurePosixPath("content/articles/a.md")
    text = data.decode("utf-8", "replace")
    located(render_body(text, path).diagnostics, path, text.encode())


_EVENT = (
    'titre: "T"\nresume: "R"\npublie_le: 2021-09-01\nformat: atelier\n'
    'adresse: {commune: "Wizernes"}\n'
)
_LIEU = 'titre: "T"\nresume: "R"\ntype: musee\ncommune: "Amiens"\n'


def _field(kind, before, field, data):
    """One field of a content that is sound without it, ``data`` in quotes."""
    text = json.dumps(data.decode("utf-8", "replace"), ensure_ascii=True)
    _document(kind, f"---\n{before}{field}: {text}\n---\n\nUne phrase.\n".encode())


def rule(data):
    """A recurrence rule."""
    _field(Kind.EVENT, f"{_EVENT}debut: 2021-10-09 14:00\n", "rrule", data)


def opening(data):
    """Opening hours, as OpenStreetMap or as people write them."""
    _field(Kind.LIEU, _LIEU, "horaires_ouverture", data)


def sessions(data):
    """Dates of an event: YAML under its key (``seances``, ``horaires``, ``debut``)."""
    text = data.decode("utf-8", "replace")
    _document(Kind.EVENT, f"---\n{_EVENT}{text}\n---\n\nUne phrase.\n".encode())


# Sources of an import, mails.


@cache
def base():
    """An empty portal, which imports add to."""
    known = Portal(DAY, reading(), reading().places)
    return Base(_folder() / "content", "x", {}, known)


_OPTIONS = Namespace(
    source="x", type=None, feuille=None, avec=[], images=False, nom=None, confirmer=True
)


def source(data, name="source"):
    """Whatever ``portail importer`` is given."""
    _imported(_file(name, data))


def saved(data):
    """The home page of a saved site."""
    folder = _file("site/index.html", data).parent
    (folder / "un.html").write_text("<main><h1>Un</h1><p>Un texte.</p></main>")
    _imported(folder)


def _imported(path):
    here = replace(base(), source=str(path))
    try:
        found = import_source(here, ground_of(here, Report()), _OPTIONS)
    except Refused as refused:
        assert 0 < len(str(refused)) < _LONGEST
        return
    told = (one for it in found.harvest.changes for one in (*it.faults, *it.advice))
    for one in (*found.diagnostics, *told):
        assert one.position.line >= 1 and one.position.column >= 1, one
        said(one)
    for path, text in found.harvest.files.items():
        kind = BY_FOLDER[path.parts[1]]
        assert not _document(kind, text).has_errors, (path, text)


def sheet_ods(data):
    """The XML of an OpenDocument spreadsheet."""
    source(tableurs.archive({"content.xml": data}))


def sheet_xlsx(data):
    """The XML of a sheet of Excel, in a workbook that is sound."""
    source(tableurs.xlsx([], sheet=data.decode("utf-8", "replace")))


def parcel(data):
    """Whatever ``portail deposer`` is given: a mail unless it is an archive."""
    suffix = ".zip" if data.startswith(b"PK") else ".eml"
    with suppress(Refused):
        for one in received(_file(f"depot{suffix}", data)).parcels:
            _document(Kind.ARTICLE, one.text)


# Joined files.


def media(data):
    """A picture, read then made as it is published; a document."""
    name = format_of(data) or "PDF"
    suffix = next(end for end, one in FORMATS.items() if one == name)
    path = PurePosixPath(f"content/medias/a{suffix}")
    pixels, found = check_media(path, data)
    located(found, path, b"")
    if suffix == ".csv":
        located(check_addresses(path, data), path, data)
    if suffix not in PICTURES:
        return
    assert (pixels is None) == any(fault.code[0] == "E" for fault in found)
    if pixels is not None:
        encoded(data, name)
        resized(data, name, ((min(pixels[0], 320), min(pixels[1], 200)),), "WebP")


def logo(data):
    """The drawing or the picture of ``PORTAIL_LOGO``."""
    end = ".png" if data.startswith(b"\x89PNG") else ".svg"
    _file(f"logo{end}", data)
    from portail_identite.faults import logo_faults
    from portail_identite.settings import Logo

    config = SiteConfig(region="Hauts-de-France", added={"logo": Logo(f"logo{end}")})
    for one in logo_faults(config, _folder()):
        said(one)


# What tools of the portal wrote, and anyone may propose changed.


def letter(data):
    """A letter that was sent."""
    path = PurePosixPath("content/newsletters/2021-s39.envoi.html")
    file = _file("lettre.envoi.html", data)
    media = Media(path, file, Stamp(len(data), 0))
    around = SimpleNamespace(beside=[media], store=MemoryStore(), day=DAY)
    located(load_sent(around)[1], path, data)


def register(data):
    """The register of contents taken back."""
    path = PurePosixPath("content/retraits.yml")
    located(read_register(data, path, reading()).diagnostics, path, data)


def records(data):
    """The file of the addresses that were checked."""
    read_liens(_file("liens.json", data))


def subscribers(data):
    """The file of the people who get the letter."""
    for fault in read_roll(data, ["region", "somme"]).faults:
        told = "".join(" " if unicodedata.category(one) == "Zs" else one for one in fault)
        assert len(fault) < _LONGEST and told.isprintable(), fault


def table(data):
    """A table of ``data/`` of an instance; the first line is its name."""
    name, _, rest = data.partition(b"\n")
    stem = name.decode("utf-8", "replace")
    known = (
        "themes",
        "synonymes",
        "vacances",
        *(["chiffres"] if find_spec("portail_bureau") else ()),
    )
    stem = stem if stem in known else "themes"
    own = _folder() / f"data-{stem}"
    _file(f"{own.name}/{'chiffres/a' if stem == 'chiffres' else stem}.yml", rest)
    with suppress(DataError):
        if stem == "chiffres":
            load_declared(own)
        elif stem == "vacances":
            SchoolHolidays.load(over(data_dir(), own), "32")
        else:
            Vocabularies.load(over(data_dir(), own))


EVERY = {
    "contenu": Cible(document, ".md"),
    "texte": Cible(body, ".md"),
    "regle": Cible(rule),
    "ouverture": Cible(opening),
    "dates": Cible(sessions, ".yml"),
    "calendrier": Cible(source, ".ics"),
    "agenda": Cible(source, ".json"),
    "flux": Cible(source, ".xml"),
    "page": Cible(source, ".html"),
    "site": Cible(saved, ".html"),
    "cellules": Cible(source, ".csv"),
    "classeur": Cible(source, ".zip"),
    "feuille-ods": Cible(sheet_ods, ".xml"),
    "feuille-xlsx": Cible(sheet_xlsx, ".xml"),
    "depot": Cible(parcel, ".eml"),
    "media": Cible(media, ".bin"),
    "logo": Cible(logo, ".svg"),
    "lettre": Cible(letter, ".json"),
    "registre": Cible(register, ".yml"),
    "adresses": Cible(records, ".json"),
    "abonnes": Cible(subscribers, ".csv"),
    "table": Cible(table, ".yml"),
}
OF_PACKAGES = {
    "portail_envoi": ("abonnes",),
    "portail_identite": ("logo",),
    "portail_lettre": ("lettre",),
    "portail_liens": ("adresses",),
    "portail_importer": (
        "calendrier agenda flux page site cellules classeur feuille-ods feuille-xlsx depot"
    ).split(),
}
GONE = {name for package, names in OF_PACKAGES.items() if not find_spec(package) for name in names}
"""Targets of packages that were taken away."""
CIBLES = {name: one for name, one in EVERY.items() if name not in GONE}
"""Every target, by the name of its folder in ``tests/data/fuzz/``."""
