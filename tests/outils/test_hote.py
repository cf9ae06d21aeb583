"""The versions of the host that come are judged by the tests that its decision names."""

import subprocess
import zipfile

import pytest

from hote import DECISION, TESTS, installed, named_tests


def test_what_is_replaced_has_its_tests():
    text = DECISION.read_text(encoding="utf-8")
    rows = text.partition("| what | why | test |")[2].strip().partition("\n\n")[0]
    names = named_tests(rows)
    assert len(names) > 2
    assert not [name for name in names if not (TESTS / name).is_file()]
    assert all("test_" in row for row in rows.splitlines()[1:])


@pytest.mark.long
def test_another_version_stands_over_ours_and_the_rest_is_there(tmp_path):
    wheel = tmp_path / "blinker-99.0-py3-none-any.whl"
    told = "Metadata-Version: 2.1\nName: blinker\nVersion: 99.0\n"
    tags = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("blinker/__init__.py", "ailleurs = True\n")
        archive.writestr("blinker-99.0.dist-info/METADATA", told)
        archive.writestr("blinker-99.0.dist-info/WHEEL", tags)
        archive.writestr("blinker-99.0.dist-info/RECORD", "")
    python = installed(tmp_path / "hote", [str(wheel)])
    asked = "import blinker, jinja2, portail; print(blinker.ailleurs)"
    done = subprocess.run([python, "-c", asked], capture_output=True, text=True, check=False)
    assert done.stdout == "True\n", done.stderr
