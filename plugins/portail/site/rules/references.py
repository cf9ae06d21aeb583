"""Every field that names another content names one that exists."""

from __future__ import annotations

from collections.abc import Iterator

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic
from portail.links import candidates
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.faults import FieldPath
from portail.model.fields import Reference
from portail.model.kinds import Kind
from portail.model.registry import references_of
from portail.model.temps_fort import TempsFort
from portail.site.draft import Draft
from portail.source.store import Loaded
from portail.text.dates import jour
from portail.text.slugs import is_slug
from portail.text.suggest import nearest

__all__ = ["check_editions", "check_references", "find_reference", "state_of"]


def find_reference(draft: Draft, value: str, reference: Reference) -> str | None:
    """The reference (``lieux/x``) that ``value`` names, or ``None`` for a name or nothing."""
    if "/" in value:
        return value if value in draft.known else None
    for kind in reference.kinds:
        ref = f"{kind.value}/{value}"
        if ref in draft.known:
            return ref
    return None


def check_references(draft: Draft) -> Iterator[Diagnostic]:
    """Unknown references (E401, E411, E412, E433), references to unpublished contents (E403)."""
    for loaded, entry in draft.entries():
        for loc, value, reference in references_of(entry):
            ref = find_reference(draft, value, reference)
            if ref is None:
                if reference.or_name and not is_slug(value):
                    continue
                if reference.kinds[:1] == (Kind.TERRITOIRE,) and draft.geography.territoire(value):
                    continue
                yield _unknown(draft, loaded, loc, value, reference)
                continue
            target = draft.entry(ref)
            if target is not None and draft.visible(entry) and not draft.visible(target):
                place = draft.place(loaded, loc)
                yield diagnostic("E403", place, valeur=value, etat=state_of(draft, target))


def state_of(draft: Draft, entry: Entry) -> str:
    """Why an entry is not published, in French."""
    if entry.brouillon:
        return "c’est un brouillon"
    return (
        f"il paraîtra le {jour(entry.publie_le, semaine=False)}"
        if entry.publie_le
        else "non publié"
    )


def _unknown(
    draft: Draft, loaded: Loaded, loc: FieldPath, value: str, reference: Reference
) -> Diagnostic:
    place = draft.place(loaded, loc)
    folders = [kind.value for kind in reference.kinds]
    if reference.code == "E401":
        found = candidates(value, loaded.path, draft.known)
        pool = [found[0]] if found else list(nearest(value, sorted(draft.known), limit=1))
    else:
        slugs = {ref.partition("/")[2] for ref in draft.known if ref.partition("/")[0] in folders}
        pool = list(nearest(value, sorted(slugs), limit=1))
    remedy = f"Le plus proche : « {pool[0]} »." if pool else "Vérifiez son nom de fichier."
    if reference.code == "E411" and loc[-1] == "lieu":
        remedy += " Il n’y est pas encore ? Écrivez adresse: {commune: …} à la place."
    elif reference.or_name:
        remedy += " Pour un simple nom, écrivez-le en toutes lettres, avec sa majuscule."
    values = {"valeur": value, "cle": _key(loc), "dossier": " ou ".join(folders), "remede": remedy}
    paste = f"{loc[-1]}: {pool[0]}" if pool and isinstance(loc[-1], str) else ""
    return diagnostic(reference.code, place, paste=paste, **values)


def _key(loc: FieldPath) -> str:
    return next((str(step) for step in reversed(loc) if isinstance(step, str)), "")


def check_editions(draft: Draft) -> Iterator[Diagnostic]:
    """The year of an event's temps fort is one of its editions (E413), and holds it (A512)."""
    for loaded, entry in draft.entries():
        if not isinstance(entry, Event) or not entry.temps_fort or not entry.edition:
            continue
        highlight = draft.entry(f"{Kind.TEMPS_FORT.value}/{entry.temps_fort}")
        if not isinstance(highlight, TempsFort) or not highlight.editions:
            continue
        edition = next((one for one in highlight.editions if one.annee == entry.edition), None)
        if edition is None:
            years = ", ".join(str(one.annee) for one in highlight.editions)
            yield diagnostic(
                "E413",
                draft.place(loaded, ("edition",)),
                valeur=entry.edition,
                temps_fort=highlight.titre,
                remede=f"Éditions connues : {years}.",
            )
        elif (
            edition.du
            and edition.au
            and not any(
                one.debut.date() <= edition.au and (one.fin or one.debut).date() >= edition.du
                for one in loaded.occurrences
            )
        ):
            dates = f"du {jour(edition.du, semaine=False)} au {jour(edition.au, semaine=False)}"
            yield diagnostic(
                "A512",
                draft.place(loaded, ("temps_fort",)),
                temps_fort=highlight.titre,
                edition=edition.annee,
                dates=dates,
            )
