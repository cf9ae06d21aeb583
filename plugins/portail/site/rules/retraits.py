"""The register of contents taken back agrees with the contents that are there."""

from __future__ import annotations

from collections.abc import Iterator

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic
from portail.model.kinds import Kind
from portail.model.retrait import Retrait
from portail.site.draft import Draft
from portail.site.reserved import former_path, is_owned
from portail.site.rules.references import state_of

__all__ = ["check_retraits"]


def check_retraits(draft: Draft) -> Iterator[Diagnostic]:
    """Contents taken back that are there (E507), whose address is the site's own (E502), that lead
    nowhere (E401), to what is not published (E403) or elsewhere than another content says
    (E503)."""
    claimed = {
        former_path(url): entry.ref for _, entry in draft.entries() for url in entry.anciennes_urls
    }
    for rank, one in enumerate(draft.register.retraits):
        if one.ref in draft.known:
            place = draft.register.place(rank, "ref")
            yield diagnostic("E507", place, valeur=one.ref, autre=draft.known[one.ref])
        elif one.kind is not Kind.NEWSLETTER and is_owned(one.url):
            yield diagnostic("E502", draft.register.place(rank, "ref"), url=one.url)
        if one.vers:
            yield from _destination(draft, rank, one)
            owner = claimed.get(one.url)
            if owner and owner != one.vers:
                place = draft.register.place(rank, "vers")
                yield diagnostic("E503", place, url=one.url, autre=owner)


def _destination(draft: Draft, rank: int, one: Retrait) -> Iterator[Diagnostic]:
    place, ref = draft.register.place(rank, "vers"), one.vers or ""
    if ref not in draft.known:
        near = draft.refs.nearest(ref)
        remedy = f"Le plus proche : « {near} »." if near else "Retirez « vers »."
        paste = f"vers: {near}" if near else ""
        yield diagnostic("E401", place, paste=paste, valeur=ref, remede=remedy)
    elif ref in draft.hidden and ref not in draft.faulty and one.connu(draft.day.date):
        yield diagnostic("E403", place, valeur=ref, etat=state_of(draft, ref))
