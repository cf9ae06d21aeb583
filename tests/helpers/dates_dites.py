"""What people write of dates (``tests/data/dates_dites.yml``), for what reads them: Python, the
scripts of the form."""

from functools import cache

import yaml

from checkout import ROOT

_TABLE = ROOT / "tests/data/dates_dites.yml"


@cache
def told():
    """The rows of the table."""
    return tuple(yaml.safe_load(_TABLE.read_text("utf-8")))
