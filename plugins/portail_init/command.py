"""``portail init DOSSIER``: the repository of a new portal, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from importlib.metadata import PackageNotFoundError, distribution
from itertools import chain
from pathlib import Path
from shlex import quote
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from portail.cli.arguments import Parser, choice, day
from portail.diagnostics import ConfigError
from portail.features.services.schemas.examples import example_files
from portail.forge import make_of
from portail.geo.places import Region
from portail.geo.territories import Geography
from portail.model.kinds import Kind
from portail.resources import brought, shared
from portail.settings import RECORD
from portail.source.signatures import described
from portail.terminal.text import counted, refusals, safe
from portail.text.addresses import address_parts, is_address
from portail.text.normalise import name_key
from portail.text.suggest import nearest
from portail.text.typography import in_region

from .skeleton import (
    CONTENTS,
    FORGES,
    Answers,
    clock_of,
    current_version,
    files_of,
    record_text,
    sources_of,
)

# What it harvests.
SOURCES = "sources.yml"
# What is written for a portal of no region.
NONE = "aucune"
_ARTICLES = ("la ", "le ", "les ", "l ")


def region_of(text: str, geography: Geography) -> Region | None:
    """The region that ``text`` names: INSEE's code, a name, a département; ``None`` for « aucune ».

    >>> from portail.geo.places import Tables
    >>> geography = Geography(Tables((), regions=(("04", "La Réunion"), ("28", "Normandie"))))
    >>> [region_of(text, geography).nom for text in ("28", "normandie", "4", "reunion")]
    ['Normandie', 'Normandie', 'La Réunion', 'La Réunion']
    """
    wanted = _key(text)
    if wanted == NONE:
        return None
    for code in (text.strip(), text.strip().zfill(2)):
        if region := geography.region(code):
            return region
    named = {_key(region.nom): region for region in geography.regions}
    departements = list(
        chain.from_iterable(geography.departements_of(region.code) for region in geography.regions)
    )
    codes = {}
    for departement in departements:
        for key in (_key(departement.nom), name_key(departement.code)):
            codes[key] = departement.region
    region = named.get(wanted) or geography.region(codes.get(wanted, ""))
    if region is None:
        raise ConfigError(_unknown(text, geography))
    return region


def _key(text: str) -> str:
    key = name_key(text)
    return next(
        (key.removeprefix(article) for article in _ARTICLES if key.startswith(article)), key
    )


def _unknown(text: str, geography: Geography) -> str:
    names = [region.nom for region in geography.regions]
    near = nearest(text, names, limit=3)
    if near:
        hint = f"Vouliez-vous dire {' ou '.join(near)} ?"
    else:
        listed = ", ".join(f"{region.nom} ({region.code})" for region in geography.regions)
        hint = f"Écrivez l’une de celles-ci, par son nom ou son code : {listed} ; ou « {NONE} »."
    return f"« {text} » n’est le nom ni le code d’aucune région. {hint}"


_NAME = 80
_MARKS = set('<>[]{}|*_`\\#"@$')
# How .xlsx and .ods begin, then .xls.
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_MAKES = {"github": "github", "gitlab": "gitlab", "gitea": "forgejo"}
# The folder of a repository that keeps the generator's own file, when it is asked to.
WHEELS = "paquets"
# What the folder may already hold: an empty clone, the environment that runs this command.
_THERE = {".git", ".venv"}


def main(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    folder = Path(options.dossier)
    _free(folder)
    lists = [*map(_list, options.lieux)]
    chosen = region_of(options.region, Geography.load(brought("data")))
    region = chosen.nom if chosen else ""
    wheel = _local(options.source)
    depot = _remote(folder)
    source, sha256 = _copied(wheel) if wheel else _source(options.source)
    answers = Answers(
        nom=_name(options.nom, region),
        region=region,
        forge=options.forge or _MAKES.get(make_of(depot), ""),
        depot=depot,
        source=source,
        sha256=sha256,
        jour=(options.date or datetime.now(ZoneInfo(clock_of(region))).date()).isoformat(),
        porteur=_one_line("--porteur", options.porteur) if options.porteur is not None else "",
    )
    files = files_of(answers)
    place = Geography.load(brought("data"), region).place
    day = date.fromisoformat(answers.jour)
    examples = example_files(place, day) if options.exemples else {}
    files |= {CONTENTS + path: text for path, text in examples.items()}
    if chosen and chosen.code in _holidays():
        files[SOURCES] += sources_of(region)
    files[RECORD] = record_text(current_version())
    _write(folder, files, wheel)
    status = max((_imported(source, folder, answers.jour) for source in lists), default=0)
    sys.stdout.write(_summary(folder, answers, len(files), len(examples)))
    return status


def _holidays() -> set[str]:
    # The regions that the school calendar knows: others publish nothing there that we know of.
    return set(chain.from_iterable(shared("vacances")["zones"].values()))


def _list(name: str) -> str:
    # Where an open list of places is: an address, a file.
    if is_address(name):
        return name
    file = Path(name).resolve()
    if not file.is_file():
        raise ConfigError(f"--lieux « {safe(str(file))} » n’est ni un fichier, ni une adresse.")
    data = file.read_bytes()
    rows = file.suffix.lower() in (".csv", ".tsv", ".txt")
    if data.startswith(_WORKBOOKS) or (rows and not described(data).startswith("celui d")):
        return str(file)
    raise ConfigError(
        f"--lieux « {safe(file.name)} » n’est pas une liste : donnez un tableau "
        "(.csv, .xlsx, .ods), ou stops.txt. Le reste se reprend ensuite : portail importer."
    )


def _imported(source: str, folder: Path, day: str) -> int:
    # As whoever keeps the new portal would: the command says what it takes, and what it leaves.
    command = [sys.executable, "-m", "portail", "importer", source, "--date", day]
    command += ["--liste", "ouverte"]
    code = subprocess.run(command, cwd=folder, check=False).returncode
    return code if code >= 0 else 128 - code  # ended by a signal, as a shell says it


def _parser() -> Parser:
    parser = Parser(
        "init", "Écrit le dépôt d’un nouveau portail : réglages, exemples, pages légales, forges."
    )
    parser.add("dossier", "DOSSIER", "dossier à créer, ou vide")
    parser.add("--region", "RÉGION", "son nom, son code INSEE, ou « aucune »", required=True)
    parser.add("--nom", "NOM", "nom du portail (Sciences en Normandie)")
    parser.add("--porteur", "NOM", "qui le propose, dit à l’accueil (une agence, un réseau)")
    hint = f"{', '.join(FORGES)} (celle du dépôt git, sinon les trois)"
    parser.add("--forge", "FORGE", hint, type=choice(FORGES))
    hint = "d’où vient le générateur : adresse ou fichier .whl, adresse d’un index"
    parser.add("--source", "ADRESSE", hint)
    hint = "liste ouverte à reprendre aussitôt : une adresse, un fichier"
    parser.add("--lieux", "LISTE", hint, default=[], action="append")
    parser.flag("--exemples", "écrit aussi un contenu inventé de chaque genre, dit comme tel")
    parser.add("--date", "AAAA-MM-JJ", "jour de départ (aujourd’hui)", type=day)
    return parser


def _name(typed: str | None, region: str) -> str:
    if typed is None:
        typed = f"Sciences {in_region(region)}" if region else "Portail des sciences"
    return _one_line("--nom", typed)


def _one_line(option: str, text: str) -> str:
    name = " ".join(text.split())
    if not 0 < len(name) <= _NAME or not name.isprintable() or _MARKS & {*name}:
        signs = " ".join(sorted(_MARKS))
        raise ConfigError(f"{option} attend de 1 à {_NAME} signes, sans {signs}.")
    return name


def _free(folder: Path) -> None:
    try:
        present = sorted(path.name for path in folder.iterdir() if path.name not in _THERE)
    except FileNotFoundError:
        return
    except OSError as error:
        raise ConfigError(f"« {safe(str(folder))} » n’est pas un dossier vide.") from error
    if present:
        raise ConfigError(
            f"« {safe(str(folder))} » n’est pas vide ({safe(present[0])}) : donnez un dossier "
            "nouveau, ou vide. Pour mettre à jour un portail : sh installer.sh"
        )


# What is guessed: the forge, by the remote of an empty clone; the wheel, by what pip remembers.


def _remote(folder: Path) -> str:
    # Address of the repository that ``folder`` is a clone of, without a name or a password.
    if not (folder / ".git").exists() or not shutil.which("git"):
        return ""
    command = ["git", "-C", str(folder), "remote", "get-url", "origin"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return web_address(done.stdout.strip())


def web_address(remote: str) -> str:
    """The https address of a remote of git; empty for one that has none.

    >>> web_address("git@github.com:sciences/portail.git")
    'https://github.com/sciences/portail'
    >>> web_address("https://moi:secret@codeberg.org/a/b"), web_address("/srv/depot.git")
    ('https://codeberg.org/a/b', '')
    """
    host, colon, path = remote.partition("@")[2].partition(":")
    is_brief = colon and "://" not in remote and not path.startswith("/")
    whole = address_parts(f"ssh://{host}/{path}" if is_brief else remote)
    if whole.scheme not in ("http", "https", "ssh") or not whole.hostname:
        return ""
    path = whole.path.removesuffix("/").removesuffix(".git")
    address = f"https://{whole.hostname}{path}"
    if is_address(address):
        return address
    return ""


def _local(source: str | None) -> Path | None:
    if source is None or "://" in source:
        return None
    wheel = Path(source)
    if not wheel.is_file() or not wheel.match("portail-*.whl"):
        raise ConfigError(
            f"--source « {safe(source)} » n’est ni une adresse, ni un fichier "
            f"portail-{current_version()}-….whl."
        )
    return wheel


def _copied(wheel: Path) -> tuple[str, str]:
    with refusals(f"« {safe(str(wheel))} » ne se lit pas"):
        return f"./{WHEELS}/{wheel.name}", hashlib.sha256(wheel.read_bytes()).hexdigest()


def _may_be_digest(sha256: str) -> bool:
    return not sha256 or (len(sha256) == 64 and set(sha256) <= {*"0123456789abcdef"})


def _source(source: str | None) -> tuple[str, str]:
    # ``source``, else where pip took this installation from, and the digest of what it took (PEP
    # 610). Raises ``ConfigError``.
    if source is not None:
        address, _, sha256 = source.partition("#sha256=")
        if not is_address(address.removeprefix("git+")) or not _may_be_digest(sha256):
            raise ConfigError(f"--source « {safe(source)} » n’est pas une adresse http(s).")
        return address, sha256
    with suppress(PackageNotFoundError, ValueError, KeyError):
        record = json.loads(distribution("portail").read_text("direct_url.json") or "{}")
        url = str(record["url"])
        if is_address(url) and "@" not in url and url.endswith(".whl"):
            sha256 = str(record.get("archive_info", {}).get("hashes", {}).get("sha256", ""))
            return url, sha256 if _may_be_digest(sha256) else ""
    return "", ""


# All or nothing.


def _write(folder: Path, files: Mapping[str, str], wheel: Path | None) -> None:
    parent = folder.resolve().parent
    prefix = f".{folder.resolve().name}-"
    with refusals(f"« {safe(str(folder))} » ne peut pas être écrit"):
        parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=prefix, dir=parent, ignore_cleanup_errors=True) as temporary:
            aside = Path(temporary)
            for name, text in files.items():
                (aside / name).parent.mkdir(parents=True, exist_ok=True)
                (aside / name).write_text(text, encoding="utf-8", newline="\n")
            for kind in Kind:  # where the first content of each may be put
                (aside / CONTENTS / kind.value).mkdir(parents=True, exist_ok=True)
            if wheel:
                (aside / WHEELS).mkdir()
                shutil.copyfile(wheel, aside / WHEELS / wheel.name)
            _place(aside, folder)


def _place(aside: Path, folder: Path) -> None:
    aside.chmod(0o755)
    if not folder.exists():
        aside.rename(folder)
        return
    placed = []
    try:
        for path in sorted(aside.iterdir()):
            placed += [path.rename(folder / path.name)]
    except OSError:
        for path in placed:
            path.rename(aside / path.name)
        raise


def _summary(folder: Path, answers: Answers, files: int, examples: int) -> str:
    place = safe(str(folder))
    many = counted(files, ("fichier", "fichiers"))
    made = f", dont {examples} contenus d’exemple" if examples else ""
    rows = [f"« {answers.nom} » est dans {place} : {many}{made}.", ""]
    if not answers.forge:
        rows += ["La forge n’est pas connue : les fichiers des trois sont là, sans se gêner."]
    if not answers.source:
        rows += ["requirements.txt demande d’où vient le générateur : il faut le dire à la forge."]
    rows += ["", "Ensuite :"] if rows[-1] else ["Ensuite :"]
    if place != ".":
        rows += [f"  cd {quote(place)}"]
    installable = bool(answers.source)
    if installable:
        rows += ["  sh installer.sh    une première fois"]
    portail = ".venv/bin/portail" if installable or (folder / ".venv").exists() else "portail"
    rows += [f"  {portail} serve    le site, sur http://localhost:8000"]
    rows += [f"  {portail} check    ce qui reste à compléter"]
    rows += [f"  {portail} moissonner    les sorties de {SOURCES}"] * bool(answers.region)
    return "\n".join([*rows, "README.md dit la suite.", ""])
