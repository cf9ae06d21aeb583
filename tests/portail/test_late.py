"""What features name and import late is there, and is what a portal calls."""

import subprocess
import sys
from collections.abc import Mapping

import pytest
from msgspec import Struct

from portail.diagnostics import DataError
from portail.feature import Feature, Role
from portail.features import FEATURES
from portail.late import Late, LateModule, found


def late_names(value):
    """Everything late in what a feature brings."""
    if isinstance(value, Late | LateModule):
        yield value
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from late_names(getattr(value, name))
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from late_names(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from late_names(inner)


@pytest.mark.parametrize("feature", FEATURES, ids=[feature.name for feature in FEATURES])
def test_every_name_that_a_feature_brings_is_there(feature):
    for name in late_names(feature):
        assert found(name) is not None, name


def test_a_module_is_imported_when_what_it_holds_is_called():
    code = (
        "import sys\nfrom portail.late import late\n"
        "with late('portail'):\n    from portail import absent, qr\nmake = qr.qr\n"
        "assert f'{make.__module__}.{make.__name__}' == 'portail.qr.qr'\n"
        "import portail\nassert not hasattr(portail, 'machine')\n"
        "assert 'portail.qr' not in sys.modules and make('x')\nabsent.make()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "ModuleNotFoundError: No module named 'portail.absent'" in done.stderr


def test_a_package_gives_the_modules_that_it_named_late():
    from types import ModuleType

    from portail_plus.falc import page

    assert isinstance(page, ModuleType)


def test_a_role_has_one_bearer():
    role = Role("essai")
    one, two = (Feature(name=name, title=name, roles={role: name}) for name in ("un", "deux"))
    assert role.of([]) is None
    assert role.of([two]) == "deux"
    with pytest.raises(DataError, match="« un » et « deux »"):
        role.of([one, two])
