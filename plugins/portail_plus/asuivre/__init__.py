"""What was promised to be continued: the day, a file for one's calendar, links both ways once it is
there.
"""

from portail.feature import FactSpec, Feature, Output
from portail.late import late
from portail.outputs.pages.slots import DESK_SECTIONS

with late(__name__):
    from . import desk, reminder, sequels


# A promise is shown until it is kept, which depends on the day: feeds and calendars do not.
_SHOWN = ("page",)

feature = Feature(
    name="asuivre",
    title="La suite est promise",
    after=(
        "langues",
        "selection",
        "horsligne",
        "calendriers",
    ),
    needs=("calendriers", "fiches"),
    rules=(sequels.overdue,),
    facts=(
        FactSpec(sequels.sequel, "articles", _SHOWN),
        FactSpec(sequels.origin, "articles", _SHOWN),
        FactSpec(sequels.sequel, "events", _SHOWN),
        FactSpec(sequels.origin, "events", _SHOWN),
    ),
    outputs=(Output("suites", reminder.plan_reminders),),
    slots={DESK_SECTIONS: desk.desk_section},
)
