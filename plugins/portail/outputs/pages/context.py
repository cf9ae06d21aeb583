"""What every page shares: settings, controlled lists, geography."""

from __future__ import annotations

from msgspec import Struct

from portail.config import SiteConfig
from portail.geo.territories import Geography
from portail.model.vocabulary import Vocabularies
from portail.site.memo import per_site
from portail.site.site import Site


class PageContext(Struct, frozen=True):
    """Settings, controlled lists and geography: in every page's fingerprint."""

    config: SiteConfig
    vocabularies: Vocabularies
    geography: Geography

    def label(self, liste: str, code: str | None) -> str:
        """French label of a code, or the code itself when the list lacks it."""
        return self.vocabularies.label(liste, code)


@per_site
def context_of(site: Site) -> PageContext:
    """The context of a site."""
    return PageContext(site.config, site.vocabularies, site.geography)
