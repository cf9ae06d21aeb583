"""Every output of the site: one module each, one line here.

``OUTPUTS`` read the site; ``SURVEYS`` come after, and read what the others planned too. A module is
imported when its output is planned: one whose files stand is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from portail.outputs.sitemap import SitemapSurvey

if TYPE_CHECKING:
    from portail.outputs.base import Artifact, Output, Survey
    from portail.site.site import Site


class Later(NamedTuple):
    """An output of another module: its name, where it is. ``whole``: its plan is one part; else it
    cuts its plan itself, or reads more than the site (files, the version of a library)."""

    name: str
    module: str
    kind: str
    whole: bool = True

    @property
    def output(self) -> Output:
        """The output itself."""
        found: Output = getattr(import_module(f"{__name__}.{self.module}"), self.kind)()
        return found

    def plan(self, site: Site) -> Iterable[Artifact]:
        """See ``Output.plan``."""
        return self.output.plan(site)


OUTPUTS: tuple[Later, ...] = (
    Later("pages", "pages.output", "PagesOutput", whole=False),
    Later("ruban", "ruban", "RubanOutput"),
    Later("imprimes", "imprimes.output", "ImprimesOutput"),
    Later("redirects", "redirects", "RedirectsOutput"),
    Later("robots", "sitemap", "RobotsOutput"),
    Later("empreintes", "empreintes", "EmpreintesOutput"),
    Later("facettes", "facettes", "FacettesOutput"),
    Later("ma-lettre", "newsletter.week_data", "WeekDataOutput"),
    Later("medias", "medias", "MediasOutput", whole=False),
    Later("fonds", "grounds", "GroundsOutput"),
    Later("couverture", "grounds", "CouvertureOutput"),
    Later("guides", "guides", "GuidesOutput", whole=False),
    Later("calendriers", "calendars.output", "CalendarsOutput"),
    Later("flux", "flux.output", "FluxOutput"),
    Later("opml", "pages.flux", "OpmlOutput"),
    Later("newsletter", "newsletter.output", "NewsletterOutput", whole=False),
    Later("exports", "opendata.maps", "ExportsOutput"),
    Later("opendata", "opendata.output", "OpenDataOutput"),
    Later("recherche", "search.output", "SearchOutput"),
    Later("termes", "search.output", "TermsOutput"),
    Later("contribuer", "contribuer", "ContribuerOutput"),
    Later("textes", "textes", "TextesOutput"),
)


SURVEYS: tuple[Survey, ...] = (SitemapSurvey(),)
