"""Every output of the site: one module each, one line here.

``OUTPUTS`` read the site; ``SURVEYS`` come after, and read what the others planned too.
"""

from __future__ import annotations

from portail.outputs.base import Output, Survey
from portail.outputs.calendars import CalendarsOutput
from portail.outputs.contribuer.output import ContribuerOutput
from portail.outputs.couverture import CouvertureOutput
from portail.outputs.empreintes import EmpreintesOutput
from portail.outputs.facettes import FacettesOutput
from portail.outputs.flux import FluxOutput
from portail.outputs.grounds import GroundsOutput
from portail.outputs.guides.output import GuidesOutput
from portail.outputs.medias import MediasOutput
from portail.outputs.newsletter.output import NewsletterOutput
from portail.outputs.newsletter.week_data import WeekDataOutput
from portail.outputs.opendata.exports import ExportsOutput
from portail.outputs.opendata.output import OpenDataOutput
from portail.outputs.opml import OpmlOutput
from portail.outputs.pages.output import PagesOutput
from portail.outputs.redirects import RedirectsOutput
from portail.outputs.robots import RobotsOutput
from portail.outputs.ruban import RubanOutput
from portail.outputs.search.output import SearchOutput
from portail.outputs.search.terms import TermsOutput
from portail.outputs.sitemap import SitemapSurvey
from portail.outputs.textes import TextesOutput

__all__ = ["APART", "OUTPUTS", "SURVEYS"]

OUTPUTS: tuple[Output, ...] = (
    PagesOutput(),
    RubanOutput(),
    RedirectsOutput(),
    RobotsOutput(),
    EmpreintesOutput(),
    FacettesOutput(),
    WeekDataOutput(),
    MediasOutput(),
    GroundsOutput(),
    CouvertureOutput(),
    GuidesOutput(),
    CalendarsOutput(),
    FluxOutput(),
    OpmlOutput(),
    NewsletterOutput(),
    ExportsOutput(),
    OpenDataOutput(),
    SearchOutput(),
    TermsOutput(),
    ContribuerOutput(),
    TextesOutput(),
)

APART = (PagesOutput, GuidesOutput, MediasOutput, NewsletterOutput)
"""Outputs that cut their plan in parts themselves, or read more than the site: files, the version
of a library. The plan of any other is one part."""

SURVEYS: tuple[Survey, ...] = (SitemapSurvey(),)
