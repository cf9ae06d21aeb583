"""How readers cite a page."""

from portail.feature import Feature
from portail.late import late
from portail.outputs.pages.slots import CITATION

with late(__name__):
    from . import citation


feature = Feature(name="citer", title="Citer une page", slots={CITATION: citation.citations})
