"""``portail empreinte``: the digest of a published site, and where two sites differ.

Exit codes: 0; 1, the two sites differ; 2, usage or environment.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from portail.cli.arguments import Parser
from portail.cli.reporting import say
from portail.cli.terminal import WIDTH, safe, wrap
from portail.diagnostics import ConfigError
from portail.files import atomic_write
from portail.machine import reason_of
from portail.text.typography import nombre, poids
from portail_publication.empreinte import MADE, ROOT, Empreinte, read, top

_SUMMARY = "L’empreinte d’un site publié : deux personnes comparent ce qu’elles ont construit."
_SHOWN = 10
_SHORT = 16  # hexadecimal digits: enough for two people who do not deceive one another
_FILES = ("fichier", "fichiers")


def empreinte(argv: Sequence[str]) -> int:
    """Print the digest of a site, or what differs from another one."""
    parser = Parser("empreinte", _SUMMARY)
    told = "dossier du site, ou empreinte gardée (output)"
    parser.add("site", "SITE", told, nargs="?", default="output")
    told = "dit ce qui diffère d’un autre dossier, ou d’une empreinte gardée"
    parser.add("--comparer", "AUTRE", told)
    parser.flag("--detail", "nomme tous les fichiers")
    parser.add("--vers", "FICHIER", "garde l’empreinte, à comparer ou à envoyer")
    options = parser.parse_args(list(argv))
    one = _read(options.site)
    other = _read(options.comparer) if options.comparer else None
    if options.vers:
        _keep(Path(options.vers), one)
    if other is None:
        rows = _told(options.site, one, detail=options.detail)
    else:
        rows = _compared((options.site, one), (options.comparer, other), detail=options.detail)
    say("".join(f"{safe(row)}\n" for row in rows), sys.stdout)
    return int(other is not None and other.whole != one.whole)


def _read(name: str) -> Empreinte:
    source = Path(name)
    if not source.exists():
        raise ConfigError(
            f"« {safe(name)} » n’existe pas. → Construisez le site (portail build), ou donnez son "
            "dossier : portail empreinte DOSSIER"
        )
    return read(source, Path(os.environ.get("PORTAIL_CACHE") or ".cache"))


def _keep(file: Path, one: Empreinte) -> None:
    try:
        atomic_write(file, one.saved().encode())
    except OSError as error:
        raise ConfigError(f"« {safe(str(file))} » ne s’écrit pas : {reason_of(error)}.") from error


def _told(name: str, one: Empreinte, *, detail: bool) -> Iterator[str]:
    """The digest, what made it, then that of each folder, or of each file."""
    whole = one.whole
    yield f"Empreinte de {name} : {whole.sha256}"
    yield f"{_number(whole.files)}, {poids(whole.size)}."
    yield ""
    yield from _making(one)
    yield ""
    if detail:
        yield from (f"{file.sha256}  {path}" for path, file in one.files.items())
        return
    for folder, part in one.folders.items():
        shown = "à la racine" if folder == ROOT else f"{folder}/"
        yield f"{part.sha256[:_SHORT]}  {_number(part.files):>15}  {poids(part.size):>7}  {shown}"


def _making(one: Empreinte) -> Iterator[str]:
    """What made a site, wrapped."""
    if not one.made:
        yield "On ne sait pas ce qui l’a fait : il n’a pas été publié ici, ou a changé depuis."
        return
    width = max(map(len, MADE.values()))
    for key, words in MADE.items():
        for rank, line in enumerate(wrap(one.made.get(key, ""), WIDTH - width - 2)):
            yield f"{'' if rank else words:<{width}}  {line}"


def _compared(
    here: tuple[str, Empreinte], there: tuple[str, Empreinte], *, detail: bool
) -> Iterator[str]:
    """What differs between two sites, named as they were asked for."""
    (name, one), (another, other) = here, there
    if one.whole == other.whole:
        yield f"Les deux sites sont les mêmes, octet pour octet : {_number(one.whole.files)}."
        yield f"Empreinte : {one.whole.sha256}"
        yield from _makings(here, there)
        return
    paths = [p for p in {**one.files, **other.files} if one.files.get(p) != other.files.get(p)]
    differ = "diffèrent" if len(paths) > 1 else "diffère"
    total = nombre(len(one.files.keys() | other.files.keys()))
    yield f"Les deux sites ne sont pas les mêmes : {_number(len(paths))} sur {total} {differ}."
    yield f"  {one.whole.sha256[:_SHORT]}  {name}"
    yield f"  {other.whole.sha256[:_SHORT]}  {another}"
    yield from _makings(here, there)
    for folder in sorted({top(path) for path in paths}):
        rows = sorted(path for path in paths if top(path) == folder)
        yield ""
        yield f"{'À la racine' if folder == ROOT else f'{folder}/'} : {_number(len(rows))}"
        shown = rows if detail else rows[:_SHOWN]
        yield from (f"  {_change(path, here, there)}" for path in shown)
        if len(shown) < len(rows):
            yield f"  et {_number(len(rows) - len(shown))} de plus (--detail les nomme)."


def _change(path: str, here: tuple[str, Empreinte], there: tuple[str, Empreinte]) -> str:
    (name, one), (another, other) = here, there
    if path not in other.files:
        return f"{path} : seulement dans {name}"
    if path not in one.files:
        return f"{path} : seulement dans {another}"
    sizes = nombre(one.files[path].size), nombre(other.files[path].size)
    if sizes[0] != sizes[1]:
        return f"{path} : {sizes[0]} octets, {sizes[1]} dans {another}"
    line = _line(Path(name, path), Path(another, path))
    return f"{path} : {sizes[0]} octets dans les deux{line}"


def _line(one: Path, other: Path) -> str:
    """Where two files begin to differ, when both are there."""
    try:
        first, second = one.read_bytes(), other.read_bytes()
    except OSError:
        return ""
    pairs = enumerate(zip(first, second, strict=False))
    rank = next((at for at, (mine, theirs) in pairs if mine != theirs), 0)
    line = first.count(b"\n", 0, rank) + 1
    return f", autres dès l’octet {nombre(rank + 1)} (ligne {nombre(line)})"


def _makings(here: tuple[str, Empreinte], there: tuple[str, Empreinte]) -> Iterator[str]:
    """What differs in what made two sites."""
    (name, one), (another, other) = here, there
    unknown = [of for of, site in (here, there) if not site.made]
    if unknown:
        yield f"On ne sait pas ce qui a fait {' ni '.join(unknown)}."
        return
    keys = [key for key in MADE if one.made.get(key) != other.made.get(key)]
    if not keys:
        yield "Ils ont été faits de la même chose : réglages, contenus, jour et programmes."
    for key in keys:
        mine, theirs = _only(one.made.get(key, ""), other.made.get(key, ""))
        pair = f"{mine or 'rien'} pour {name}, {theirs or 'rien'} pour {another}"
        yield f"Autre chose, {MADE[key]} : {pair}."


def _only(one: str, other: str) -> tuple[str, str]:
    """What two lists do not share."""
    mine, theirs = one.split(", "), other.split(", ")
    return ", ".join(x for x in mine if x not in theirs), ", ".join(
        x for x in theirs if x not in mine
    )


def _number(files: int) -> str:
    return f"{nombre(files)} {_FILES[files > 1]}"
