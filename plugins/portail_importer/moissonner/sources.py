"""``sources.yml``: the agendas, feeds and pages that a portal harvests, who agreed to it, and what
is kept of each.

It is read with the parser and the types of front matter; its values become a ``Source`` each, its
mistakes diagnostics at their line.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Annotated, Final

from msgspec import Struct
from pydantic import BeforeValidator

from portail.codes import diagnostic
from portail.diagnostics import ConfigError, Diagnostic, Position, Refused
from portail.feature import Around, Checked
from portail.features.services.coordonnees.contacts import check_office, check_table
from portail.features.services.schemas.fields import fields_of
from portail.files import bytes_in
from portail.late import late
from portail.model.entry import Groupe, pairs
from portail.model.faults import fault, phrase
from portail.model.fields import Annee, Booleen, Jour, Ligne, Liste, Ref, Terme, Texte
from portail.model.kinds import BY_FOLDER, PLACES
from portail.model.registry import MODELS
from portail.model.scalars import Reading, champ, typed
from portail.site.site import Site
from portail.source.document import Node, decode, parse_front_matter
from portail.source.validation import validate_group
from portail.terminal.text import counted
from portail.text.addresses import is_address, shown_address
from portail.text.normalise import name_key, slugify
from portail.text.suggest import meant
from portail.text.typography import capital

from ..importer.sources.addresses import subscribed
from .record import FILE as RECORD
from .record import judge_record, read_record

# Every build reads the file, few look at contents that come from its sources.
with late("portail_importer.importer"):
    from ..importer import base, values

FILE: Final = "sources.yml"
_PATH = PurePosixPath(FILE)
# A file that is a mere list: comments, then its first item.
_LIST = re.compile(r"(?:[ \t]*(?:#.*|---)?\n)*-[ \t]")


def _read_option(text: str) -> str:
    # « CHAMP=VALEUR », where some kind of content has that field (E204).
    name, _, value = (part.strip() for part in text.partition("="))
    keys: set[str] = set()
    for model in MODELS.values():
        keys.update(key for key, _ in fields_of(model))
    if name.partition(".")[0] in keys and value:
        return text
    near = meant(name, keys - {name})
    remedy = f"Écrivez CHAMP=VALEUR, par exemple format=conference.{near}"
    raise fault("E204", cle=name or text, remede=remedy)


def _read_folder(text: str) -> str:
    if text in BY_FOLDER:
        return text
    known = ", ".join(sorted(BY_FOLDER))
    remedy = f"Écrivez un dossier de contenus : {known}.{meant(text, BY_FOLDER)}"
    raise fault("E203", valeur=text, cle="genres", remede=remedy)


_VARIABLE = re.compile(r"\$\{([A-Za-z_]\w*)\}")


def _read_address(text: str) -> str:
    # A complete address (E219), be it of an intranet; or a variable of the environment, alone.
    text = subscribed(text)
    if not (is_address(text) or _VARIABLE.fullmatch(text)):
        raise fault("E219", valeur=shown_address(text), raison=phrase("url_signe"))
    return text


def address_in(text: str, environ: Mapping[str, str]) -> str:
    """An address as ``sources.yml`` has it, its variables replaced by their values.

    Raises ``Refused`` for a variable that is empty, or whose value gives no address. The message
    names the variable and never its value, which may hold a key.
    """
    names = _VARIABLE.findall(text)
    if missing := [name for name in names if not environ.get(name)]:
        raise Refused(f"La variable « {missing[0]} » est absente de l’environnement.")
    address = _VARIABLE.sub(lambda match: subscribed(environ[match[1]].strip()), text)
    if names and not is_address(address):
        raise Refused(f"La variable « {names[0]} » n’est pas une adresse complète.")
    return address


_Address = Annotated[str, typed(_read_address, "E219", **{"x-intranet": True})]
_Option = Annotated[str, typed(_read_option, "E204")]
_Folder = Annotated[str, typed(_read_folder, "E203", enum=sorted(BY_FOLDER))]
_Words = Annotated[tuple[Annotated[str, Texte(60)], ...], Liste(50)]


_Answers = Annotated[tuple[tuple[str, str], ...], BeforeValidator(pairs)]


# How the licence begins under which nothing is allowed, as without any.
_RESERVED = "LicenseRef-tous"


class Accord(Groupe):
    """Who agreed to the harvest of a source, and when."""

    le: Jour = champ("Le", "Jour de l’accord.", "2027-01-12", default=...)
    de: Ligne = champ(
        "De", "Une structure, une fonction : jamais un nom.", "la direction du musée", default=...
    )


class Tri(Groupe):
    """What is kept of a source: what passes every test here; an empty list is no test."""

    mots: _Words = champ(
        "Mots", "L’un de ces mots est dans le titre ou le texte.", "science", default=()
    )
    genres: Annotated[tuple[_Folder, ...], Liste(20)] = champ(
        "Genres", "Dossiers de contenus.", "events", default=()
    )
    communes: _Words = champ("Communes", "Où cela se passe.", "Amiens", default=())
    sciences: Booleen = champ(
        "Sciences",
        "Ce qui parle de science : par qui l’organise, puis ses mots (sources/sciences.yml).",
        "true",
        default=False,
    )
    aussi: _Words = champ(
        "Aussi",
        "Ce que « sciences » laisse : un titre, le début d’une série de titres, un organisateur.",
        "Médiathèque d’Exemple",
        default=(),
    )
    sauf: _Words = champ(
        "Sauf", "Qui organise ce que le portail laisse.", "Comité des fêtes d’Exemple", default=()
    )


class Source(Groupe):
    """A source of ``sources.yml``."""

    nom: Annotated[str, Texte(60)] = champ(
        "Nom",
        "Ce qui la désigne ; sous un autre, elle est connue à son adresse.",
        "Musée Exemple",
        default=...,
    )
    adresse: _Address = champ(
        "Adresse",
        "De l’agenda, du flux ou de la page ; ${NOM} : dans cette variable de l’environnement.",
        "https://example.org/agenda.ics",
        default=...,
    )
    accord: Accord | None = champ(
        "Accord",
        "Sans lui, ni licence ouverte, rien n’est moissonné.",
        {"le": "2027-01-12", "de": "la direction du musée"},
    )
    lieu: Annotated[str, Ref(*PLACES)] | None = champ(
        "Lieu", "Sa fiche de l’annuaire.", "musee-exemple"
    )
    organisateur: Annotated[str, Terme("types-lieux")] | None = champ(
        "Organisateur",
        "Ce qu’est qui la publie, si sa fiche ne le dit pas : « sciences » garde tout d’un musée, "
        "d’un laboratoire, d’une société savante, d’une université.",
        "musee",
    )
    licence: Annotated[str, Terme("licences")] | None = champ(
        "Licence", "Celle de ses textes.", "CC-BY-4.0"
    )
    avec: Annotated[tuple[_Option, ...], Liste(20)] = champ(
        "Avec", "Ce qu’elle ne dit jamais.", "format=conference", default=()
    )
    genre: _Folder | None = champ(
        "Genre", "Ce que dit un tableau qui n’a pas de jours : son dossier de contenus.", "lieux"
    )
    annee: Annee | None = champ(
        "Année", "Celle des dates d’un tableau qui ne la dit nulle part.", 2027
    )
    colonnes: _Answers = champ(
        "Colonnes",
        "Le champ de chaque colonne d’un tableau dont le nom ne le dit pas.",
        {"titreevent": "titre"},
        default=(),
    )
    lieux: _Answers = champ(
        "Lieux",
        "Où est ce que la source appelle à sa façon : une fiche de l’annuaire, ou une commune.",
        {"AMPHI 312": "musee-exemple"},
        default=(),
    )
    valeurs: _Answers = champ(
        "Valeurs",
        "Le terme de nos listes pour un mot de la source : format, public, thème.",
        {"Causerie": "conference"},
        default=(),
    )
    garder: Tri | None = champ("Garder", "Ce qui en est pris ; le reste est compté.")
    images: Booleen = champ(
        "Images", "Prendre celles dont le crédit est dit.", "true", default=False
    )
    dort: Booleen = champ("Dort", "Ne plus la lire, sans l’oublier.", "true", default=False)

    @property
    def slug(self) -> str:
        return slugify(self.nom)

    @property
    def origin(self) -> "values.Origin":
        lieu = self.lieu or ""
        return values.Origin(self.slug, self.nom, self.adresse, lieu, is_awake=not self.dort)

    @property
    def answers(self) -> Mapping[tuple[str, str], str]:
        """What was asked of it once, by its key here and what the source says (``name_key``)."""
        own = {"genre": self.genre, "annee": self.annee}
        told = {(name, ""): f"{it}" for name, it in own.items() if it}
        for where in ("colonnes", "lieux", "valeurs"):
            told |= {(where, name_key(said)): meant for said, meant in getattr(self, where)}
        return told

    @property
    def unsaid(self) -> list[str]:
        """Values of fields that its contents have in common and it does not say, in the form that
        ``portail importer --avec`` takes: « CHAMP=VALEUR »."""
        own = {
            "licence": self.licence,
            "organisateurs": self.lieu,
            "d_apres": self.lieu or capital(self.nom),
        }
        return [*self.avec, *(f"{name}={value}" for name, value in own.items() if value)]

    @property
    def agrees(self) -> bool:
        """Whether it may be harvested: with an accord, or under an open licence, which is one."""
        licence = f"{self.licence or _RESERVED}-"
        return self.accord is not None or not (
            licence.startswith(_RESERVED) or "-NC-" in licence or self.forbids
        )

    @property
    def forbids(self) -> bool:
        """Whether its licence forbids to change its texts: a harvest cuts and arranges them."""
        return "-ND-" in (self.licence or "")


_ASK = (
    "Écrivez qui l’a donné, et quand ; ou « dort: true », et demandez-le : « portail moissonner "
    "--demander » écrit la lettre."
)


class _Table(Groupe):
    sources: Annotated[tuple[Source, ...], Liste(500)] = champ(
        "Sources", "Ce que le portail moissonne.", {"nom": "Musée Exemple"}, default=()
    )


def model() -> type[Groupe]:
    """The model of the whole file."""
    return _Table


class Sources(Struct, frozen=True):
    """What ``sources.yml`` gives: all its sources, or none if it has an error, and the faults."""

    sources: tuple[Source, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def load_sources(around: Around) -> tuple[tuple[Source, ...], Iterable[Diagnostic]]:
    """The sources of a portal and what is wrong in their file; nothing of either without one."""
    data = bytes_in(around.folder / FILE)
    if data is None:
        return (), ()
    read = read_sources(data, Reading(around.vocabularies, around.geography))
    return read.sources, read.diagnostics


def judge(checked: Checked) -> Iterator[Diagnostic]:
    """Faults that need the whole site: a source that was removed and left contents (A435), one
    whose place is not in the directory (E412). Also personal data in the file (A339), and a record
    of harvests that cannot be read."""
    folder = checked.content.parent
    yield from judge_record(folder)
    site: Site | None = checked.result.site
    if site:
        yield from _removed(site, folder)
    root, _ = _parsed((bytes_in(folder / FILE) or b"").decode("utf-8", "replace"))
    if root is None:
        return
    yield from check_table(root, _PATH)
    if site is None:
        return
    for rank, source in enumerate(site.part("moisson") or ()):
        yield from check_office(root.at(("sources", rank, "accord", "de")), _PATH)
        told = {"lieu": source.lieu or ""}
        towns = site.geography.named
        told |= {
            "lieux": next((it for _, it in source.lieux if not (towns(it) or site.lieu(it))), "")
        }
        for key, slug in told.items():
            if slug and site.lieu(slug) is None:
                place = root.at(("sources", rank, key)).position(_PATH)
                yield diagnostic("E412", place, valeur=slug, cle=key, **_nearest(slug, site))


def _removed(site: Site, folder: Path) -> Iterator[Diagnostic]:
    # Sources that were harvested and are listed no more, while contents of theirs remain (A435).
    given = Counter(base.source_of(item.entry) for item in site.items.values())
    listed = {source.slug for source in site.part("moisson") or ()}
    with suppress(ConfigError):
        for slug in sorted((read_record(folder / RECORD).keys() - listed) & given.keys()):
            many = counted(given[slug], ("contenu", "contenus"))
            yield diagnostic("A435", Position(_PATH), valeur=slug, nombre=many)


def _nearest(slug: str, site: Site) -> dict[str, str]:
    # The rest of the message of E412.
    slugs = [item.entry.slug for item in site.of_kinds(PLACES)]
    remedy = meant(slug, slugs).strip() or "Écrivez d’abord sa fiche."
    return {"dossier": " ou ".join(kind.value for kind in PLACES), "remede": remedy}


def _parsed(text: str) -> tuple[Node | None, Sequence[Diagnostic]]:
    # ``sources:`` may be left out: the file is then the list itself.
    if _LIST.match(text):
        return parse_front_matter(f"sources:\n{text}", _PATH, 0, weighed=False)
    return parse_front_matter(text, _PATH, 1, weighed=False)


def read_sources(data: bytes, reading: Reading) -> Sources:
    """The sources in the bytes of the file; a file without anything but comments has none."""
    if all(line[:1] in (b"", b"#") for line in map(bytes.strip, data.splitlines())):
        return Sources()
    text = decode(data, _PATH, "")
    if not isinstance(text, str):
        return Sources(diagnostics=tuple(text))
    root, faults = _parsed(text)
    if root is None:
        return Sources(diagnostics=tuple(faults))
    table, more = validate_group(_Table, root, _PATH, reading)
    faults = [*faults, *more, *(_faults_of(table, root) if table else ())]
    return Sources(() if table is None or faults else table.sources, tuple(faults))


def _faults_of(table: _Table, root: Node) -> Iterable[Diagnostic]:
    # Faults of valid sources: a name without a letter, one given twice, the accord missing.
    names: set[str] = set()
    for rank, source in enumerate(table.sources):
        place: Position = root.at(("sources", rank, "nom")).position(_PATH)
        if not source.slug:
            yield diagnostic("E206", place, cle="nom")
        elif source.slug in names:
            yield diagnostic("E238", place, valeur=source.nom, cle="sources")
        if not (source.dort or source.agrees):
            yield diagnostic("E201", place, cle="accord", remede=_ASK)
        names.add(source.slug)
