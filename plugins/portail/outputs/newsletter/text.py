"""The plain text of a mail: all that its HTML tells, and every address, each alone on its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portail.model.issue import Group, Line, Link, Section
from portail.outputs.newsletter.columns import one_line, width, wrapped
from portail.outputs.newsletter.views import MailView
from portail.outputs.newsletter.word import Bloc, Piece
from portail.text.calendar_names import JOURS_COURTS, MOIS_COURTS
from portail.text.dates import jour
from portail.text.inline import plain
from portail.text.typography import typographie

__all__ = ["LONG", "mail_text"]

LONG = ("une", "relire")
"""Sections whose lines are told at length."""
_LEAF = 11
"""Columns of a line that hold its day."""
_NBSP = "\u00a0"


def mail_text(view: MailView) -> Iterator[str]:
    """Pieces of the text of a mail, lines ended by ``\\n``; every part after an empty line."""
    parts = (
        _head(view),
        _ribbon(view),
        _word(view),
        _errata(view),
        *(_section(section, view) for section in view.numero.sections),
        _figure(view),
        _contribute(view),
        _foot(view),
    )
    for rank, part in enumerate(parts):
        lines = list(part)
        if lines:
            yield "".join(f"{line}\n" for line in ([""] if rank else []) + lines)


def _said(text: str) -> str:
    return one_line(typographie(plain(text)))


def _address(url: str, margin: str = "    ") -> str:
    return f"{margin}{one_line(url)}"


def _linked(words: str, url: str, margin: str = "") -> Iterator[str]:
    """What a link says, then where it leads."""
    yield from wrapped(f"{_said(words)}{_NBSP}:", margin)
    yield _address(url, f"{margin}    ")


def _underlined(title: str, sign: str) -> Iterator[str]:
    lines = list(wrapped(_said(title)))
    yield from lines
    yield sign * max(map(width, lines), default=0)


def _head(view: MailView) -> Iterator[str]:
    who = view.enseigne
    yield "LA LETTRE DU JEUDI"
    yield from wrapped(_said(f"{who.nom} {who.en_region}"))
    edition = f" · édition {_said(view.edition)}" if view.edition else ""
    yield from wrapped(f"{jour(view.jour).capitalize()} · {view.semaine}{edition}")
    yield f"Le portail, puis cette lettre en ligne{_NBSP}:"
    yield _address(view.accueil)
    yield _address(view.url)


def _ribbon(view: MailView) -> Iterator[str]:
    days = view.numero.ruban
    if not days:
        return
    heads = [f"{JOURS_COURTS[one.jour.weekday()]} {one.jour.day}" for one in days]
    counts = [f"{one.nombre} rdv" for one in days]
    for row in (heads, counts):
        yield "".join(f"{cell:<10}" for cell in row).rstrip()
    yield f"L’agenda de ces jours{_NBSP}:"
    yield from (_address(url) for url in dict.fromkeys(view.adresse(one.url) for one in days))


def _word(view: MailView) -> Iterator[str]:
    for bloc in view.mot:
        yield from _bloc(bloc)
    if view.mot:
        yield "— La rédaction"


def _bloc(bloc: Bloc) -> Iterator[str]:
    for rank, pieces in enumerate(bloc.elements, start=1):
        mark = {"ul": "* ", "ol": f"{rank}. "}.get(bloc.genre, "")
        start = mark
        for line in "".join(piece.texte for piece in pieces).split("\n"):
            yield from wrapped(line, start, " " * len(mark))
            start = " " * len(mark)
        yield from (_address(url) for url in _urls(pieces))
    yield ""


def _urls(pieces: Iterable[Piece]) -> Iterator[str]:
    yield from dict.fromkeys(_readable(piece.url) for piece in pieces if piece.url)


def _readable(url: str) -> str:
    return url.removeprefix("mailto:") if url.lower().startswith("mailto:") else url


def _errata(view: MailView) -> Iterator[str]:
    if not view.numero.errata:
        return
    yield from _underlined(view.errata, "!")
    for one in view.numero.errata:
        told = f"{_said(one.mot)}{_NBSP}: {_said(one.titre)}, {_said(one.texte)}"
        yield from wrapped(told, "! ", "  ")
        if one.url:
            yield _address(view.adresse(one.url))


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
    if group.titre:
        yield ""
        yield from _underlined(group.titre, "-")
    for rank, line in enumerate(group.lignes, start=1):
        if rank > 1 or not group.titre:
            yield ""
        yield from _line(line, f"{rank}. " if section.cle in LONG else "* ", section, view)
    if not group.lignes:
        yield from wrapped(_said(group.vide), "  ")
    for link in group.liens:
        yield from _link(link, view, "  ")


def _line(line: Line, mark: str, section: Section, view: MailView) -> Iterator[str]:
    """A content: its day or a mark, its title and its state, what is said of it, its address."""
    if line.jour:
        mark = f"  {line.jour.day} {MOIS_COURTS[line.jour.month - 1]}".ljust(_LEAF)
    margin = " " * len(mark)
    nature = f" [{_said(line.nature)}]" if line.nature and _tells_nature(line, section) else ""
    state = f" [{_said(line.etiquette)}]" if line.etiquette else ""
    yield from wrapped(f"{_said(line.titre)}{nature}{state}", mark)
    told = line.texte if _tells_nature(line, section) else ""
    for words in filter(None, (told, line.details)):
        yield from wrapped(_said(words), margin)
    yield _address(view.adresse(line.url), margin)


def _tells_nature(line: Line, section: Section) -> bool:
    """Whether the mail says what a line is and what it is about: at length, not on leaves."""
    return section.cle in LONG and not line.jour


def _figure(view: MailView) -> Iterator[str]:
    figure = view.numero.chiffre
    if figure is None:
        return
    yield ""
    yield from _underlined("Le chiffre", "=")
    yield ""
    yield from wrapped(_said(figure.valeur))
    yield from wrapped(_said(figure.libelle))
    yield from _linked(f"Source : {figure.source.texte}", view.adresse(figure.source.url))


def _contribute(view: MailView) -> Iterator[str]:
    if view.contact or view.numero.contributeurs:
        yield ""
    if view.contact:
        yield from _underlined("Un événement, un article, une annonce ?", "=")
        yield ""
        yield "Écrivez à la rédaction : votre texte est relu, puis il paraît."
        yield _address(view.enseigne.courriel)
    names = ", ".join(map(_said, view.numero.contributeurs))
    if names:
        yield from [""] if view.contact else []
        yield from wrapped(f"Ont contribué cette semaine{_NBSP}: {names}.")


def _foot(view: MailView) -> Iterator[str]:
    who = view.enseigne
    yield "-- "
    yield from wrapped(
        f"Pourquoi je reçois ceci{_NBSP}? Vous vous êtes abonné à l’édition "
        f"{_said(view.numero.nom)} de la lettre. Votre adresse ne sert qu’à cet envoi{_NBSP}; "
        "aucun lien n’est suivi."
    )
    yield from _linked("Choisir une autre édition", view.lettres)
    yield from _linked("Composer ma lettre", view.ma_lettre)
    yield from _linked("Faire suivre à quelqu’un", view.url)
    yield from _linked("Me désabonner", view.depart)
    licence = "textes sous licence CC BY-SA 4.0, sauf mention contraire"
    yield from wrapped(f"{_said(who.nom)} {_said(who.en_region)} · {licence}")
