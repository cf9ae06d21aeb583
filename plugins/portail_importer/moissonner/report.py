"""What a harvest did, by source, for a person, in Markdown."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import cache
from itertools import chain
from typing import Any

import yaml

from portail.codes import shown
from portail.diagnostics import Diagnostic
from portail.features.services.schemas.fields import fields_of
from portail.model.kinds import BY_FOLDER
from portail.model.registry import MODELS
from portail.site.site import Site
from portail.source.yaml_text import written
from portail.terminal.markdown import inline, link
from portail.terminal.text import counted
from portail.text.dates import heure, jour_court
from portail.text.typography import capital
from portail_importer.tableurs.columns import BODY

from ..importer.following import CANCELLED
from ..importer.ground import PRIVATE
from ..importer.values import Change, Difference, Fate, Harvest
from .sorting import NOT_SCIENCE

# What a person has to read: what may be wrong on the site comes first. The rest is counted.
_READ = (
    Fate.CANCELLED,
    Fate.DISPUTED,
    Fate.GONE,
    Fate.CHANGED,
    Fate.INCOMPLETE,
    Fate.NEW,
    Fate.OURS,
    Fate.REFUSED,
)
# Signs of a title, or of a value, on a phone; what says what to do is never cut.
_WIDE = 120
_WHOLE = 1_000
# Contents of one fate that a source lists: beyond, they are in the changes of the proposal.
_LISTED = 40
# Lines of a source that are seen at once, and their signs: they fit on the screen of a phone, the
# rest is folded.
_SEEN = 18
_SIGNS = 40
# Lines to copy that are listed: the others come with a next harvest.
_ROWS = 200
# Bytes of a proposal, which forges refuse beyond a little more.
_BYTES = 59_000
# What is listed whole, however long the report is.
_WORST = frozenset(_READ[:3])
_NOTHING = "rien"
_ASK = "Voyez avec elle avant d’accepter."
_AT_ONCE = ("source change d’un coup", "sources changent d’un coup")
# A rule of RFC 5545.
_IN_SIGNS = ("rrule",)
# What no field takes is there.
_SAYS = "Ce qu’elle dit"
# A report stays on the forge when the file was mended: it shows the first signs alone.
_QUOTED = re.compile(r"«\s*([^»]{1,3})[^»]*»")
_CONTACTS = "À retirer si c’est d’une personne, avant d’accepter"


def markdown_of(harvests: Sequence[Harvest], site: Site | None = None) -> str:
    """The text of a proposal, the worst first; of one that is too long, the rest is counted.
    ``site`` says what codes and places are called."""
    # What asks somebody to write to its source comes first.
    ordered = sorted(harvests, key=_severity)
    lines: list[str] = []
    for listed in (_LISTED, _SEEN, 0):
        lines = [f"**{summary_of(harvests)}**", ""]
        for harvest in ordered:
            lines += [*_section(harvest, listed, site), ""]
        if _weight(lines) <= _BYTES:
            return "\n".join(lines)
    while _weight(lines) > _BYTES:
        del lines[-max(1, len(lines) // 50) :]
    if lines.count("</details>") < "\n".join(lines).count("<details>"):
        lines += ["", "</details>"]
    return "\n".join(
        [*lines, "", "**Ce rapport est trop long : la suite est dans les fichiers.**", ""]
    )


def _severity(harvest: Harvest) -> tuple[bool, int]:
    ranks = (_READ.index(one.fate) for one in harvest.changes if one.fate in _READ)
    return not (harvest.trouble or harvest.alarms), min(ranks, default=len(_READ))


def _weight(lines: Sequence[str]) -> int:
    return len("\n".join(lines).encode())


def summary_of(harvests: Sequence[Harvest]) -> str:
    """One line on all sources."""
    written = list(chain.from_iterable(harvest.written for harvest in harvests))
    broken = sum(bool(harvest.trouble) for harvest in harvests)
    held = sum(bool(harvest.alarms) for harvest in harvests)
    parts = [
        counted(len(harvests), ("source", "sources")),
        counted(len(written), ("fichier proposé", "fichiers proposés")),
    ]
    parts += [f"{counted(broken, ('source illisible', 'sources illisibles'))}"] if broken else []
    parts += [f"{counted(held, _AT_ONCE)}"] if held else []
    return " · ".join(parts)


def lines_of(harvests: Sequence[Harvest]) -> Iterator[str]:
    """What is said in a terminal: a line for each source."""
    for harvest in harvests:
        name = harvest.origin.name
        if harvest.trouble:
            yield f"{name} : {harvest.trouble}"
            continue
        yield f"{name} : {_tally(harvest)}."
        yield from (f"  {alarm} {_ASK}" for alarm in harvest.alarms)
        for it in harvest.answers:
            yield f"  sources.yml, {it.where} : « {it.said} » devient « {it.meant} »."


def _tally(harvest: Harvest) -> str:
    fates = Counter(change.fate for change in harvest.changes)
    parts = [counted(fates[fate], fate.value) for fate in Fate if fates[fate]]
    read = fates.total() - fates[Fate.GONE]
    if harvest.total > read:
        parts.insert(0, f"{counted(read, ('lu', 'lus'))} sur {harvest.total}")
    return ", ".join(parts) or "ne donne rien"


def _section(harvest: Harvest, listed: int, site: Site | None) -> Iterator[str]:
    yield f"### {_line(harvest.origin.name)}"
    yield ""
    if harvest.trouble:
        yield f"**Illisible.** {inline(harvest.trouble, _WHOLE)}"
        if harvest.letter:
            yield from ("", _LETTER, "", f"> {inline(harvest.letter, _WHOLE)}", "", _END)
        return
    said = link(_SAYS, harvest.origin.address).removesuffix(_SAYS)  # nothing of a variable
    yield f"{_tally(harvest)}. {said}".rstrip()
    for alarm in harvest.alarms:
        yield ""
        yield f"**{inline(alarm, _WHOLE)}** {_ASK}"
    first, last = [*_by_whom(harvest), *_questions(harvest)], [*_to_keep(harvest)]
    yield from first
    room = _SEEN - [*first, *last].count(_END)
    folded: list[str] = []
    names: list[str] = []
    for name, rows in _lists(harvest, listed, site):
        seen = 0
        room -= 1
        while seen < len(rows) and not folded and (high := _height(rows[seen])) <= room:
            room -= high
            seen += 1
        if seen:
            yield from ("", f"**{name}**", "", *rows[:seen])
        if rows[seen:]:
            names.append("la suite" if seen else f"{name[:1].lower()}{name[1:]}")
            folded += [*([] if seen else ("", f"**{name}**")), "", *rows[seen:]]
    if folded:
        head = capital(", ".join(names))
        yield from ("", f"<details><summary>{head}</summary>", *folded, "", _END)
    yield from last


_LETTER = "<details><summary>La phrase à envoyer à qui la tient</summary>"
# New contents above which one sorts by who organises them rather than one by one.
_MANY = 40
_SORT = (
    "Pour laisser un organisateur, recopiez sa ligne dans `sources.yml`, sous cette source, et "
    "relancez la moisson :"
)


def _by_whom(harvest: Harvest) -> Iterator[str]:
    # What is proposed at once, by who organises it, with some titles.
    made = (it for it in harvest.changes if it.fate in (Fate.NEW, Fate.INCOMPLETE))
    whose = _whose(it for it in made if it.by and not it.before)
    if sum(len(titles) for _, titles in whose) <= _MANY:
        return
    rows = ["    garder:", "      sauf:"]
    for name, titles in whose:
        told = " ; ".join(shown(title, _SIGNS) for title in titles[:3])
        rows.append(f"        - {written(name)} # {len(titles)} : {told}")
    yield from _to_copy(f"Garder ou laisser, par organisateur ({len(whose)})", _SORT, rows)


_KEEP = (
    "Pour garder l’un d’eux, tout un organisateur ou une série (le début de ses titres), recopiez "
    "sa ligne dans `sources.yml`, sous cette source :"
)


def _to_keep(harvest: Harvest) -> Iterator[str]:
    # What speaks not of science, named by who organises it.
    left = [it for it in harvest.changes if it.fate is Fate.LEFT and it.why == NOT_SCIENCE]
    rows = ["    garder:", "      sciences: true", "      aussi:"]
    whose = _whose(left)
    for name, titles in whose:
        rows += [f"        - {written(name)} # tout : {len(titles)}"] if name else []
        some = [*dict.fromkeys(titles)][: max(1, _ROWS // len(whose) - 1)]
        rows += [f"        - {written(title)}" for title in some]
    if left:
        head = f"Laissés, qui ne parlent pas de science ({len(left)})"
        yield from _to_copy(head, _KEEP, rows)


def _whose(changes: Iterable[Change]) -> list[tuple[str, list[str]]]:
    # Titles by who organises them, most first.
    whose = defaultdict[str, list[str]](list)
    for change in changes:
        whose[change.by].append(shown(change.title, _WIDE))
    return sorted(whose.items(), key=lambda row: (-len(row[1]), row[0]))


_ONCE = (
    'Complétez ces lignes (rien : `""`), recopiez-les dans `sources.yml`, sous cette source, et '
    "relancez la moisson :"
)
_END = "</details>"
_ANSWERS = "Réponses ajoutées à sources.yml : supprimez-y la ligne d’une qui est fausse"


def _questions(harvest: Harvest) -> Iterator[str]:
    # What its source is asked once and nothing answers, by where it is answered.
    asked = [it for it in harvest.questions if not it.meant]
    rows: list[str] = []
    for where in sorted({it.where for it in asked}):
        own = [it for it in asked if it.where == where]
        rows += [f"    {where}:"] if own[0].said else []
        for it in own:
            key = f"  {written(it.said)}" if it.said else where
            rows.append(f'    {key}: ""{f" # {it.many}" * (it.many > 1)}')
    if rows:
        yield from _to_copy(f"À dire une fois pour toute la source ({len(asked)})", _ONCE, rows)


def _to_copy(head: str, how: str, rows: Sequence[str]) -> Iterator[str]:
    more = [f"    # et {len(rows) - _ROWS} de plus"] if len(rows) > _ROWS else []
    yield from ("", f"<details><summary>{head}</summary>", "", how, "", "```yaml", *rows[:_ROWS])
    yield from (*more, "```", "", _END)


def _height(row: str) -> int:
    return sum(-(-len(line) // _SIGNS) for line in row.split("\n"))


def _lists(harvest: Harvest, listed: int, site: Site | None) -> Iterator[tuple[str, Sequence[str]]]:
    # What a source changes, a row for each content: the worst first, after what it is said to mean.
    if answers := harvest.answers:
        told = [f"- {_line(it.said)} : {_line(it.meant)}, {it.many} fois" for it in answers]
        yield f"{_ANSWERS} ({len(told)})", told
    for fate in _READ:
        mine = (change for change in harvest.changes if change.fate is fate)
        rows = sorted(mine, key=lambda change: change.day or date.max)
        shown = rows[: _LISTED if fate in _WORST else listed]
        told = ["\n".join(_lines_of(change, site)) for change in shown]
        if more := len(rows) - len(shown):
            told.append(f"- et {more} de plus, dans les fichiers de la proposition")
        if rows:
            yield f"{capital(fate.value[len(rows) > 1])} ({len(rows)})", told
        if fate is Fate.GONE:
            contacts = [*_contacts(harvest)]
            if contacts:
                yield f"{_CONTACTS} ({len(contacts)})", contacts
    if guessed := [*_guessed(harvest)]:
        yield "À relire", guessed
    left = Counter(change.why for change in harvest.changes if change.fate is Fate.LEFT)
    del left[NOT_SCIENCE]
    if left:
        lines = [f"- {number} : {inline(why, _WHOLE)}" for why, number in left.most_common()]
        yield f"Laissés ({left.total()})", lines


def _guessed(harvest: Harvest) -> Iterator[str]:
    # What was cut or guessed, each sort once.
    sorts = defaultdict[tuple[str, str], list[str]](list)
    for change in harvest.written:
        for loss in change.told:
            if loss.asked:
                continue
            value = f" « {loss.value} »" * bool(loss.value)
            sorts[loss.name, loss.reason].append(f"{change.title}{value}")
    for (name, reason), titles in sorts.items():
        more = f" et {len(titles) - 1} de plus" * (len(titles) > 1)
        yield f"- {inline(f'{name}, {reason}', _WHOLE)} : {_line(titles[0])}{more}"


def _contacts(harvest: Harvest) -> Iterator[str]:
    for change in harvest.written:
        told = (fault for fault in change.advice if fault.code in PRIVATE)
        words = " ; ".join(dict.fromkeys(map(_contact, told)))
        if words:
            yield f"- {_line(change.title)} : {inline(words, _WHOLE)}"


def _contact(fault: Diagnostic) -> str:
    return _QUOTED.sub(r"« \1… »", fault.message.rstrip("."))


def _lines_of(change: Change, site: Site | None) -> Iterator[str]:
    kind = BY_FOLDER.get("".join(change.path.parts[1:2]))
    when = ""
    if kind and not kind.info.dated:
        when = kind.info.nom
    elif change.day:
        when = jour_court(change.day)
    note = f" : {inline(change.why, _WHOLE)}" if change.why else ""
    yield f"- {when}{' · ' * bool(when)}{_line(change.title)}{note}"
    if change.before:
        for row in change.differences:
            if row not in _TOLD:
                yield f"  - {_difference(row, site)}"


# What the fate of a content says already.
_TOLD = (Difference("etat", "", CANCELLED),)


def _difference(row: Difference, site: Site | None) -> str:
    title = _titles().get(row.field, row.field)
    if row.field in _IN_SIGNS:
        return f"{title} : changée"
    before, after = (_rows(value) for value in (row.before, row.after))
    if len(before) > 1 or len(after) > 1:
        gone = [_said(one, row.field, site) for one in before if one not in after]
        new = [_said(one, row.field, site) for one in after if one not in before]
        parts = [("ôté", gone), ("ajouté", new)]
        told = [f"{name} {_line(' ; '.join(words))}" for name, words in parts if words]
        return f"{title} : {', '.join(told)}"
    hour_alone = row.before[:10] == row.after[:10]
    absent = "programme" if row.field == "etat" else _NOTHING
    values = ((*before, absent)[0], (*after, absent)[0])
    words = (_said(one, row.field, site, hour_alone=hour_alone) for one in values)
    return f"{title} : {' → '.join(map(_line, words))}"


def _rows(value: str) -> list[Any]:
    # What a file writes, a list by its items.
    with suppress(yaml.YAMLError):
        read = yaml.load(value, yaml.BaseLoader)  # noqa: S506  # texts alone
        if isinstance(read, list):
            return read
        return [*filter(None, [read])]
    return [value]


def _said(value: Any, name: str, site: Site | None, *, hour_alone: bool = False) -> str:
    # A value as one says it: a moment, its ``hour_alone`` or its day too, a term, a place.
    if isinstance(value, Mapping):
        return ", ".join(_said(one, key, site) for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(_said(one, name, site) for one in value)
    with suppress(ValueError):
        moment = datetime.fromisoformat(value)
        hour = heure(moment.time()) if " " in value else ""
        day = "" if hour and hour_alone else jour_court(moment.date(), annee=False)
        return ", ".join(filter(None, (day, hour)))
    if site and name == "etat":
        return site.vocabularies.label("etats", value)
    if site and name == "lieu" and (place := site.lieu(value)):
        return place.entry.titre
    return str(value)


@cache
def _titles() -> Mapping[str, str]:
    # What each field is called.
    titles: dict[str, str] = {}
    for model in MODELS.values():
        titles |= {name: info.title or name for name, info in fields_of(model)}
    return titles | {BODY: "Texte"}


def _line(text: str) -> str:
    return inline(text, _WIDE)
