"""Send an issue by a service that has the subscribers: Listmonk."""

from __future__ import annotations

from collections.abc import Collection

from portail.errors import ConfigError
from portail_envoi import settings
from portail_envoi.campaigns import campaign, list_numbers, template_number
from portail_envoi.journal import Journal
from portail_envoi.listmonk import Api
from portail_envoi.sending import begin
from portail_envoi.steps import Order, guard, journal_path, prepared, say, wait

__all__ = ["by_listmonk"]


def by_listmonk(order: Order, codes: Collection[str]) -> int:
    """Make the campaign of each edition that has a list, and launch it if asked; the exit code.

    Everything is looked up before anything is frozen. Raises ``PortailError``.
    """
    place, options = settings.listmonk(order.environ), order.options
    names = _lists(order, codes)
    path = journal_path(order)
    if options.simuler:
        verb = "lancées" if options.lancer else "créées en brouillon"
        say(f"Simulation : {order.week.slug}, campagnes {verb} par {place.url}. Rien n’est fait.")
        say("\n".join(f"  {code} : liste {name}" for code, name in names.items()))
        return 0
    with Journal(path) as journal:
        guard(order, journal)
        api = Api(place, float(options.delai or 60))
        template, numbers = template_number(api), list_numbers(api, names)
        frozen, mails = prepared(order, names.keys(), journal)
        begin(journal, options.vers, mails, frozen)
        wait(order, frozen, mails.keys())
        fine = True
        for code, mail in mails.items():
            done = campaign(api, frozen, mail, numbers[code], template, options.lancer)
            say(done.text)
            fine = fine and done.fine
    for code in sorted(names.keys() - mails.keys()):
        say(f"{code} : rien à dire cette semaine, pas de campagne")
    return 0 if fine else 1


def _lists(order: Order, codes: Collection[str]) -> dict[str, str]:
    """The list of each edition: that of the environment, else that of the site's settings."""
    told = settings.lists(order.environ, codes)
    editions = order.place.config.lettre.editions
    known = {one.code: told.get(one.code) or one.liste for one in editions}
    wanted = order.options.edition
    found = {code: name for code, name in known.items() if name and wanted in (None, code)}
    if not found:
        raise ConfigError(
            "Aucune édition n’a de liste : PORTAIL_LETTRE en donne l’UUID, ou "
            "PORTAIL_ENVOI_LISTES le numéro."
        )
    return found
