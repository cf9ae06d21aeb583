"""Views of the pages of contents."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import Struct, field

from portail.body.document import Heading
from portail.facts.when import Feuille
from portail.model.entry import Entry
from portail.text.typography import SafeHtml

from . import shared
from .lists import Bloc


class Lecture(Struct, frozen=True):
    """Around the text of a content: who signed it, what gathers it, and where one mends it.

    ``corriger``, ``annuler``, ``reconduire`` and ``retour`` fill the form; without one,
    ``corriger`` opens a message or the file on the forge. ``texte`` is the Markdown to publish
    again as ``reprise`` says.
    """

    auteurs: tuple[shared.Lien, ...] = ()
    recueils: tuple[shared.Lien, ...] = ()
    courriel: str = ""
    corriger: str = ""
    annuler: str = ""
    reconduire: str = ""
    retour: str = ""
    texte: str = ""
    reprise: str = ""


class EntryView(shared.PageView, frozen=True, kw_only=True):
    """The page of one content. ``entry`` is the model itself: front-matter keys are template
    variables.

    ``corps`` is the checked body, the only markup. Of an event: ``premiers`` open the box,
    ``quand`` is the session to tell first, ``fratrie`` its rank in its group; ``apres`` replaces
    ``message`` once it is over. What only a kind has is a view of its feature.
    """

    entry: Entry
    kind: str
    surtitre: str
    theme: str
    themes: tuple[shared.Lien, ...]
    territoires: tuple[shared.Lien, ...]
    signature: tuple[shared.Lien, ...]
    publie: date | None
    modifie: date | None
    minutes: int
    etiquettes: tuple[shared.Etiquette, ...]
    image: shared.Picture | None
    corps: SafeHtml
    sommaire: tuple[Heading, ...]
    faits: tuple[shared.Fait, ...]
    boutons: tuple[shared.Lien, ...]
    feuille: Feuille | None
    tableaux: tuple[tuple[str, tuple[shared.Fait, ...]], ...]
    blocs: tuple[Bloc, ...]
    licence: shared.Lien
    fichier_url: str
    message: shared.Message | None
    apres: shared.Message | None = None
    fin: date | None = None
    suite: tuple[date, ...] = ()
    carte: shared.MapView | None = None
    lecture: Lecture = field(default_factory=Lecture)
    empreinte: str = ""
    profonde: str = ""
    chiffre: tuple[str, str] | None = None
    facade: tuple[shared.Facade, shared.Lien] | None = None
    lieu: Any = None
    outil: Any = None
    dates: tuple[Any, ...] = ()
    territoire: Any = None
    ics: str = ""
    premiers: tuple[shared.Fait, ...] = ()
    replis: tuple[shared.Fait, ...] = ()
    quand: Any = None
    periode: str = ""
    contexte: tuple[shared.Lien, ...] = ()
    programmes: tuple[Any, ...] = ()
    fratrie: Any = None
    autour: Bloc | None = None
    acteurs: tuple[shared.Lien, ...] = ()
    grille: Any = None
    editions: tuple[shared.Lien, ...] = ()
    edition: Any = None
    vide: shared.Vide | None = None
