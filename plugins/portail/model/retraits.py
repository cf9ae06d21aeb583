"""Contents taken back: the register that moderators keep in ``content/retraits.yml``."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from portail.text.normalise import is_slug
from portail.text.suggest import nearest

from .entry import Groupe
from .faults import fault
from .fields import Jour, Ligne, Liste
from .kinds import BY_FOLDER, KINDS, Kind, kept
from .scalars import champ, typed

_NAMES: Mapping[str, Kind] = kept(
    dict[str, Kind](),
    lambda: {**{info.segment: kind for kind, info in KINDS.items() if info.segment}, **BY_FOLDER},
)


def _read_ref(text: str) -> str:
    # A reference, also written as the address of its page or the path of its file (E416).
    folder, _, slug = text.strip("/").removesuffix(".md").rpartition("/")
    page = text.startswith("/") and not folder
    kind = Kind.PAGE if page else _NAMES.get(folder)
    if kind is None or not is_slug(slug):
        near = nearest(folder, sorted(_NAMES), limit=1)
        right = _NAMES[near[0]].value if near else "events"
        example = f"{right}/{slug if is_slug(slug) else 'atelier-fusees'}"
        raise fault("E416", valeur=text, exemple=example)
    return f"{kind.value}/{slug}"


_RefField = Annotated[str, typed(_read_ref, "E416", pattern="^[a-z-]+/[a-z0-9-]+$")]


class Retrait(Groupe):
    ref: _RefField = champ("Contenu", "Celui qui est retiré.", "events/atelier-fusees", default=...)
    le: Jour = champ("Le", "Jour du retrait.", "2027-09-20", default=...)
    motif: Ligne | None = champ("Motif", "Pourquoi, publié avec les données.", "doublon")
    vers: _RefField | None = champ(
        "Vers", "Contenu où mène désormais son adresse.", "events/nuit-des-etoiles"
    )

    @property
    def kind(self) -> Kind:
        return BY_FOLDER[self.ref.partition("/")[0]]

    @property
    def url(self) -> str:
        return self.kind.info.url(self.ref.partition("/")[2])

    def connu(self, day: date) -> bool:
        return self.le <= day


class Registre(Groupe):
    retraits: Annotated[tuple[Retrait, ...], Liste(10_000)] = champ(
        "Retraits", "Contenus retirés.", {"ref": "events/atelier-fusees"}, default=()
    )
