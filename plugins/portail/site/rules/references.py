"""Rules on references: every field or body that names a content names one that exists."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from portail.body.addresses import is_picture
from portail.body.document import ImageRef, Link
from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Fix, Position
from portail.feature import SUPPLIES
from portail.geo.territories import Geography
from portail.links import RefIndex, find_media, is_media, site_path, split_target
from portail.model.entry import RETIRE, Entry
from portail.model.faults import phrase
from portail.model.kinds import BY_FOLDER, Kind, where
from portail.model.registry import Mention
from portail.source.store import Loaded
from portail.text.analysis import stem_folded
from portail.text.dates import jour
from portail.text.normalise import fold, is_slug, slugify, words_in
from portail.text.suggest import alike, nearest
from portail.text.typography import plain

from ..draft import Draft
from ..urls import HOME, PLAN, THEMES, archives_of, listing_of, theme_of


def check_references(draft: Draft) -> Iterator[Diagnostic]:
    """Unknown, ambiguous, unpublished or former references (E401, E403, E405, C406, E411, E412,
    E433, A434).
    """
    for loaded, entry in draft.entries():
        if draft.is_closed(entry):
            continue
        renamed = draft.renamed and draft.items.get(entry.ref) is loaded
        if renamed:
            for rename in draft.renamed.get(entry.ref, ()):
                place = draft.place(loaded, rename.mention.loc)
                values = {"valeur": rename.mention.value, "propose": rename.written}
                yield diagnostic("C406", place, Fix(rename.written), paste=rename.written, **values)
        for mention in draft.mentions(entry):
            ref = mention.named(draft.known)
            if ref is None:
                if not _is_name(mention) and not _is_territory(mention, draft.geography):
                    yield _unknown(draft, loaded, mention)
            elif mention.reference.code == "E401" and len(draft.refs.named(mention.value)) > 1:
                candidates = draft.refs.named(mention.value)
                place = draft.place(loaded, mention.loc)
                values = {"candidats": ", ".join(candidates), "exemple": candidates[0]}
                yield diagnostic("E405", place, valeur=mention.value, **values)
            elif ref in draft.hidden and ref not in draft.faulty and draft.visible(entry):
                place = draft.place(loaded, mention.loc)
                state = state_of(draft, ref)
                yield diagnostic("E403", place, valeur=mention.value, etat=state)


def _is_name(mention: Mention) -> bool:
    folder, _, slug = mention.value.rpartition("/")
    written_as_ref = is_slug(slug) and (not folder or folder in BY_FOLDER)
    return mention.reference.or_name and not written_as_ref


def _is_territory(mention: Mention, geography: Geography) -> bool:
    is_territory = mention.reference.kinds[:1] == (Kind.TERRITOIRE,)
    return (
        is_territory and is_slug(mention.value) and geography.territoire(mention.value) is not None
    )


def state_of(draft: Draft, ref: str) -> str:
    """Why a content is not published, in French."""
    entry = draft.entry(ref)
    if entry is None or entry.brouillon or entry.publie_le is None:
        return "c’est un brouillon"
    return f"il paraîtra le {jour(entry.publie_le, semaine=False)}"


def _unknown(draft: Draft, loaded: Loaded, mention: Mention) -> Diagnostic:
    loc, value, reference, folders = mention
    near = _nearest(draft, loaded, mention)
    remedy = phrase("plus_proche", propose=near) if near else phrase("fichier")
    if reference.code == "E411" and loc[-1] == "lieu":
        remedy += f" {phrase('adresse')}"
    elif reference.code == RETIRE:
        remedy += f" {phrase('retire')}"
    elif reference.or_name:
        remedy += f" {phrase('simple')}"
    key = next((step for step in reversed(loc) if isinstance(step, str)), "")
    values = {"valeur": value, "cle": key, "dossier": " ou ".join(folders), "remede": remedy}
    paste = ""
    if near and isinstance(loc[-1], str):
        paste = f"{loc[-1]}: {near}"
    place = draft.place(loaded, loc)
    return diagnostic(reference.code, place, Fix(near, sure=False), paste=paste, **values)


def _nearest(draft: Draft, loaded: Loaded, mention: Mention) -> str:
    value = mention.value
    folders = mention.folders
    if mention.reference.code == "E401":
        refs = draft.refs.find(value, loaded.path)
        if refs:
            return refs[0]
        return draft.refs.nearest(value)
    pairs = (ref.split("/", 1) for ref in draft.refs.sorted)
    slugs = {slug for folder, slug in pairs if folder in folders}
    if Kind.TERRITOIRE.value in folders:
        for territory in draft.geography.territoires:
            slugs |= {draft.geography.slug(territory), slugify(territory.nom)}
    slug = value.rpartition("/")[2]
    return next(iter(nearest(slug, slugs, limit=1) or alike(slug, sorted(slugs))), "")


# Links and pictures of bodies lead to something that is published.


def own_pages(draft: Draft) -> frozenset[str]:
    """Site paths that are no content's and that a body may link to."""
    shown = [
        loaded.entry
        for ref, loaded in draft.items.items()
        if loaded.entry and ref not in draft.hidden
    ]
    pages = {HOME, PLAN, *map(listing_of, {entry.kind for entry in shown})}
    themes = set(chain.from_iterable(entry.themes for entry in shown))
    if themes:
        pages |= {THEMES, *map(theme_of, themes)}
    archived = {archives_of(kind) for kind in where(lambda info: info.coming)}
    return frozenset(pages | archived)


def check_bodies(draft: Draft) -> Iterator[Diagnostic]:
    """Broken links and missing pictures of bodies and ``image`` fields (E401–E405, C406, E415,
    E112).
    """
    pages = own_pages(draft)
    named: set[PurePosixPath] = set()
    for loaded, entry in draft.entries():
        if draft.is_closed(entry):
            continue
        if loaded.facts:
            for link in loaded.facts.links:
                path = split_target(link.target).path
                if file := find_media(path, loaded.path, draft.unpublished):
                    named.add(file)
                    yield replace(draft.unpublished[file], position=_place(loaded, link))
                else:
                    yield from _link(draft, loaded, link, pages)
            for image in loaded.facts.images:
                faults = [*_picture(draft, loaded, image.source, _place(loaded, image), named)]
                yield from faults if is_picture(image.source) else ()  # E324 has said it
        if entry.image and find_media(entry.image.fichier, loaded.path, draft.medias) is None:
            place = draft.place(loaded, ("image", "fichier"))
            yield from _picture(draft, loaded, entry.image.fichier, place, named)
    yield from (fault for path, fault in draft.unpublished.items() if path not in named)


def _picture(
    draft: Draft, loaded: Loaded, source: str, place: Position, named: set[PurePosixPath]
) -> Iterator[Diagnostic]:
    path = split_target(source).path
    if file := find_media(path, loaded.path, draft.unpublished):
        named.add(file)
        yield replace(draft.unpublished[file], position=place)
    elif find_media(path, loaded.path, draft.medias) is None:
        remedy = _nearest_media(draft, path, place, "Déposez-la")
        yield diagnostic("E415", place, valeur=path, remede=remedy)


def _link(draft: Draft, loaded: Loaded, link: Link, pages: frozenset[str]) -> Iterator[Diagnostic]:
    target = split_target(link.target)
    if not target.path:
        return  # an anchor of this page: checked with the body
    refs = draft.refs.find(target.path, loaded.path)
    if len(refs) == 1:
        if now := draft.refs.renamed(target.path, loaded.path):
            written = f"{now}#{target.anchor}" if target.anchor else now
            words = {"valeur": link.target, "propose": written}
            yield diagnostic("C406", _place(loaded, link), Fix(written), paste=written, **words)
        yield from _target(draft, loaded, refs[0], target.anchor, link)
    elif refs:
        several = ", ".join(refs)
        values = {"valeur": target.path, "candidats": several, "exemple": refs[0]}
        yield diagnostic("E405", _place(loaded, link), **values)
    elif is_media(target.path):
        if find_media(target.path, loaded.path, draft.medias) is None:
            place = _place(loaded, link)
            remedy = _nearest_media(draft, target.path, place)
            yield diagnostic("E404", place, valeur=target.path, remede=remedy)
    elif site_path(target.path) not in pages and not _is_derived(draft, loaded, target.path):
        near = draft.refs.nearest(target.path, (page.strip("/") for page in pages))
        remedy = phrase("sans_md")
        paste = ""
        if near:
            remedy = phrase("plus_proche", propose=near)
            paste = f"[…]({near})"
        place = _place(loaded, link)
        yield diagnostic("E401", place, paste=paste, valeur=link.target, remede=remedy)


def _is_derived(draft: Draft, loaded: Loaded, path: str) -> bool:
    supply = SUPPLIES.of(draft.features)
    return bool(supply and RefIndex(supply.refs(draft)).find(path, loaded.path))


def _place(loaded: Loaded, written: Link | ImageRef) -> Position:
    return Position(loaded.path, written.line, written.column, written.length)


def _target(
    draft: Draft, loaded: Loaded, ref: str, anchor: str, link: Link
) -> Iterator[Diagnostic]:
    linked = draft.items.get(ref)
    if linked is None or loaded.entry is None or ref in draft.faulty:
        return  # faulty file: said at its source
    if ref in draft.hidden and draft.visible(loaded.entry):
        place = _place(loaded, link)
        state = state_of(draft, ref)
        yield diagnostic("E403", place, valeur=ref, etat=state)
    elif anchor and linked.facts and anchor not in linked.facts.anchors:
        near = nearest(anchor, sorted(linked.facts.anchors), limit=1)
        remedy = f"Le plus proche : « #{near[0]} »." if near else "Retirez l’ancre."
        place = _place(loaded, link)
        yield diagnostic("E402", place, cible=ref, ancre=anchor, remede=remedy)


def _nearest_media(draft: Draft, name: str, place: Position, put: str = "Déposez-le") -> str:
    names = sorted({path.name for path in draft.medias})
    near = nearest(PurePosixPath(name).name, names, limit=1)
    if near:
        return f"Le plus proche : « {near[0]} »."
    beside = place.path.parent
    return f"{put} dans {beside}/, à côté du texte, ou dans {beside.parts[0]}/medias/."


# Words that tell that two contents are about the same: titles that are near, a temps fort that an
# event names without saying so.

_SMALL = frozenset(
    "l la le les d de du des un une a au aux et en ou sur pour par dans avec ses son sa "
    "ce cette vos votre notre nos qui que se s n y".split()
)
# Words of many temps forts: alone, they name none.
_COMMON = frozenset(
    "fete semaine journee nuit mois jour science festival rendez vous nationale national "
    "nationaux europeenne europeen mondiale mondial international internationale".split()
)
_MOST = 0.75


def words_of(text: str) -> tuple[str, ...]:
    """The words that count, in order: without case, accents, small words nor plurals.

    >>> words_of("Les Ateliers : fusées à eau")
    ('atelier', 'fusee', 'eau')
    """
    words = words_in(fold(text))
    return tuple(_singular(word) for word in words if word not in _SMALL)


@cache
def _singular(word: str) -> str:
    if len(word) <= 3 or word.endswith("ss"):
        return word
    if word.endswith("eaux"):
        return word[:-1]
    if word[-1] in "sx":
        return word[:-1]
    return word


@cache
def title_words(title: str) -> frozenset[str]:
    """The stems of the words of a title that count, by which it is ``near`` another.

    >>> title_words("L’observation du ciel") == title_words("Observer le ciel")
    True
    """
    return frozenset(map(stem_folded, words_of(plain(title))))


def near(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether two titles, as sets of words, are likely those of one event.

    They have the same words, one says all of the other and little more, or three words in four are
    common. Numbers must be the same.

    >>> near(frozenset({"atelier", "fusee"}), frozenset({"atelier", "fusee", "eau"}))
    True
    >>> near(frozenset({"visite", "musee"}), frozenset({"visite", "jardin"}))
    False
    """
    common = first & second
    if len(common) < min(2, len(first), len(second)) or not common:
        return False
    if any(word.isdecimal() for word in first ^ second):
        return False
    if first == second:
        return True
    less, more = sorted((first, second), key=len)
    if len(less) >= 2 and less == common and len(more) <= 2 * len(less):
        return True
    return len(common) >= _MOST * len(first | second)


class Words(Struct, frozen=True):
    """What a content says of itself: title and keywords, all of its words in order, its themes."""

    titre: tuple[str, ...]
    cles: tuple[tuple[str, ...], ...]
    dits: tuple[str, ...]
    themes: frozenset[str]
    noms: tuple[str, ...] = ()

    @classmethod
    def of(cls, entry: Entry) -> Words:
        title = plain(entry.titre)
        summary = plain(entry.resume or "")
        text = " . ".join((title, summary, *entry.mots_cles))
        keys = tuple(map(words_of, entry.mots_cles))
        return cls(
            words_of(title),
            keys,
            words_of(text),
            frozenset(entry.themes),
            (title, *entry.mots_cles),
        )


def tie(event: Words, highlight: Words) -> str:
    """The name or keyword of a temps fort that ties an event to it, ``""`` when nothing does.

    Its whole name or a keyword of several words is said; or one word, with a theme in common.
    """
    for name, words in zip(highlight.noms, (highlight.titre, *highlight.cles), strict=True):
        if len(words) > 1 and _contains(event.dits, words):
            return name
    if not event.themes & highlight.themes:
        return ""
    written = (*words_in(highlight.noms[0]), *highlight.noms[1:])
    single = {words[0]: word for word in written if len(words := words_of(word)) == 1}
    own = (word for word in event.dits if word in single)
    return next((single[word] for word in own if word not in _COMMON and not word.isdecimal()), "")


def _contains(sentence: tuple[str, ...], words: tuple[str, ...]) -> bool:
    size = len(words)
    return any(sentence[at : at + size] == words for at in range(len(sentence) - size + 1))
