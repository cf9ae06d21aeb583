"""What search engines may index, when it last changed, what they and networks are told of it."""

from portail.feature import Feature, Output
from portail.late import late
from portail.outputs.pages.slots import DESCRIBED
from portail.roles import DESCRIBES

with late(__name__):
    from . import nodes, sitemap


feature = Feature(
    name="referencement",
    title="Moteurs de recherche",
    needs=("facades",),
    outputs=(
        Output("robots", sitemap.plan_robots),
        Output("sitemap", sitemap.plan_sitemap, is_survey=True),
    ),
    slots={DESCRIBED: nodes.described},
    roles={DESCRIBES: nodes.graph},
)
