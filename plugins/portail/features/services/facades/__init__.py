"""Places drawn by rule from their sheets: façades, whose words are ``data/facades.yml``.

What is drawn is a fact of the sheet: its line, else its type alone, by a sign; words beside say the
same.
"""

from portail.feature import Feature, Output
from portail.late import late
from portail.settings import Setting

with late(__name__):
    from . import notation, setting, share


feature = Feature(
    name="facades",
    title="Façades des lieux",
    settings=(Setting("PORTAIL_IMAGE_DU_SOIR", setting.read_setting, default=False),),
    outputs=(Output("facades", share.plan_shared),),
    promises={"read_facade": notation.read_facade},
)
