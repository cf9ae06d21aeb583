"""What an instance says of itself: who is behind it, the entries of its menus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Annotated, TypeAlias

from .diagnostics import ConfigError
from .settings import EXAMPLES, MENU, PORTEUR, Text, no_dictionary, no_key, only, read

PICTURES = (".svg", ".png")


def _is_inside(path: str) -> bool:
    pure = PurePosixPath(path)
    return not pure.is_absolute() and ".." not in pure.parts and pure.suffix.lower() in PICTURES


_NO_PICTURE = (
    "{key} « {value} » n’est pas le chemin d’un fichier .svg ou .png du dossier du portail."
)
# The path of a mark, below the folder of the portal.
Picture = Annotated[Text, only(_is_inside, _NO_PICTURE)]


@dataclass(frozen=True, slots=True)
class Porteur:
    """Who is behind a portal, told on its home page and in its footer."""

    nom: Text
    # A page of the portal (``/a-propos/``) or an https address; empty for none.
    lien: Text = ""
    # Its mark, shown instead of the name; empty for none.
    logo: Picture = ""
    # What the mark says to those who do not see it; empty for ``nom``.
    alt: Text = ""


def porteur_of(value: object) -> Porteur | None:
    """Read ``PORTAIL_PORTEUR``: a name, or a dictionary. Raises ``ConfigError``."""
    if value is None:
        return None
    porteur = read(Porteur, {"nom": value} if isinstance(value, str) else value, PORTEUR)
    if porteur.lien and not _is_address(porteur.lien):
        raise ConfigError(
            f"{PORTEUR} : « {porteur.lien} » n’est ni une page du portail (/a-propos/) ni une "
            "adresse https."
        )
    if porteur.alt and not porteur.logo:
        raise ConfigError(f"{PORTEUR} : « alt » décrit un logo : ajoutez « logo », ou retirez-le.")
    return porteur


# A label, empty for that of the portal, and an address: of a page, or of another site.
Entry: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Menu:
    """Entries of the header and of the footer; ``None`` for the portal’s own."""

    entete: tuple[Entry, ...] | None = None
    pied: tuple[tuple[str, tuple[Entry, ...]], ...] | None = None

    @property
    def entries(self) -> tuple[tuple[tuple[str, ...], Entry], ...]:
        rows = [(("entete", entry[0] or entry[1]), entry) for entry in self.entete or ()]
        rows_found: list[tuple[tuple[str, ...], Entry]] = [*rows]
        for title, entries in self.pied or ():
            rows_found += [(("pied", title, entry[0] or entry[1]), entry) for entry in entries]
        return tuple(rows_found)


_PARTS = ("entete", "pied")


def menu_of(value: object) -> Menu:
    """Read ``PORTAIL_MENU``. Raises ``ConfigError``."""
    if not isinstance(value, Mapping):
        raise ConfigError(no_dictionary(MENU))
    for key in value:
        if key not in _PARTS:
            raise ConfigError(no_key(MENU, str(key), _PARTS))
    entete = value.get("entete")
    pied = value.get("pied")
    if pied is not None and not isinstance(pied, Mapping):
        raise ConfigError(f"{MENU} : « pied » attend des groupes, par leur titre.")
    groups = None
    if pied is not None:
        groups = tuple((_text(title), _entries(rows_of, title)) for title, rows_of in pied.items())
    return Menu(None if entete is None else _entries(entete, "entete"), groups)


def _entries(value: object, place: object) -> tuple[Entry, ...]:
    if isinstance(value, Mapping):
        pairs = [*value.items()]
    elif isinstance(value, list | tuple):
        pairs = [("", address) for address in value]
        if any(str(address).startswith("https:") for address in value):
            raise ConfigError(f"{MENU}, « {place} » : donnez un nom au lien vers un autre site.")
    else:
        example = EXAMPLES[MENU]
        raise ConfigError(f"{MENU} : « {place} » attend des adresses, par exemple {example}.")
    return tuple((_text(label), _address(address)) for label, address in pairs)


def _text(value: object) -> str:
    if isinstance(value, str) and (not value or value.isprintable()):
        return value
    raise ConfigError(f"{MENU} : « {value} » n’est pas un texte sur une ligne.")


def _is_address(value: str) -> bool:
    if not value.isprintable() or " " in value:
        return False
    whole = value.startswith("https://") and len(value) > len("https://")
    return whole or (value.startswith("/") and not value.startswith("//"))


def _address(value: object) -> str:
    if isinstance(value, str) and _is_address(value):
        return value
    raise ConfigError(
        f"{MENU} : « {value} » n’est ni une page du portail (/agenda/) ni une adresse https."
    )
