"""The plain text of a mail: all that its HTML tells, and every address, each alone on its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from textwrap import wrap
from typing import Any

from portail.facts.when import FEW, days_text
from portail.resources import rows_of
from portail.site.site import Site
from portail.text.dates import heure, jour
from portail.text.typography import EXAMPLE_NAME, plain, typeset, unmarked

from .issue import (
    NUMBERED,
    Announced,
    Block,
    Erratum,
    Group,
    Line,
    Link,
    Section,
)
from .mails import MailView
from .picks import Changed
from .word_html import word_tree

# Columns of a line, so that it still fits 78 (RFC 5322, 2.1.1) once quoted twice.
LIMIT = 74
_BREAKS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")


def one_line(text: str) -> str:
    """``text`` without any break or control: only spaces that may break are joined.

    >>> one_line(" a\\r\\n\\u2028b\\xa0c ")
    'a b\\xa0c'
    """
    return _BREAKS.sub(" ", text).strip(" ")


def wrapped(text: str, first: str = "", then: str | None = None) -> Iterator[str]:
    """The lines of ``text``, of ``LIMIT`` columns at most, the first after ``first``, the others
    after ``then`` (default: as many spaces); a no-break space holds.

    >>> list(wrapped("un deux", "* "))
    ['* un deux']
    """
    margin = " " * len(first) if then is None else then
    yield from wrap(
        one_line(text),
        LIMIT,
        initial_indent=first,
        subsequent_indent=margin,
        break_on_hyphens=False,
    )


WORDS: Mapping[str, Any] = rows_of("channels.lettre", "mots")
NBSP = "\u00a0"
_BREAK = "\u2028"


def mail_text(view: MailView) -> Iterator[str]:
    """Pieces of the text of a mail, lines ended by ``\\n``; every part after an empty line."""
    parts = (
        _head(view),
        _word(view),
        _easy(view),
        *(_bloc_of(bloc, view) for bloc in view.numero.blocs),
        _contribute(view),
        _foot(view),
    )
    for rank, part in enumerate(parts):
        lines = list(part)
        if lines:
            yield "".join(f"{line}\n" for line in ([""] if rank else []) + lines)


def _plain_line(text: str) -> str:
    return one_line(typeset(plain(text))).replace(" · ", f"{NBSP}· ")


def _address(url: str, margin: str = "    ") -> str:
    return f"{margin}{one_line(url)}"


def _linked(words: str, url: str, margin: str = "") -> Iterator[str]:
    yield from wrapped(f"{_plain_line(words)}{NBSP}:", margin)
    yield _address(url, f"{margin}    ")


def _underlined(title: str, sign: str) -> Iterator[str]:
    lines = list(wrapped(_plain_line(title)))
    yield from lines
    yield sign * max(map(len, lines), default=0)


def _head(view: MailView) -> Iterator[str]:
    who = view.enseigne
    yield "LA LETTRE DU JEUDI"
    yield from wrapped(_plain_line(who.nom_complet))
    edition = f" · édition {_plain_line(view.edition)}" if view.edition else ""
    yield from wrapped(f"{jour(view.jour).capitalize()} · {view.semaine}{edition}")
    yield WORDS["mail"]["entete"]
    yield _address(view.accueil)
    yield _address(view.url)


def _word(view: MailView) -> Iterator[str]:
    for block in word_tree(view.numero.mot):
        for rank, element in enumerate([block] if block.tag == "p" else block, start=1):
            mark = {"ul": "* ", "ol": f"{rank}. "}.get(block.tag, "")
            for line_break in element.iter("br"):
                line_break.tail = f"{_BREAK}{line_break.tail or ''}"
            for count, line in enumerate(element.text_content().split(_BREAK)):
                yield from wrapped(line, " " * len(mark) if count else mark, " " * len(mark))
            urls = dict.fromkeys(link.get("href", "") for link in element.iter("a"))
            yield from (_address(url.removeprefix("mailto:")) for url in urls)
        yield ""
    if view.mot:
        yield "— La rédaction"


def _easy(view: MailView) -> Iterator[str]:
    lines = view.numero.faciles
    if lines:
        titles = f"{NBSP}; ".join(line.titre for line in lines)
        yield from wrapped(_plain_line(f"{WORDS['mail']['facile']}{NBSP}: {titles}."))
        yield from (_address(view.adresse(line.facile)) for line in lines)


def _bloc_of(bloc: Block, view: MailView) -> Iterator[str]:
    if bloc[0] == "errata" or bloc[0] == "changements":
        yield from _errata(bloc[1], view)
    else:
        yield from _section(bloc[1], view)


def _errata(errata: Sequence[Erratum], view: MailView) -> Iterator[str]:
    yield from _underlined(view.titre_errata(len(errata)), "!")
    for erratum in errata:
        text = f"{erratum.mot} : {erratum.titre}{erratum.suite}"
        yield from wrapped(_plain_line(text), "! ", "  ")
        if erratum.url:
            yield _address(view.adresse(erratum.url))


def _section(section: Section, view: MailView) -> Iterator[str]:
    yield ""
    yield from _underlined(section.titre, "=")
    for group in section.groupes:
        yield from _group(group, section, view)
    if section.lien:
        yield ""
        yield from _link(section.lien, view, "")


def _link(link: Link, view: MailView, margin: str) -> Iterator[str]:
    yield from _linked(link.texte, view.adresse(link.url), margin)


def _group(group: Group, section: Section, view: MailView) -> Iterator[str]:
    if group.lignes and section.cle not in NUMBERED:
        yield from _tight(group, view)
        return
    if group.titre:
        yield ""
        yield from _underlined(group.titre, "-")
    elif not group.lignes:
        yield ""
    for line in group.lignes:
        yield ""
        yield from _line(line, f"{view.numero.numeros[line.ref]}. ", view)
    if group.vide:
        yield from wrapped(_plain_line(group.vide), "  " if group.titre else "")
    for link in group.liens:
        yield from _link(link, view, "  ")


def _tight(group: Group, view: MailView) -> Iterator[str]:
    titles = (", ".join(filter(None, (line.titre, line.details))) for line in group.lignes)
    yield ""
    yield from wrapped(_plain_line(f"{group.titre}{NBSP}: {f'{NBSP}; '.join(titles)}."))
    for line in group.lignes:
        yield _address(view.adresse(line.url))
        yield from _easy_text(line, view, "    ")


def _easy_text(line: Line, view: MailView, margin: str) -> Iterator[str]:
    if line.facile:
        yield from _linked(WORDS["mail"]["facile"], view.adresse(line.facile), margin)


def _line(line: Line, mark: str, view: MailView) -> Iterator[str]:
    margin = " " * len(mark)
    yield from wrapped(_plain_line(line.titre), mark)
    details = " · ".join(filter(None, (line.etiquette, line.details)))
    for words in filter(None, (line.texte, details)):
        yield from wrapped(_plain_line(words), margin)
    yield _address(view.adresse(line.url), margin)
    yield from _easy_text(line, view, margin)


def _contribute(view: MailView) -> Iterator[str]:
    words = WORDS["mail"]
    if view.contact or view.numero.contributeurs:
        yield ""
    if view.contact:
        yield from _underlined(words["proposer"], "=")
        yield from ("", words["ecrire"], _address(view.enseigne.courriel))
    names = ", ".join(map(_plain_line, view.numero.contributeurs))
    if names:
        yield from [""] if view.contact else []
        yield from wrapped(words["contributeurs"].format(noms=names))


def _foot(view: MailView) -> Iterator[str]:
    words = WORDS["mail"]
    yield "-- "
    yield from wrapped(words["pied"].format(nom=_plain_line(view.numero.nom)))
    for name, text in words["liens"].items():
        yield from _linked(text, getattr(view, name))
    yield words["licence"]


def erratum(changed: Changed, site: Site, day: date, *, brief: bool = False) -> Erratum:
    """The erratum of one event in the letter of the Thursday ``day``; a ``brief`` one, at its foot,
    does not say which letter announced it."""
    item = site.items.get(changed.ref) if changed.apres else None
    word, outcome = _state_words(changed, day)
    # What is now followed from afar no longer has the place that it had.
    where = "" if _goes_online(changed) else _spot(changed.avant.lieu, changed.titre)
    first = ", ".join(filter(None, (_moments(changed.avant.jours, day), where)))
    sent = changed.semaine.thursday
    letter = f"la lettre du {jour(sent, semaine=False, annee=sent.year != day.year)}"
    text = f"{first}. " * bool(first) + f"Annoncé dans {letter}, {outcome}"
    return Erratum(
        ref=changed.ref,
        titre=changed.titre,
        mot=word,
        texte=f"{first}{NBSP}: {outcome}" if brief and first else text,
        url=item.url if item else "",
        jour=min((date.fromisoformat(text[:10]) for text in _days(changed)), default=None),
    )


def _goes_online(changed: Changed) -> bool:
    return changed.apres is not None and changed.apres.en_ligne and not changed.avant.en_ligne


def _spot(place: str, title: str) -> str:
    name = unmarked(place)
    if name == place or title != unmarked(title):
        return typeset(name)
    hall, comma, town = name.rpartition(", ")
    return typeset(f"{hall or town}{EXAMPLE_NAME}{comma}{town if hall else ''}")


def _days(changed: Changed) -> tuple[str, ...]:
    return (*changed.avant.jours, *(changed.apres.jours if changed.apres else ()))


def _state_words(changed: Changed, day: date) -> tuple[str, str]:
    before = changed.avant
    after = changed.apres
    words = WORDS["errata"]
    moved = after is not None and after.jours != before.jours
    if after is None or after.etat == "annule":
        name = "annule" if after else "retire"
    elif after.etat == "reporte":
        name = "attend"
    elif moved:
        return _moved(changed, after, day)
    elif _goes_online(changed):
        name = "en_ligne"
    else:
        name = "ailleurs" if after.lieu else "modifie"
    word, text = words[name]
    return word, text.format(lieu=_spot(after.lieu, changed.titre) if after else "")


def _moved(changed: Changed, after: Announced, day: date) -> tuple[str, str]:
    before = changed.avant
    word = "Reporté" if after.etat == "reprogramme" else "Nouvelles dates"
    if len(after.jours) == len(before.jours) == 1 and word != "Reporté":
        same = before.jours[0][:10] == after.jours[0][:10]
        word = "Nouvel horaire" if same else "Nouvelle date"
    where = ""
    if _goes_online(changed):
        where = ", en ligne"
    elif after.lieu and after.lieu != before.lieu:
        where = f", {_spot(after.lieu, changed.titre)}"
    return word, f"ce rendez-vous a lieu {_moments(after.jours, day, article=True)}{where}."


def _moments(moments: Sequence[str], day: date, *, article: bool = False) -> str:
    if not moments:
        return WORDS["phrases"]["a_preciser"] if article else ""
    days = [date.fromisoformat(moment[:10]) for moment in moments]
    days = list(dict.fromkeys(days))
    text = days_text(days, few=FEW, year=days[-1].year != day.year)
    le = ("le " if len(days) == 1 else "les ") if article and len(days) <= FEW else ""
    hours = dict.fromkeys(
        heure(datetime.fromisoformat(moment).time()) for moment in moments if moment[10:]
    )
    at = f" à {next(iter(hours))}" if len(hours) == 1 else ""
    return f"{le}{text}{at}"
