"""The repository of a new portal: its files, made of ``modele/`` and of a few answers.

``modele/commun/`` is for everyone; a name in ``_…`` begins with a point in the repository;
``@nom@`` is the word ``nom`` of ``_words``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from typing import NamedTuple
from urllib.parse import quote
from zoneinfo import ZoneInfo

from portail.model.kinds import Kind
from portail.resources import data_dir, model_dir, rows_of
from portail.text.normalise import slugify

FORGES = ("github", "gitlab", "forgejo")
# What belongs to the team as soon as it is written.
CONTENTS = "content/"

_WORD = re.compile(r"@([a-z_]+)@")
# Signs of a part of a domain name (RFC 1035 § 2.3.4).
_LABEL = 63
_CLOCKS: Mapping[str, str] = rows_of(__package__, "horloges")


class Answers(NamedTuple):
    """What a portal is, and all that its skeleton depends on."""

    nom: str
    # Official name; empty for a portal of no region.
    region: str
    # One of ``FORGES``; empty when it is not known: the files of all of them are written.
    forge: str
    # Address of the repository on its forge, empty when it is not known.
    depot: str
    # Where the wheel comes from: address of it or of an index, path below the repository; empty
    # when it is not known.
    source: str
    # The digest of that wheel, in hexadecimal; empty when it is not known.
    sha256: str
    # Day on which the portal begins, AAAA-MM-JJ.
    jour: str
    # Who is behind it; empty when it is not known yet.
    porteur: str = ""


def current_version() -> str:
    return version("portail")


def clock_of(region: str) -> str:
    return _CLOCKS.get(region, "Europe/Paris")


def files_of(answers: Answers) -> dict[str, str]:
    """The text of each file of the skeleton, legal pages included, examples not, by its path.
    Raises ``DataError`` when the installation lacks ``modele/``."""
    words = _words(answers)
    files = {}
    for path in sorted(model_dir().rglob("*")):
        folder, *steps = path.relative_to(model_dir()).parts
        forges = {answers.forge} if answers.forge else {*FORGES}
        if path.is_file() and steps and (folder == "commun" or forges & {*folder.split("-")}):
            name = "/".join(f".{step[1:]}" if step[0] == "_" else step for step in steps)
            text = path.read_text(encoding="utf-8")
            files[name] = _WORD.sub(lambda word: words.get(word[1], word[0]), text)
    return files


# Columns of the open data that are asked for: neither mailboxes nor telephones.
_COLUMNS = (
    "uid,slug,canonicalurl,title_fr,description_fr,longdescription_fr,keywords_fr,conditions_fr,"
    "timings,firstdate_begin,firstdate_end,lastdate_begin,lastdate_end,location_name,"
    "location_address,location_postalcode,location_city,location_coordinates,age_min,age_max,"
    "accessibility,attendancemode,onlineaccesslink,status,registration,originagenda_title"
)


def sources_of(region: str) -> str:
    """What others publish of a region, as ``sources.yml`` lists it; ``""`` where nothing is known:
    the open data of those that have school holidays, then agendas of structures."""
    folder = data_dir() / "sources"
    region_file = folder / f"{slugify(region)}.yml"
    text = (folder / "france.yml").read_text(encoding="utf-8")
    if region_file.is_file():
        text += f"\n{region_file.read_text(encoding='utf-8')}"
    words = {"colonnes": _COLUMNS, "region_url": quote(region)}
    return f"\nsources:\n{_WORD.sub(lambda word: words.get(word[1], word[0]), text)}"


def record_text(number: str) -> str:
    return json.dumps({"depuis": number}) + "\n"


def _words(answers: Answers) -> dict[str, str]:
    clock = clock_of(answers.region)
    forges = [answers.forge] if answers.forge else FORGES
    sections = [
        (model_dir() / f"{forge}.md").read_text(encoding="utf-8").strip() for forge in forges
    ]
    depot = json.dumps(answers.depot or "https://forge.example.org/sciences/portail")
    carrier = json.dumps(answers.porteur or "Agence de culture scientifique", ensure_ascii=False)
    return {
        "nom_py": json.dumps(answers.nom, ensure_ascii=False),
        "region_py": json.dumps(answers.region, ensure_ascii=False),
        "fuseau": clock,
        "jour": answers.jour,
        "etiquette": _tag(answers),
        "porteur_py": f"{'' if answers.porteur else '# '}PORTAIL_PORTEUR = {carrier}",
        "depot_py": f"{'' if answers.depot else '# '}PORTAIL_DEPOT = {depot}",
        "paquet": requirement(answers.source, current_version(), answers.sha256),
        "forge_readme": "\n\n".join(sections),
        "fete_quand": _science_festival(answers.region),
        "cron_lettre": "\n".join(_letter_lines(clock)),
        "cron_nuit": _cron(clock, 3, 10)[0],
        "schemas": ",\n".join(
            f'    "./docs/champs/schemas/{kind.value}.schema.json": "content/{kind.value}/**/*.md"'
            for kind in Kind
        ),
    }


def _science_festival(region: str) -> str:
    # The ministry sets the days of Corse and overseas each year.
    if region in (*_CLOCKS, "Corse"):
        return "periode: en automne, à des dates propres à la région"
    return "regle: premier vendredi d’octobre, 11 jours"


def _tag(answers: Answers) -> str:
    # The authority and date of the identifiers of a portal (RFC 4151): a name that belongs to
    # nobody (RFC 2606) until its team writes its own.
    name = slugify(answers.nom)[:_LABEL].strip("-") or "portail"
    return f"{name}.example.org,{answers.jour}"


_UNKNOWN = """\
# À COMPLÉTER : dites d’où vient le générateur, en remplaçant ces lignes par l’une de celles-ci.
#   portail @ https://forge.example.org/portail-{version}-py3-none-any.whl    (un fichier publié)
#   ./paquets/portail-{version}-py3-none-any.whl    (le fichier, déposé dans ce dépôt)
#   --index-url https://paquets.example.org/simple    puis portail=={version}    (un index)
# Pour qu’un fichier soit vérifié, ajoutez à sa ligne son SHA-256, que donne la page des versions :
#   --hash=sha256:0123…"""


def requirement(source: str, number: str, sha256: str = "") -> str:
    """The lines of ``requirements.txt`` that name the wheel, never asked of the public index, with
    its digest when it is known.

    >>> requirement("https://example.org/simple", "1.0.0")
    '--index-url https://example.org/simple\\nportail==1.0.0'
    >>> requirement("./paquets/portail-1.0.0-py3-none-any.whl", "1.0.0", "0a1b")
    './paquets/portail-1.0.0-py3-none-any.whl --hash=sha256:0a1b'
    """
    if not source:
        return _UNKNOWN.format(version=number)
    if source.endswith(".whl"):
        name = source if source.startswith("./") else f"portail @ {source}"
        if sha256:
            return f"{name} --hash=sha256:{sha256}"
        return name
    if source.startswith("git+"):
        return f"portail @ {source}"
    return f"--index-url {source}\nportail=={number}"


# Lines of cron, in UTC as forges have them, for an hour of the portal's clock.


def _cron(clock: str, hour: int, minute: int, day: int | None = None) -> list[str]:
    # The lines for ``hour`` of winter, then of summer if it differs; ``day`` 0 is Sunday.
    lines = []
    for month in (1, 7):
        first = datetime(2023, month, 8, hour, minute, tzinfo=ZoneInfo(clock))
        monday = first + timedelta(days=(day or 0) - (first.weekday() + 1) % 7)
        utc = monday.astimezone(UTC)
        which = "*" if day is None else str((utc.weekday() + 1) % 7)
        lines.append(f"{minute} {utc.hour} * * {which}")
    return list(dict.fromkeys(lines))


def _letter_lines(clock: str) -> Iterator[str]:
    winter, *summer = _cron(clock, 8, 0, 4)
    if summer:
        yield f'    - cron: "{summer[0]}" # 8:00 in summer'
    when = ""
    if summer:
        when = " in winter; in summer the week is frozen by then"
    yield f'    - cron: "{winter}" # 8:00{when}'
