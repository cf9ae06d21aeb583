"""What is left in contents: of other tools, their syntax, links that open a meeting, mentions of a
feed; of examples, their values."""

from portail.feature import Feature, Judges
from portail.late import late

with late(__name__):
    from . import models


feature = Feature(
    name="oublis",
    title="Restes d’autres outils et d’exemples",
    needs=("schemas",),
    judges=Judges(text=models.judge, project=models.judge_project),
)
