"""Every field that names another content names one that exists."""

from __future__ import annotations

from collections.abc import Iterator

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic
from portail.geo.territories import Geography
from portail.model.entry import RETIRE
from portail.model.event import Event
from portail.model.faults import FieldPath
from portail.model.kinds import BY_FOLDER, Kind
from portail.model.phrases import phrase
from portail.model.registry import Mention
from portail.model.temps_fort import TempsFort
from portail.site.draft import Draft
from portail.source.store import Loaded
from portail.text.dates import jour
from portail.text.inline import plain
from portail.text.slugs import is_slug, slugify
from portail.text.suggest import alike, nearest

__all__ = ["check_editions", "check_references", "state_of"]


def check_references(draft: Draft) -> Iterator[Diagnostic]:
    """Unknown references (E401, E411, E412, E433, A434), ambiguous ones (E405), references to
    unpublished contents (E403), or by what they were called before (C406)."""
    for loaded, entry in draft.entries():
        if draft.is_sent(entry):
            continue
        for one in draft.renamed.get(entry.ref, ()) if draft.items.get(entry.ref) is loaded else ():
            place = draft.place(loaded, one.mention.loc)
            told = {"valeur": one.mention.value, "propose": one.written}
            yield diagnostic("C406", place, paste=one.written, **told)
        for mention in draft.mentions(entry):
            ref = mention.named(draft.known)
            if ref is None:
                if not _is_name(mention) and not _is_territory(mention, draft.geography):
                    yield _unknown(draft, loaded, mention)
            elif mention.reference.code == "E401" and len(draft.refs.named(mention.value)) > 1:
                yield _ambiguous(draft, loaded, mention)
            elif ref in draft.hidden and ref not in draft.faulty and draft.visible(entry):
                place, state = draft.place(loaded, mention.loc), state_of(draft, ref)
                yield diagnostic("E403", place, valeur=mention.value, etat=state)


def _is_name(mention: Mention) -> bool:
    """Whether the value can only be a plain name (« Ville d’Amiens »)."""
    folder, _, slug = mention.value.rpartition("/")
    written_as_ref = is_slug(slug) and (not folder or folder in BY_FOLDER)
    return mention.reference.or_name and not written_as_ref


def _is_territory(mention: Mention, geography: Geography) -> bool:
    """Whether it is a territory of the tables, that needs no page to be named."""
    found = mention.reference.kinds[:1] == (Kind.TERRITOIRE,)
    return found and is_slug(mention.value) and geography.territoire(mention.value) is not None


def _ambiguous(draft: Draft, loaded: Loaded, mention: Mention) -> Diagnostic:
    found = draft.refs.named(mention.value)
    place = draft.place(loaded, mention.loc)
    several = ", ".join(found)
    return diagnostic("E405", place, valeur=mention.value, candidats=several, exemple=found[0])


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
    values = {"valeur": value, "cle": _key(loc), "dossier": " ou ".join(folders), "remede": remedy}
    paste = f"{loc[-1]}: {near}" if near and isinstance(loc[-1], str) else ""
    return diagnostic(reference.code, draft.place(loaded, loc), paste=paste, **values)


def _nearest(draft: Draft, loaded: Loaded, mention: Mention) -> str:
    """What the value most likely stands for, written as the field wants it; or nothing."""
    value, folders = mention.value, mention.folders
    if mention.reference.code == "E401":
        found = draft.refs.find(value, loaded.path)
        return found[0] if found else draft.refs.nearest(value)
    pairs = (ref.split("/", 1) for ref in draft.refs.sorted)
    known = {slug for folder, slug in pairs if folder in folders}
    if Kind.TERRITOIRE.value in folders:
        for one in draft.geography.territoires:
            known |= {draft.geography.slug(one), slugify(one.nom)}
    slug = value.rpartition("/")[2]
    return next(iter(nearest(slug, known, limit=1) or alike(slug, sorted(known))), "")


def _key(loc: FieldPath) -> str:
    return next((str(step) for step in reversed(loc) if isinstance(step, str)), "")


def check_editions(draft: Draft) -> Iterator[Diagnostic]:
    """The year of an event's temps fort is one of its editions (E413)."""
    for loaded, entry in draft.entries():
        if not isinstance(entry, Event) or not entry.temps_fort or not entry.edition:
            continue
        ref = f"{Kind.TEMPS_FORT.value}/{entry.temps_fort}"
        highlight = draft.entry(ref)
        if not isinstance(highlight, TempsFort) or not highlight.editions or ref in draft.faulty:
            continue
        edition = next((one for one in highlight.editions if one.annee == entry.edition), None)
        if edition is None:
            years = ", ".join(str(one.annee) for one in highlight.editions)
            yield diagnostic(
                "E413",
                draft.place(loaded, ("edition",)),
                valeur=entry.edition,
                temps_fort=plain(highlight.titre),
                remede=f"Éditions connues : {years}.",
            )
