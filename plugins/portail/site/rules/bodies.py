"""Links and pictures of bodies lead to something that is published."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from portail.body.facts import ImageRef, Link
from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.links import RefIndex, flatten, is_media, site_path, split_target
from portail.model.kinds import Kind
from portail.model.phrases import phrase
from portail.site.derived import derived_refs
from portail.site.draft import Draft
from portail.site.rules.references import state_of
from portail.site.urls import HOME, PLAN, THEMES, archives_of, listing_of, theme_of
from portail.source.store import Loaded
from portail.text.suggest import nearest

__all__ = ["check_bodies", "find_media", "own_pages"]


def own_pages(draft: Draft) -> frozenset[str]:
    """Site paths that are no content's and that a body may link to: home, lists that hold
    something, themes in use, site plan."""
    pages = {HOME, PLAN}
    themes: set[str] = set()
    for ref, loaded in draft.items.items():
        if loaded.entry and ref not in draft.hidden:
            pages.add(listing_of(loaded.entry.kind))
            themes.update(loaded.entry.themes)
    if themes:
        pages |= {THEMES, *map(theme_of, themes)}
    archived = {archives_of(kind) for kind in (Kind.EVENT, Kind.ANNONCE)}
    return frozenset(pages | archived)


def find_media(path: str, source: PurePosixPath, draft: Draft) -> PurePosixPath | None:
    """The media that ``path``, written in the document ``source``, names.

    Looked for beside the document, then from the content folder, then in ``medias/``.
    """
    root, *folder = source.parts[:-1]
    places: tuple[list[str], ...] = (folder if not path.startswith("/") else [], [], ["medias"])
    for name in dict.fromkeys((path, unquote(path))):
        for place in places:
            steps = flatten((*place, *name.split("/")))
            found = PurePosixPath(root, *steps) if steps else None
            if found in draft.medias:
                return found
    return None


def check_bodies(draft: Draft) -> Iterator[Diagnostic]:
    """Broken links (E401–E405), links by a former name (C406) and missing pictures (E415), in
    bodies and ``image`` fields."""
    own = own_pages(draft)
    for loaded, entry in draft.entries():
        if draft.is_sent(entry):
            continue
        if loaded.facts:
            for link in loaded.facts.links:
                yield from _link(draft, loaded, link, own)
            for image in loaded.facts.images:
                yield from _image(draft, loaded, image)
        if entry.image and find_media(entry.image.fichier, loaded.path, draft) is None:
            place = draft.place(loaded, ("image", "fichier"))
            yield _missing_image(draft, entry.image.fichier, place)


def _link(draft: Draft, loaded: Loaded, link: Link, own: frozenset[str]) -> Iterator[Diagnostic]:
    target = split_target(link.target)
    if not target.path:
        return  # an anchor of this page: checked with the body
    found = draft.refs.find(target.path, loaded.path)
    if len(found) == 1:
        now = draft.refs.renamed(target.path, loaded.path)
        if now:
            written = f"{now}#{target.anchor}" if target.anchor else now
            told = {"valeur": link.target, "propose": written}
            yield diagnostic("C406", _place(loaded, link), paste=written, **told)
        yield from _target(draft, loaded, found[0], target.anchor, link)
    elif found:
        several = ", ".join(found)
        values = {"valeur": target.path, "candidats": several, "exemple": found[0]}
        yield diagnostic("E405", _place(loaded, link), **values)
    elif is_media(target.path):
        if find_media(target.path, loaded.path, draft) is None:
            remedy = _nearest_media(draft, target.path)
            yield diagnostic("E404", _place(loaded, link), valeur=target.path, remede=remedy)
    elif site_path(target.path) not in own and not _is_derived(draft, loaded, target.path):
        near = draft.refs.nearest(target.path, (page.strip("/") for page in own))
        remedy = phrase("plus_proche", propose=near) if near else phrase("sans_md")
        paste = f"[…]({near})" if near else ""
        place = _place(loaded, link)
        yield diagnostic("E401", place, paste=paste, valeur=link.target, remede=remedy)


def _is_derived(draft: Draft, loaded: Loaded, path: str) -> bool:
    """Whether it is a territory that has a page without a file; asked of what no file is alone."""
    return bool(RefIndex(derived_refs(draft)).find(path, loaded.path))


def _place(loaded: Loaded, written: Link | ImageRef) -> Position:
    return Position(loaded.path, written.line, written.column, written.length)


def _target(
    draft: Draft, loaded: Loaded, ref: str, anchor: str, link: Link
) -> Iterator[Diagnostic]:
    other = draft.items.get(ref)
    if other is None or loaded.entry is None or ref in draft.faulty:
        return  # faulty file: said at its source
    if ref in draft.hidden and draft.visible(loaded.entry):
        place, state = _place(loaded, link), state_of(draft, ref)
        yield diagnostic("E403", place, valeur=ref, etat=state)
    elif anchor and other.facts and anchor not in other.facts.anchors:
        near = nearest(anchor, sorted(other.facts.anchors), limit=1)
        remedy = f"Le plus proche : « #{near[0]} »." if near else "Retirez l’ancre."
        place = _place(loaded, link)
        yield diagnostic("E402", place, cible=ref, ancre=anchor, remede=remedy)


def _image(draft: Draft, loaded: Loaded, image: ImageRef) -> Iterator[Diagnostic]:
    path = split_target(image.source).path
    if find_media(path, loaded.path, draft) is None:
        yield _missing_image(draft, path, _place(loaded, image))


def _missing_image(draft: Draft, name: str, place: Position) -> Diagnostic:
    return diagnostic("E415", place, valeur=name, remede=_nearest_media(draft, name))


def _nearest_media(draft: Draft, name: str) -> str:
    names = sorted({path.name for path in draft.medias})
    near = nearest(PurePosixPath(name).name, names, limit=1)
    if near:
        return f"Le plus proche : « {near[0]} »."
    return "Joignez-le à côté du texte, ou dans content/medias/."
