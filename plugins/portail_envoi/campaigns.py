"""Sending an issue through a service of letters: one campaign for each edition, a draft unless it
is launched. Whichever machine asks, the campaign of a week is found again by its mark, not made
twice; lists, and those who leave them, are the service’s.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from portail.diagnostics import ConfigError
from portail.features.channels.lettre.issue import Frozen
from portail.features.channels.lettre.settings import letter_of

from . import settings
from .api import Campaign
from .brevo import Brevo
from .journal import Journal, SendingError
from .listmonk import Listmonk
from .mails import Mail
from .preparing import Order, guard, journal_path, prepared, print_now


class Service(Protocol):
    """What is asked of a service. All of it raises ``SendingError``."""

    url: str
    # How a list is named, to follow « : ».
    names: str

    def check(self) -> None:
        """Refuse a service that would add something to the letter."""

    def list_numbers(self, names: Mapping[str, str]) -> dict[str, int]:
        """The number of the list of each edition."""

    def find(self, mark: str) -> list[Campaign]:
        """The campaigns of a mark."""

    def create(self, mark: str, title: str, mail: Mail, number: int) -> Campaign:
        """Make the draft of a mail, for a list."""

    def launch(self, campaign: Campaign) -> None:
        """Send a draft, once."""

    def address(self, campaign: Campaign) -> str:
        """Where editors look at it."""


def service_of(order: Order) -> Service:
    """The service that an order names. Raises ``ConfigError``."""
    timeout = float(order.options.delai or 60)
    if order.options.vers == "brevo":
        return Brevo(settings.brevo(order.environ), timeout)
    return Listmonk(settings.listmonk(order.environ), timeout)


def by_service(order: Order, codes: Collection[str]) -> int:
    """Make the campaign of each edition that has a list, and launch it if asked; the exit code."""
    service = service_of(order)
    options = order.options
    names = _lists(order, codes, service)
    path = journal_path(order)
    if options.simuler:
        verb = "lancées" if options.lancer else "créées en brouillon"
        print_now(
            f"Simulation : {order.week.slug}, campagnes {verb} par {service.url}. Rien n’est fait."
        )
        print_now("\n".join(f"  {code} : liste {name}" for code, name in names.items()))
        return 0
    with Journal(path) as journal:
        guard(order, journal)
        service.check()
        numbers = service.list_numbers(names)
        frozen, mails = prepared(order, names.keys(), journal)
        fine = True
        for code, mail in mails.items():
            text, done = campaign(service, frozen, mail, numbers[code], launch=options.lancer)
            print_now(text)
            fine = fine and done
    for code in sorted(names.keys() - mails.keys()):
        print_now(f"{code} : rien à dire cette semaine, pas de campagne")
    return 0 if fine else 1


def campaign(
    service: Service, frozen: Frozen, mail: Mail, number: int, *, launch: bool
) -> tuple[str, bool]:
    """Make the campaign of an edition unless it is there, and launch it if asked; its state in
    French, and whether it is as asked. Raises ``SendingError``."""
    host = frozen.enseigne.siteurl.partition("://")[2].replace("/", "-")
    mark = f"{host}-{frozen.semaine}-{mail.edition}"[:100]
    title = f"{frozen.enseigne.nom} · {frozen.semaine} · {mail.edition}"
    campaigns = service.find(mark)
    if len(campaigns) > 1:
        raise SendingError(
            f"{service.url} a {len(campaigns)} campagnes marquées {mark} : gardez-en une."
        )
    verb = "était déjà là" if campaigns else "est créée"
    campaign = campaigns[0] if campaigns else service.create(mark, title, mail, number)
    name = f"{mail.edition} : la campagne {campaign.number}"
    where = f"({service.address(campaign)})"
    if campaign.state != "draft":
        return f"{name} {campaign.status} {where}", campaign.state == "done"
    if not launch:
        return f"{name} {verb}, en brouillon : relisez et lancez-la {where}", True
    service.launch(campaign)
    return f"{name} est lancée {where}", True


def _lists(order: Order, codes: Collection[str], service: Service) -> dict[str, str]:
    # The list of each edition: that of the environment, else that of the site's settings.
    named = settings.lists(order.environ, codes)
    lists = {
        edition.code: name
        for edition in letter_of(order.place.config).editions
        if (name := named.get(edition.code) or edition.liste)
        and order.options.edition in (None, edition.code)
    }
    if not lists:
        raise ConfigError(f"Aucune édition n’a de liste : {service.names}.")
    return lists
