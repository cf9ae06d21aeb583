"""What features name and import late is there, and is what a portal calls."""

import subprocess
import sys
from collections.abc import Mapping

import pytest
from msgspec import Struct

from portail.diagnostics import DataError
from portail.feature import Feature, Role
from portail.features import FEATURES
from portail.late import Late, LateModule, found, late


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


def test_a_late_function_is_called_and_known_by_its_name():
    with late(__name__):
        from portail.text import typography
    capital = typography.capital
    assert capital("été") == "Été"
    assert f"{capital.__module__}.{capital.__qualname__}" == "portail.text.typography.capital"


def test_a_module_is_imported_when_it_is_used():
    code = (
        "import sys\nfrom portail.late import late\n"
        "with late(__name__):\n    from portail import qr\nmake = qr.modules\n"
        "assert 'portail.qr' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_package_gives_the_modules_that_it_named_late():
    from types import ModuleType

    from portail.features.kinds.demandes import page

    assert isinstance(page, ModuleType)


def test_a_role_has_one_bearer():
    role = Role("essai")
    one, two = (Feature(name=name, title=name, roles={role: name}) for name in ("un", "deux"))
    assert role.of([]) is None
    assert role.of([two]) == "deux"
    with pytest.raises(DataError, match="« un » et « deux »"):
        role.of([one, two])
