"""What words tell of something to come: its days and hours, its title, its town, and what an import
reads in any text (price, age, booking, format). Nothing else of the words is kept: who wrote them
did not write for the public."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import chain
from typing import Any, NamedTuple

from portail.text.dates import JOURS, month_number
from portail.text.normalise import fold
from portail.text.typography import capital
from portail_importer.importer.sources.compose import compose
from portail_importer.importer.sources.items import SourceItem
from portail_importer.importer.sources.places import Portal

_NAMES = rf"(?:{'|'.join([*JOURS, *(name[:3] for name in JOURS)])})s?[.,]? "
_MONTH = r"(?P<mois>janv?|fevr?|mars|avr|mai|juin|juil|aout|sept?|oct|nov|dec)[a-z]*\.?"
_DAYS = re.compile(
    # « du 5 au », « samedi 5 et », the day, its month, its year.
    rf"(?:\bdu (?:{_NAMES})?(?P<du>\d{{1,2}})(?:er)?"
    r"(?:[ /.](?P<du_mois>[a-z]{3,9}|\d{1,2})\.?)?(?:[ /.]\d{4})? au )?"
    rf"(?:(?:{_NAMES})?\b(?P<aussi>(?:(?<=[si] )(?:\d{{1,2}}(?:er)?, )+)?\d{{1,2}})(?:er)?,? "
    r"(?:et|&|ou) (?:le )?)?"
    rf"(?P<semaine>{_NAMES})?(?:le )?(?<![\d/.])(?P<jour>\d{{1,2}})(?:er)?"
    r"(?![\dh:€]| ?(?:h|heures?|ans|euros?|€|personnes|places)\b)"
    rf"(?: ?{_MONTH}|[/.-](?P<chiffre>\d{{1,2}}))?(?:(?: |[/.-])(?P<an>[12]\d{{3}})\b)?"
)
_CLOCK = (
    r"(?:(?P<{0}h>\d{{1,2}}) ?(?:h(?:eures?)?|:)(?: ?(?P<{0}m>[0-5]\d)\b)?(?!\w)"
    r"|(?P<{0}n>(?<!apres[ -])midi|minuit)\b)"
)
_CLOCKS = (_CLOCK.format("a"), _CLOCK.format("b"))
_HOURS = re.compile(
    rf"(?<![\w/])(?P<entre>entre )?(?:{_CLOCKS[0]}"
    r"|(?:(?<=de )|(?<=: ))(?P<nu>\d{1,2})(?= ?(?:-|a) ?\d{1,2} ?h))"
    rf"(?: ?(?(entre)et|(?:-|–|/|>|a|jusqu'a)) ?{_CLOCKS[1]})?"
)
# What is between the hours of one day.
_ALSO = re.compile(r"(?:,? (?:et|puis)|,) (?:a |de )?")
# A length, and days on which it does not take place.
_NO_HOUR = re.compile(r"(?:dur[a-z]*|pendant|environ|soit|ouvert[a-z]* d[eu])\W{0,3}$")
_NO_DAY = re.compile(
    r"(?:avant|jusqu'au|plus tard|cloture|inscri\w+|redige|ecrit|recu|conseil) (?:le |du )?$"
)
_WEEK = re.compile(rf"\bdu ({'|'.join(JOURS)}) au ({'|'.join(JOURS)})\b(?! \d)")
_MONTHLY = re.compile(rf"\b(?:les|chaque) (?:{'|'.join(JOURS)})s? (?:de |d')({_MONTH})\b")
_NEAR = 160
_TITLED = re.compile(
    r"^\W*(?:titre|intitule|nom de l'evenement|de quoi s'agit-il|quoi)\W{0,3}[:?]\s*(\S.*)", re.M
)
_PLACED = re.compile(r"^\W*(?:lieu|ou|adresse|rendez-vous|rdv)\W{0,3}[:?]\s*(\S.*)", re.M)
_QUOTED = re.compile(r"[«“\"]\s*([^«»“”\"\n]{4,100}?)\s*[»”\"]")
_VAGUE = frozenset(
    "deux trois annoncer annonces heure horaire horaires presentation atelier ateliers "
    "conference evenement evenements programme info infos information agenda annonce "
    "affiche affiches proposition notre nos votre pour le la les l d de du des un une a "
    "au et en merci "
    "bonjour diffusion diffuser publier publication proposer demande svp date dates visuel photo "
    "flyer invitation sortie nouvelle nouveau prochain prochaine rendez vous site portail culture "
    "scientifique message communique presse janvier fevrier mars avril mai juin juillet aout "
    "septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi samedi "
    "dimanche".split()
)
_OPENS = re.compile(
    r"^.*?(?:organis\w+|propos\w+|anim\w+|accueill\w+|invit\w+(?: [aà])?|present\w+"
    r"|annonc\w+|recevons|aura lieu"
    r"|programm\w+|projet\w+|fait|donn\w+|prevoy\w+|rappel\w*|mettre|publier"
    r"|annoncer|pour|nous|:) ",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    r"[\s,;:(–-]+(?:(?:aura|auront|a|ont) lieu"
    r"|se (?:tien(?:t|dra)|deroule(?:ra)?)|est prevue?|le|ce|du"
    r"|les|au|a|de|pour)?$",
    re.I,
)
# What may name a town, and what stands before it: its postcode, or a word that places it.
_TOWN = re.compile(
    r"(?:(?P<code>\b\d{5})\s+|(?:^|\b(?:à|a|À|de|en|sur|au|du)|[,(:–—-]|\n|d[’'])\s*)"
    r"(?P<nom>(?:L[ea]s? |L[’'])?[A-ZÀ-Ý][\w’'-]+"
    r"(?:[ -](?:(?:sur|sous|en|les|lès|lez)[ -]|[dl][’'])*[A-ZÀ-Ý][\w’'-]+)*)"
)
_JOINS = re.compile(
    r".*(?:\b(?:à la\b|à l[’']|aux?\b|dans l(?:[ae]\b|[’'])|chez\b|devant\b|Lieu ?:|Où ?[?:])"
    r"\s*|[.!?;:\n]\s*)",
    re.S,
)
_GREETED = re.compile(
    r"^\W*(?:(?:bjr|bonjour|bonsoir|merci|salut|voici)\b|\d\d,)?\W*", re.IGNORECASE
)
_OF = re.compile(r"(?:^|\s)(de|du|d[’']|à|en|sur|au)$")
_ARTICLE = re.compile(r"^(?:l[ae]s? |l[’'])", re.IGNORECASE)
_LONG_NAME = 70
# What no name of a place has.
_UNFIT = re.compile(
    r"»|\d ?h(?:\d|\b)|\b(?:ans|[Nn]ous|vous|[Jj]e|sera|serait|aura|avons)\b|\bj[’']"
)
_KEPT = frozenset(
    "titre debut fin seances horaires lieu adresse salle format publics age tarif "
    "inscription etat".split()
)


class Moment(NamedTuple):
    """A day to come, with the hours of the day if they are said, where a text says it."""

    at: int
    end: int
    first: date
    last: date
    start: str = ""
    stop: str = ""


def moments(text: str, day: date) -> list[Moment]:
    """The days to come that a text says, of the next twelve months where it says no year.

    >>> text = "Samedi 12 décembre de 14h à 16 h 30, puis le 5/1 à midi ; inscription avant le 1/12"
    >>> [(str(it.first), it.start, it.stop) for it in moments(text, date(2026, 11, 27))]
    [('2026-12-12', '14:00', '16:30'), ('2027-01-05', '12:00', '')]
    """
    plain = _plain(text)
    found: list[Moment] = []
    for match in _DAYS.finditer(plain):
        first, last, also = _days_of(match, day)
        if first is None or last is None or last < day or _NO_DAY.search(plain[: match.start()]):
            continue
        spans = [*((one, one) for one in also), (first, last)]
        found += [Moment(match.start(), match.end(), *span) for span in spans]
    for match in _MONTHLY.finditer(plain):
        month = month_number(match["mois"][:4].rstrip(".")) or 0
        last = _coming(1, month % 12 + 1, 0, "", day) or day
        last -= timedelta(days=1)
        if last >= day:
            found.append(Moment(match.start(), match.end(), last.replace(day=1), last))
    hours = [*_hours(plain)]
    timed = (_timed(moment, found[rank + 1 :], hours, plain) for rank, moment in enumerate(found))
    return [*chain.from_iterable(timed)]


def hours_in(text: str) -> list[tuple[str, str]]:
    """The hours of the day that a text says, each once, with their ends.

    >>> hours_in("À 16 h 30, ou de 14h à 17h ; durée : 2 h")
    [('16:30', ''), ('14:00', '17:00')]
    """
    return [*dict.fromkeys(it[2:] for it in _hours(_plain(text)))]


def _hours(plain: str) -> Iterator[tuple[int, int, str, str]]:
    for match in _HOURS.finditer(plain):
        if not _NO_HOUR.search(plain[: match.start()]):
            yield match.start(), match.end(), *_hours_of(match)


def _plain(text: str) -> str:
    # Sign for sign, without accents.
    return "".join(fold(sign) if len(fold(sign)) == 1 else sign for sign in text.replace("’", "'"))


def _timed(
    moment: Moment, later: list[Moment], hours: list[tuple[int, int, str, str]], plain: str
) -> Iterator[Moment]:
    # The first hours behind a day, before the next day that has its own; else those just before it;
    # and those that follow.
    ends = [other.at for other in later if other.at > moment.at]
    behind = [it for it in hours if moment.end <= it[0] < moment.end + _NEAR]
    own = [it for it in behind if not ends or it[0] < ends[0]]
    shared = [it for it in behind if ends and it[0] > ends[-1]]
    before = [it for it in hours if 0 <= moment.at - it[1] < 12]
    found = [*own[:1], *before[-1:], *shared[:1], (0, moment.end, "", "")][:1]
    for it in hours:
        if _ALSO.fullmatch(plain[found[-1][1] : it[0]]):
            found.append(it)
    for _, end, start, stop in found:
        yield moment._replace(start=start, stop=stop, end=max(end, moment.end))


def _days_of(match: re.Match[str], day: date) -> tuple[date | None, date | None, list[date]]:
    named = match["semaine"] or ""
    month = (
        month_number(match["mois"][:4].rstrip(".")) if match["mois"] else int(match["chiffre"] or 0)
    )
    if not month and not named:
        return None, None, []
    year = int(match["an"] or 0)
    last = _coming(int(match["jour"]), month, year, named, day)
    if last is None:
        return None, None, []
    also = []
    if match["aussi"] and month:
        numbers = map(int, re.findall(r"\d+", match["aussi"]))
        also = [it for number in numbers if (it := _on(last.year, month, number))]
    if match["du"]:
        named = match["du_mois"] or str(last.month)
        begun = int(named) if named.isdigit() else month_number(named[:4]) or last.month
        first = _on(last.year - (begun > last.month), begun, int(match["du"]))
        return first, last, []
    return last, last, also


def _coming(number: int, month: int, year: int, named: str, day: date) -> date | None:
    # The day meant: of the year that is said, else the next one; of a weekday, that one.
    for shift in range(-60, 330):
        one = day + timedelta(days=shift)
        fits = one.day == number and month in (0, one.month) and (month or shift >= 0)
        if fits and year in (0, one.year) and (not named or JOURS[one.weekday()][:3] == named[:3]):
            return one
    if year:
        return _on(year, month, number)
    return None


def _on(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _hours_of(match: re.Match[str]) -> tuple[str, str]:
    parts = match.groupdict("")
    parts["ah"] = parts["ah"] or parts["nu"]
    return _clock(parts, "a"), _clock(parts, "b")


def _clock(parts: Mapping[str, str], side: str) -> str:
    named = {"midi": "12:00", "minuit": "00:00"}.get(parts.get(f"{side}n", ""), "")
    hour = parts.get(f"{side}h", "")
    if not hour or int(hour) > 23:
        return named
    return f"{int(hour):02d}:{parts.get(f'{side}m') or '00'}"


def drafts(words: str, subject: str, portal: Portal) -> Iterator[dict[str, Any]]:
    """The values of each thing to come, with its hour, that ``words`` tell: those of a front
    matter, without what nobody said."""
    told = [it for it in moments(words, portal.day) if it.start]
    if not told and subject:
        words = f"{subject}\n{words}"
        told = [it for it in moments(words, portal.day) if it.start]
    groups = _grouped(told, words)
    for rank, group in enumerate(groups):
        text = words
        if len(groups) > 1:
            start = _begins(words, group[0].at, groups[rank - 1][-1].end if rank else 0)
            end = len(words)
            if rank + 1 < len(groups):
                end = _begins(words, groups[rank + 1][0].at, group[-1].end)
            text = words[start:end]
        titre = _title(text, "" if len(groups) > 1 else subject, portal.day)
        item = SourceItem(
            row=1,
            titre=titre,
            quand=_when(group, _plain(text)),
            adresse=_place(text, portal) or _place(words, portal),
            texte=text,
        )
        values = {key: it for key, it in compose(item, portal).values.items() if key in _KEPT}
        for key, private in (
            ("tarif", ("conditions",)),
            ("inscription", ("courriel", "telephone")),
        ):
            inner = {
                name: it for name, it in dict(values.pop(key, {})).items() if name not in private
            }
            values |= {key: inner} if inner else {}
        yield values


def _grouped(told: list[Moment], words: str) -> list[list[Moment]]:
    # Sessions of one thing stand in one line, or their line says nothing else than when.
    groups: list[list[Moment]] = []
    for moment in told:
        if groups:
            between = words[groups[-1][-1].end : moment.at]
            line = words[words.rfind("\n", 0, moment.at) + 1 :].split("\n")[0]
            alone = len(_other_words(line)) < (1 if "\n\n" in between else 3)
            if "\n" not in between or alone:
                groups[-1].append(moment)
                continue
        groups.append([moment])
    return groups


def _other_words(line: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]{2,}", fold(line)) if word not in _VAGUE]


def _begins(words: str, at: int, least: int) -> int:
    # Where what a moment is of begins: its paragraph, or its line where that holds another.
    paragraph = words.rfind("\n\n", 0, at) + 1
    return max(paragraph if paragraph > least else words.rfind("\n", 0, at) + 1, least)


def _when(group: list[Moment], plain: str) -> dict[str, Any]:
    rows = []
    for it in group:
        if it.last != it.first:
            span = {"du": str(it.first), "au": str(it.last), "de": it.start, "a": it.stop}
            days = _weekdays(plain)
            return {"horaires": {**span, "tous_les": days} if days else span}
        rows.append({"debut": f"{it.first} {it.start}"})
        if it.stop > it.start:
            rows[-1]["fin"] = f"{it.first} {it.stop}"
    if len(rows) > 1:
        return {"seances": sorted(rows, key=lambda row: row["debut"])}
    return {**rows[0]}


def _weekdays(plain: str) -> list[str]:
    if span := _WEEK.search(plain):
        return [*JOURS[JOURS.index(span[1]) : JOURS.index(span[2]) + 1]]
    return [
        name
        for name in JOURS
        if re.search(rf"\b(?:(?:tous )?les|chaque|et) {name}s?\b(?! \d)", plain)
    ]


def _title(text: str, subject: str, day: date) -> str:
    plain = _plain(text)
    if labelled := _TITLED.search(plain):
        return text[labelled.start(1) : labelled.end(1)].strip(" .")
    if quoted := _QUOTED.search(text):
        return quoted[1]
    if len(_other_words(subject)) and " " in subject:
        return _undated(subject, day)
    for line in _announced(text, day).split("\n"):
        begun = next((it for it in moments(line, day)), None)
        head = _GREETED.sub("", line[: begun.at] if begun else line)
        if begun and len(_other_words(head)) < 2:
            titled = re.match(r"\s*[:–—-]\s*([^.(]+)", line[begun.end :])
            head = titled[1] if titled else ""
        head = _CLOSES.sub("", _OPENS.sub("", f"{head.strip()} ").strip())
        head = re.sub(r"^(?:une?|notre|nos|le|la|les|des) |^l[’']", "", head.strip(" «»,.:–-"))
        if len(_other_words(head)) > 1 and (begun or len(head) < 80) and len(head) < 120:
            return capital(head)
    return _undated(subject, day)


def _announced(text: str, day: date) -> str:
    # Below the paragraph that says when, names and towns may be those of a signature.
    at = next((it.at for it in moments(text, day)), 0)
    return text[:at] + text[at:].partition("\n\n")[0]


def _undated(title: str, day: date) -> str:
    begun = next(iter(moments(title, day)), None)
    if begun:
        head = title[: begun.at]
        title = head if _other_words(head) else title[begun.end :]
    return " ".join(_CLOSES.sub("", re.sub(r"^[^\w«]+|[^\w»!?).]+$", "", title)).split())


def _place(text: str, portal: Portal) -> str | dict[str, str]:
    plain = _plain(text)
    labelled = _PLACED.search(plain)
    at = labelled.start(1) if labelled else 0
    places = [text[at:].split("\n")[0]] * bool(labelled) + [_announced(text, portal.day), text]
    for where in places:
        for at, code, town in _towns(where, portal):
            head = where[:at].rstrip(" ,(–—-\u00a0")
            name = _GREETED.sub("", _JOINS.sub("", head)).removesuffix(code or " ").strip(" ,(–—-")
            of = _OF.search(name)
            name = capital(_ARTICLE.sub("", name[: of.start()] if of else name).strip(" ,(–-"))
            if of and name and of[1] != "à":
                name += f" {of[1]} {town.removeprefix('Le ')}".replace("’ ", "’").replace("' ", "'")
            while len(name) > _LONG_NAME or _UNFIT.search(name) or moments(name, portal.day):
                name = name.partition(", ")[2]
            return ", ".join(filter(None, (name, f"{code} {town}".strip())))
    return ""


def _towns(text: str, portal: Portal) -> list[tuple[int, str, str]]:
    # Where a text names towns, their postcodes and names: those that have one first, then those of
    # the region.
    found = []
    for match in _TOWN.finditer(text):
        words = match["nom"].split(" ")
        names = [" ".join(words[:count]) for count in range(len(words), 0, -1)]
        names += [f"Le {words[0]}"] * match[0].startswith(("du", "au"))
        name = next(filter(portal.geography.named, names), "")
        town = portal.geography.named(name)
        if town:
            is_home = town.departement in portal.geography.names.home
            found.append((not match["code"], not is_home, match, name))
    return [
        (match.start("nom"), match["code"] or "", name)
        for *_, match, name in sorted(found, key=lambda it: it[:2])
    ]
