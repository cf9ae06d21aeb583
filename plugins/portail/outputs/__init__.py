"""Every output of the site: one module each, one line here."""

from __future__ import annotations

from portail.outputs.base import Output
from portail.outputs.calendars import CalendarsOutput
from portail.outputs.empreintes import EmpreintesOutput
from portail.outputs.facettes import FacettesOutput
from portail.outputs.grounds import GroundsOutput
from portail.outputs.medias import MediasOutput
from portail.outputs.pages import PagesOutput
from portail.outputs.redirects import RedirectsOutput
from portail.outputs.ruban import RubanOutput

__all__ = ["OUTPUTS"]

OUTPUTS: tuple[Output, ...] = (
    PagesOutput(),
    RubanOutput(),
    RedirectsOutput(),
    EmpreintesOutput(),
    FacettesOutput(),
    MediasOutput(),
    GroundsOutput(),
    CalendarsOutput(),
)
