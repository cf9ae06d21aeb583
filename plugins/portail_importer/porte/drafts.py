"""What words tell of something to come: its days and hours, its title, its town, and what an import
reads in any text (price, age, booking, format). Nothing else of the words is kept: who wrote them
did not write for the public."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

from portail.text.hints import level
from portail.text.normalise import fold, words_in
from portail.text.typography import capital
from portail_importer.importer.among import Moment, moments
from portail_importer.importer.sources.compose import compose
from portail_importer.importer.sources.items import SourceItem
from portail_importer.importer.sources.moments import Unclear, fields_of
from portail_importer.importer.sources.places import Portal

_LABELLED = r"^\W*(?:{})\W{{0,3}}[:?]\s*(\S.*)"
_TITLE = "titre|intitule|nom de l'evenement|de quoi s'agit-il|quoi"
_PLACE = "lieu|ou|adresse|rendez-vous|rdv"
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
    r"(?:[\s,;:(–-]+(?:(?:aura|auront|a|ont) lieu"
    r"|se (?:tien(?:t|dra)|deroule(?:ra)?)|est prevue?|le|ce|du"
    r"|les|au|a|de|pour)?){1,3}$",
    re.IGNORECASE,
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
_OF = frozenset("de du d’ d' à en sur au".split())
_ARTICLE = re.compile(r"^(?:(?:une?|notre|nos|l[ae]s?|des) |l[’'])", re.IGNORECASE)
_LONG_NAME = 70
# What no name of a place has.
_UNFIT = re.compile(
    r"»|\d ?h(?:\d|\b)|\b(?:ans|[Nn]ous|vous|[Jj]e|sera|serait|aura|avons)\b|\bj[’']"
)
_KEPT = frozenset(
    "titre debut fin seances horaires lieu adresse salle format publics age tarif "
    "inscription etat".split()
)


def drafts(words: str, subject: str, portal: Portal) -> Iterator[dict[str, Any]]:
    """The values of each thing to come, with its hour, that ``words`` tell: those of a front
    matter, without what nobody said."""
    told = _timed(words, portal.day)
    if not told and subject:
        words = f"{subject}\n{words}"
        told = _timed(words, portal.day)
    groups = _grouped(told, words)
    for rank, group in enumerate(groups):
        text = words
        if len(groups) > 1:
            start = _begins(words, group[0].at, groups[rank - 1][-1].end if rank else 0)
            end = len(words)
            if rank + 1 < len(groups):
                end = _begins(words, groups[rank + 1][0].at, group[-1].end)
            text = words[start:end]
        quand: dict[str, Any] = {}
        with suppress(Unclear):
            quand = fields_of([it.session for it in group], "", "")
        item = SourceItem(
            row=1,
            titre=_title(text, "" if len(groups) > 1 else subject, portal.day),
            quand=quand,
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


def _timed(words: str, day: date) -> list[Moment]:
    return [it for it in moments(words, day) if it.session.start]


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
    return [it for it in words_in(fold(line)) if it.isalpha() and it not in _VAGUE and it[1:]]


def _begins(words: str, at: int, least: int) -> int:
    # Where what a moment is of begins: its paragraph, or its line where that holds another.
    paragraph = words.rfind("\n\n", 0, at) + 1
    return max(paragraph if paragraph > least else words.rfind("\n", 0, at) + 1, least)


def _labelled(names: str, text: str) -> slice | None:
    # What a text says under one of these names.
    found = re.search(_LABELLED.format(names), level(text), re.M)
    return found and slice(*found.span(1))


def _title(text: str, subject: str, day: date) -> str:
    if labelled := _labelled(_TITLE, text):
        return text[labelled].strip(" .")
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
        head = _ARTICLE.sub("", head.strip(" «»,.:–-"))
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
    labelled = _labelled(_PLACE, text)
    own = [text[labelled]] if labelled else []
    for where in (*own, _announced(text, portal.day), text):
        for at, code, town in _towns(where, portal):
            head = where[:at].rstrip(" ,(–—-\u00a0")
            name = _GREETED.sub("", _JOINS.sub("", head)).removesuffix(code or " ").strip(" ,(–—-")
            before, _, of = name.rpartition(" ")
            of = of if of in _OF else ""
            name = capital(_ARTICLE.sub("", before if of else name).strip(" ,(–-"))
            if name and of not in ("", "à"):
                name += f" {of} {town.removeprefix('Le ')}".replace("’ ", "’").replace("' ", "'")
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
