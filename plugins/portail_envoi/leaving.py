"""How a subscriber leaves: an address of their own, signed, so that nobody leaves for another.

The token is ``base64url(HMAC-SHA256(secret, edition + "\\n" + address))`` without padding: the
service that takes it makes it again and compares (RFC 2104). It needs no data base, holds no
address, and is the same in every issue.
"""

from __future__ import annotations

import hmac
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from urllib.parse import quote

from portail.errors import ConfigError
from portail_envoi.addresses import Mailbox
from portail_envoi.secret import Secret
from portail_envoi.subscribers import Subscriber

__all__ = ["Leaving", "token"]

_PARTS = ("adresse", "edition", "jeton")
_LEAST = 16


def token(secret: Secret, edition: str, to: Mailbox) -> str:
    """The token of a subscriber of an edition, 43 signs of ``A-Za-z0-9_-``."""
    said = f"{edition}\n{to.key}".encode()
    made = hmac.digest(secret.reveal().encode(), said, "sha256")
    return urlsafe_b64encode(made).rstrip(b"=").decode("ascii")


@dataclass(frozen=True, slots=True)
class Leaving:
    """The address where one leaves: ``https://…?e={adresse}&l={edition}&j={jeton}``; ``mail`` is
    the alternative, an address to write to. Either may be ``""``.

    Raises ``ConfigError`` for a template that is not https, names something else, or needs a
    secret that is missing or short.
    """

    template: str = ""
    secret: Secret = Secret("", "")  # noqa: RUF009, it never changes
    mail: str = ""

    def __post_init__(self) -> None:
        named = re.findall(r"\{([^{}]*)\}", self.template)
        if not self.template:
            return
        if not re.fullmatch(r"https://[^\s<>\"]+", self.template, re.ASCII):
            raise ConfigError("PORTAIL_ENVOI_DESABONNEMENT n’est pas une adresse https.")
        if "adresse" not in named or not set(named) <= set(_PARTS):
            raise ConfigError(
                "PORTAIL_ENVOI_DESABONNEMENT contient {adresse}, et s’il le faut {edition} et "
                "{jeton}, rien d’autre entre accolades."
            )
        if "jeton" in named and len(self.secret.reveal()) < _LEAST:
            raise ConfigError(
                f"{{jeton}} demande PORTAIL_ENVOI_SECRET, de {_LEAST} signes au moins."
            )

    def link(self, one: Subscriber) -> str:
        """Where this subscriber leaves; ``""`` when only a message does it."""
        if one.leave or not self.template:
            return one.leave
        values = {
            "adresse": quote(str(one.mailbox), safe=""),
            "edition": quote(one.edition, safe=""),
            "jeton": token(self.secret, one.edition, one.mailbox) if self.secret else "",
        }
        return re.sub(r"\{(\w+)\}", lambda found: values[found[1]], self.template)

    def mailto(self, one: Subscriber) -> str:
        """The message by which this subscriber leaves; ``""`` without an address."""
        if not self.mail:
            return ""
        subject = quote(f"desabonnement {one.edition} {one.mailbox}", safe="")
        return f"mailto:{quote(self.mail, safe='@')}?subject={subject}"
