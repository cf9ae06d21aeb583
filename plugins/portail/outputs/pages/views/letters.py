"""Pages of the letter: its archive, an issue, how one leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portail.model.issue import Issue
from portail.outputs.pages.views.frame import PageView
from portail.outputs.pages.views.shared import Lien
from portail.text.html import SafeHtml

__all__ = ["Abonnement", "DesabonnementView", "LettreView", "LettresView", "NumeroListe"]


@dataclass(frozen=True, slots=True)
class Abonnement:
    """How one subscribes. ``action`` is the address that the form posts to, ``champ`` the name of
    the field that says the list, ``listes`` the editions offered (value, name), ``choisie`` the
    value of the first choice, ``fixes`` the fields that nobody sees (name, value). Without
    ``action`` one writes: ``courriels`` are messages ready to send, one for each edition."""

    action: str = ""
    champ: str = ""
    listes: tuple[tuple[str, str], ...] = ()
    choisie: str = ""
    fixes: tuple[tuple[str, str], ...] = ()
    courriels: tuple[Lien, ...] = ()


@dataclass(frozen=True, slots=True)
class NumeroListe:
    """An issue in a list: its page, its Thursday, its subject, a sentence, « Semaine 38 », how much
    it holds; ``titres`` are those of what it tells first."""

    url: str
    jour: date
    titre: str
    chapo: str
    semaine: str
    compte: str
    titres: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LettresView(PageView):
    """The issues of one edition in one year. ``entete`` says both; ``edition`` is its name, ``""``
    for that of the whole region; ``editions`` lead to the others, ``annees`` to the other years.
    ``dernier`` is the last issue, on the first page, ``prochain`` the one in preparation; ``annee``
    is 0 while none was sent. ``ma_lettre`` is where one composes one's own, ``""`` for nowhere."""

    entete: str
    chapo: str
    edition: str
    editions: tuple[Lien, ...]
    dernier: NumeroListe | None
    prochain: Lien | None
    annee: int
    numeros: tuple[NumeroListe, ...]
    annees: tuple[Lien, ...]
    abonnement: Abonnement | None
    ma_lettre: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LettreView(PageView):
    """An issue: ``numero`` is what it tells, without the links to what is no more, ``mot`` the
    editor's word. ``envoye`` once it has gone out. ``formes`` are its mail and its text, when they
    are made; ``editions`` the other editions of that week, ``archive`` all issues."""

    numero: Issue
    mot: SafeHtml
    semaine: str
    envoye: bool
    formes: tuple[Lien, ...]
    editions: tuple[Lien, ...]
    precedent: Lien | None
    suivant: Lien | None
    archive: Lien
    inscription: str
    ma_lettre: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DesabonnementView(PageView):
    """How one leaves: ``page`` is where, ``listes`` the page of each edition, or a message ready to
    send; ``courriel`` the address of the editors."""

    page: str
    listes: tuple[Lien, ...]
    courriel: str
