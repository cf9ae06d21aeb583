"""Rules on publication: dates, addresses, contents taken back, words of links."""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.model.lieu import Lieu
from portail.model.parts import Constat, Etat, Releve
from portail.model.retraits import Retrait
from portail.site.draft import Draft
from portail.site.redirections import former_path, is_owned, reserved_slugs
from portail.site.rules.references import state_of
from portail.site.urls import draft_path, path_of
from portail.text.dates import jour


def check_dates(draft: Draft) -> Iterator[Diagnostic]:
    """Scheduled (C207), draft (C208, C210), changed on a day to come (A247), to verify (C209)."""
    for loaded, entry in draft.entries():
        if entry.partage:
            yield diagnostic("C210", draft.place(loaded, ("statut",)), url=draft_path(entry.slug))
        elif entry.brouillon:
            yield diagnostic("C208", draft.place(loaded, ("statut",)))
        elif draft.scheduled(entry) and entry.publie_le:
            place = draft.place(loaded, ("publie_le",))
            yield diagnostic("C207", place, jour=jour(entry.publie_le, semaine=False))
        elif entry.modifie and entry.modifie > draft.day.date:
            place = draft.place(loaded, ("modifie",))
            yield diagnostic("A247", place, jour=jour(entry.modifie, semaine=False))
        if isinstance(entry, Lieu) and entry.verifie_le and entry.a_verifier(draft.day.date):
            place = draft.place(loaded, ("verifie_le",))
            yield diagnostic("C209", place, jour=jour(entry.verifie_le, semaine=False))


def check_examples(draft: Draft) -> Iterator[Diagnostic]:
    """Examples, told once for the whole site where the first one is (C521)."""
    examples = [loaded for loaded, entry in draft.entries() if entry.exemple]
    if examples:
        first = min(examples, key=lambda loaded: loaded.path)
        yield diagnostic("C521", draft.place(first, ("exemple",)), nombre=len(examples))


def check_slugs(draft: Draft) -> Iterator[Diagnostic]:
    """Slugs whose address is the site's own (E502)."""
    for loaded, entry in draft.entries():
        if entry.slug in reserved_slugs(entry.kind):
            yield diagnostic("E502", Position(loaded.path), url=path_of(entry))


def check_former_addresses(draft: Draft) -> Iterator[Diagnostic]:
    """Former addresses that are taken (E503)."""
    moved = [(loaded, entry) for loaded, entry in draft.entries() if entry.anciennes_urls]
    if not moved:
        return
    owners = {path_of(entry).casefold(): loaded.path for loaded, entry in draft.entries()}
    former: dict[str, PurePosixPath] = {}
    for loaded, entry in moved:
        for rank, url in enumerate(entry.anciennes_urls):
            path = former_path(url)
            first = former.setdefault(path.casefold(), loaded.path)
            taken: object = owners.get(path.casefold())
            if first != loaded.path:
                taken = taken or first
            if is_owned(path) or _is_below(path, owners):
                taken = "le site lui-même"
            if taken:
                place = draft.place(loaded, ("anciennes_urls", rank))
                yield diagnostic("E503", place, url=path, autre=taken)


def _is_below(path: str, owners: Container[str]) -> bool:
    """Whether ``path`` is below the page of a content, where the site makes others: its poster,
    its calendar, its years. Pages at the root have none."""
    parts = path.casefold().strip("/").split("/")
    return len(parts) > 2 and f"/{parts[0]}/{parts[1]}/" in owners


# The register of contents taken back agrees with the contents that are there.


def check_retraits(draft: Draft) -> Iterator[Diagnostic]:
    """Contents taken back that are there (E507), whose address is the site's own (E502), that lead
    nowhere (E401), to what is not published (E403) or elsewhere than another content says
    (E503)."""
    entries = draft.entries() if draft.register.retraits else ()
    claimed = {former_path(url): entry.ref for _, entry in entries for url in entry.anciennes_urls}
    for rank, retrait in enumerate(draft.register.retraits):
        if retrait.ref in draft.known:
            place = draft.register.place(rank, "ref")
            yield diagnostic("E507", place, valeur=retrait.ref, autre=draft.known[retrait.ref])
        elif retrait.kind.info.has_page and is_owned(retrait.url):
            yield diagnostic("E502", draft.register.place(rank, "ref"), url=retrait.url)
        if retrait.vers:
            yield from _destination(draft, rank, retrait)
            owner = claimed.get(retrait.url)
            if owner and owner != retrait.vers:
                place = draft.register.place(rank, "vers")
                yield diagnostic("E503", place, url=retrait.url, autre=owner)


def _destination(draft: Draft, rank: int, retrait: Retrait) -> Iterator[Diagnostic]:
    place = draft.register.place(rank, "vers")
    ref = retrait.vers or ""
    if ref not in draft.known:
        near = draft.refs.nearest(ref)
        remedy = f"Le plus proche : « {near} »." if near else "Retirez « vers »."
        paste = f"vers: {near}" if near else ""
        yield diagnostic("E401", place, paste=paste, valeur=ref, remede=remedy)
    elif ref in draft.hidden and ref not in draft.faulty and retrait.connu(draft.day.date):
        yield diagnostic("E403", place, valeur=ref, etat=state_of(draft, ref))


# What is said of an address that was checked: what is wrong with it, what to write instead.

STATES = {
    Etat.MORTE: "Lien mort",
    Etat.PRIVEE: "Adresse privée",
    Etat.A_REVOIR: "À revoir",
    Etat.DEPLACEE: "Déplacée",
    Etat.A_OUVRIR: "À ouvrir soi-même",
    Etat.BONNE: "Bonne",
}
_TROUBLES = {
    Constat.BON: "L’adresse répond",
    Constat.DEPLACE: "La page a changé d’adresse pour de bon",
    Constat.REFUS: "Le site n’ouvre pas cette page aux programmes",
    Constat.ROBOTS: "Le site demande aux programmes de ne pas venir (robots.txt)",
    Constat.INTROUVABLE: "La page n’existe plus",
    Constat.ERREUR: "Le site répond par une erreur",
    Constat.MUET: "Le site n’a pas répondu à temps",
    Constat.INJOIGNABLE: "Le site est injoignable",
    Constat.CERTIFICAT: "Le certificat du site est refusé",
    Constat.BOUCLE: "L’adresse renvoie sans fin d’une page à l’autre",
    Constat.PRIVE: "L’adresse mène à un réseau privé, où aucun lecteur ne peut aller",
}


def link_fault(record: Releve) -> str:
    """What the check found, and since when: « La page n’existe plus (404), depuis le 20 novembre
    2026. »"""
    parts = [_TROUBLES[record.constat]]
    if record.code and record.constat not in (Constat.BON, Constat.DEPLACE):
        parts.append(f" ({record.code})")
    if record.detail:
        parts.append(f" : {record.detail}")
    if record.premier_echec:
        parts.append(f", depuis le {jour(record.premier_echec, semaine=False)}")
    return "".join(parts) + "."


def remedy_of(written: str, record: Releve) -> str:
    """What to do about it, in a sentence that ends before the address to write or to open, if any
    (``replacement``)."""
    if record.etat is Etat.MORTE:
        return "Cherchez la nouvelle adresse, ou une copie :"
    if record.etat is Etat.PRIVEE:
        return "Écrivez l’adresse que les lecteurs peuvent ouvrir, ou retirez le lien."
    if record.constat is Constat.CERTIFICAT:
        return "Ouvrez-la : si le navigateur prévient d’un danger, prévenez la structure."
    if record.etat is Etat.A_REVOIR:
        return "Rien à faire encore : ce n’est peut-être qu’une panne, la suite le dira."
    if record.etat is Etat.DEPLACEE:
        if urlsplit(record.vers).path.strip("/") or not urlsplit(written).path.strip("/"):
            return "Écrivez :"
        return "Elle mène à l’accueil, la page a sans doute disparu. Cherchez-la, ou écrivez :"
    return "Ouvrez-la vous-même." if record.etat is Etat.A_OUVRIR else ""


def replacement(written: str, record: Releve) -> str:
    """The address to write instead of ``written``, its anchor kept, or where the Internet Archive
    lists its copies; empty when there is none."""
    if record.etat is Etat.MORTE:
        return f"https://web.archive.org/web/*/{written.partition('#')[0]}"
    if record.etat is not Etat.DEPLACEE:
        return ""
    anchor = written.partition("#")[2]
    return f"{record.vers}#{anchor}" if anchor and "#" not in record.vers else record.vers
