"""Links and pictures of bodies lead to something that is published."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from portail.body.facts import ImageRef, Link
from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.links import candidates, split_target
from portail.site.draft import Draft
from portail.site.rules.references import state_of
from portail.source.loader import MEDIA_TYPES
from portail.source.store import Loaded
from portail.text.suggest import nearest

__all__ = ["SITE_PAGES", "check_bodies", "find_media"]

SITE_PAGES = frozenset(
    {
        "",
        "/",
        "agenda",
        "articles",
        "annonces",
        "ressources",
        "lieux",
        "dossiers",
        "communautes",
        "projets",
        "territoires",
        "temps-forts",
        "auteurs",
        "themes",
        "plan-du-site",
    }
)
"""Addresses of the site itself that a body may link to, without slashes."""


def find_media(path: str, source: PurePosixPath, draft: Draft) -> PurePosixPath | None:
    """The media that ``path``, written in the document ``source``, names.

    Looked for beside the document, then from the content folder, then in ``medias/``.
    """
    clean = path.removeprefix("./")
    root = PurePosixPath(source.parts[0])
    tried = [] if clean.startswith("/") else [source.parent / clean]
    tried += [root / clean.lstrip("/"), root / "medias" / clean.lstrip("/")]
    return next((one for one in tried if ".." not in one.parts and one in draft.medias), None)


def check_bodies(draft: Draft) -> Iterator[Diagnostic]:
    """Broken links (E401–E405) and missing pictures (E415), in bodies and ``image`` fields."""
    for loaded, entry in draft.entries():
        if loaded.facts:
            for link in loaded.facts.links:
                yield from _link(draft, loaded, link)
            for image in loaded.facts.images:
                yield from _image(draft, loaded, image)
        if entry.image and find_media(entry.image.fichier, loaded.path, draft) is None:
            place = draft.place(loaded, ("image", "fichier"))
            yield _missing_image(draft, loaded, entry.image.fichier, place)


def _link(draft: Draft, loaded: Loaded, link: Link) -> Iterator[Diagnostic]:
    target = split_target(link.target)
    place = Position(loaded.path, link.line, link.column, link.length)
    if not target.path:
        return  # an anchor of this page: checked with the body
    if PurePosixPath(target.path).suffix.lower() in MEDIA_TYPES:
        if find_media(target.path, loaded.path, draft) is None:
            remedy = _nearest_media(draft, target.path)
            yield diagnostic("E404", place, valeur=target.path, remede=remedy)
        return
    found = candidates(target.path, loaded.path, draft.known)
    if len(found) > 1 and "/" not in target.path.strip("/"):
        yield diagnostic(
            "E405", place, valeur=target.path, candidats=", ".join(found), exemple=found[0]
        )
    elif found:
        yield from _target(draft, loaded, found[0], target.anchor, place)
    elif target.path.strip("/") not in SITE_PAGES:
        near = nearest(target.path.strip("/").removesuffix(".md"), sorted(draft.known), limit=1)
        remedy = f"Le plus proche : « {near[0]} »." if near else "Écrivez dossier/nom, sans .md."
        yield diagnostic(
            "E401",
            place,
            paste=f"[…]({near[0]})" if near else "",
            valeur=link.target,
            remede=remedy,
        )


def _target(
    draft: Draft, loaded: Loaded, ref: str, anchor: str, place: Position
) -> Iterator[Diagnostic]:
    other = draft.items.get(ref)
    if other is None or other.entry is None or loaded.entry is None:
        return  # faulty file: said at its source
    if draft.visible(loaded.entry) and not draft.visible(other.entry):
        yield diagnostic("E403", place, valeur=ref, etat=state_of(draft, other.entry))
    elif anchor and other.facts and anchor not in other.facts.anchors:
        near = nearest(anchor, sorted(other.facts.anchors), limit=1)
        remedy = f"Le plus proche : « #{near[0]} »." if near else "Retirez l’ancre."
        yield diagnostic("E402", place, cible=ref, ancre=anchor, remede=remedy)


def _image(draft: Draft, loaded: Loaded, image: ImageRef) -> Iterator[Diagnostic]:
    path = split_target(image.source).path
    if find_media(path, loaded.path, draft) is None:
        place = Position(loaded.path, image.line, image.column, image.length)
        yield _missing_image(draft, loaded, path, place)


def _missing_image(draft: Draft, loaded: Loaded, name: str, place: Position) -> Diagnostic:
    return diagnostic("E415", place, valeur=name, remede=_nearest_media(draft, name))


def _nearest_media(draft: Draft, name: str) -> str:
    names = sorted({path.name for path in draft.medias})
    near = nearest(PurePosixPath(name).name, names, limit=1)
    if near:
        return f"Le plus proche : « {near[0]} »."
    return "Joignez-le à côté du texte, ou dans content/medias/."
