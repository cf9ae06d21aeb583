"""Places drawn by rule from their sheets: façades, whose words are ``data/facades.yml``.

What is drawn is a fact of the sheet: its line, else its type alone, by a sign; words beside say the
same.
"""

from portail.feature import Feature, Output
from portail.late import late

with late(__name__):
    from . import notation, share


feature = Feature(
    name="facades",
    title="Façades des lieux",
    outputs=(Output("facades", share.plan_shared),),
    promises={"read_facade": notation.read_facade},
)
