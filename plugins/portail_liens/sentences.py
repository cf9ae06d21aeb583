"""What is said of an address that was checked: what is wrong with it, what to write instead."""

from __future__ import annotations

from portail.text.addresses import address_parts
from portail.text.dates import jour

from .records import Constat, Etat, Releve

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
        if address_parts(record.vers).path.strip("/") or not address_parts(written).path.strip("/"):
            return "Écrivez :"
        return "Elle mène à l’accueil, la page a sans doute disparu. Cherchez-la, ou écrivez :"
    if record.etat is Etat.A_OUVRIR:
        return "Ouvrez-la vous-même."
    return ""


def replacement(written: str, record: Releve) -> str:
    """The address to write instead of ``written``, its anchor kept, or where the Internet Archive
    lists its copies; empty when there is none."""
    if record.etat is Etat.MORTE:
        return f"https://web.archive.org/web/*/{written.partition('#')[0]}"
    if record.etat is not Etat.DEPLACEE:
        return ""
    anchor = written.partition("#")[2]
    if anchor and "#" not in record.vers:
        return f"{record.vers}#{anchor}"
    return record.vers
