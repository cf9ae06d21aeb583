"""Addresses that lead elsewhere: a page for each, and their list for servers."""

from portail.feature import Feature, Output
from portail.late import late

with late(__name__):
    from . import output


feature = Feature(
    name="redirections",
    title="Redirections",
    outputs=(Output("redirects", output.plan_redirects),),
)
