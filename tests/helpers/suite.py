"""What every test may use: the packages on the path, small trees of files, a browser."""

from __future__ import annotations

import gc
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakSet

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from portail.memory import Memory

ROOT = Path(__file__).resolve().parents[2]
PLUGINS = ROOT / "plugins"

# A million objects are made to collect the tests, and all of them stay: to look again and again for
# what could be freed is a third of that time. See pytest_collection_finish.
gc.disable()

# Without an installation (`python -m pytest` in a bare checkout) the packages are found here.
# PYTHONPATH carries the same to the processes that tests start.
if importlib.util.find_spec("portail") is None:
    sys.path.insert(0, str(PLUGINS))
    os.environ["PYTHONPATH"] = os.pathsep.join(
        [str(PLUGINS), *filter(None, [os.environ.get("PYTHONPATH")])]
    )

# What several folders of tests share (``from plans import Tree``), and the scripts that they try.
sys.path.append(str(ROOT / "outils"))

from checkout import PACKAGES  # noqa: E402
from doses import dose, twelfth  # noqa: E402
from installation import installed, lent, wheel  # noqa: E402, F401  # fixtures of all
from liars import liar  # noqa: E402, F401
from whole_sites import (  # noqa: E402, F401
    built,
    hosted,
    page,
    phone,
    tab,
    whole_site,
)

# Sites are written by the thousand: in memory where there is room, which takes a tenth less time.
MEMORY, ROOM = Path("/dev/shm"), 4_000_000_000
if (
    "TMPDIR" not in os.environ
    and os.access(MEMORY, os.W_OK)
    and shutil.disk_usage(MEMORY).free > ROOM
):
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)

# A test must not depend on the machine's settings: those of a build are given by each test.
for name in [*os.environ]:
    if name.startswith("PORTAIL_") or name in {"SITEURL", "SOURCE_DATE_EPOCH"}:
        del os.environ[name]

# Tests already run side by side: builds that fork would share the same cores, and each of their
# processes would work out again what this one knows. Tests of forked builds ask for processes.
os.environ["PORTAIL_PROCESSUS"] = "1"

# Where Python keeps no bytecode, each process that a test starts would compile everything.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# No deadline: two busy cores make a slow example, not a wrong one. In CI the examples are
# the same at every run; elsewhere new ones are tried, and a failing one is remembered.
settings.register_profile(
    "local",
    deadline=None,
    max_examples=dose(25, 200),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("ci", settings.get_profile("local"), derandomize=True, database=None)

# Builds hash every file in CI; here they are run as a contributor's machine runs them, and those
# that must hash ask for it. What remains of the variable is for the processes that run the tests.
if os.environ.pop("CI", None):
    os.environ["SUITE_FIXE"] = "1"
settings.load_profile("ci" if os.environ.get("SUITE_FIXE") else "local")


@pytest.fixture(scope="session", autouse=True)
def tables_read_once():
    """Thousands of small sites are assembled here: see ``warm.tables_read_once``."""
    import warm
    from portail.memory import Memory

    started = Memory.__init__

    def start(database, *arguments):
        started(database, *arguments)
        _DATABASES.add(database)

    with pytest.MonkeyPatch.context() as patch:
        warm.tables_read_once(patch)
        patch.setattr(Memory, "__init__", start)
        yield


_DATABASES: WeakSet[Memory] = WeakSet()
"""Those of the sites that this process read: each is opened again when it is asked."""


_LONG = (
    "plugins/portail_relecture/tests/apercu/",
    "plugins/portail_fonds/tests/catalogue/",
    "plugins/portail_fonds/tests/classes/",
    "portail_pelican/",
    "portail_publication/",
    "theme/",
    "faits/",
    "test_",
)
"""Files whose tests build sites or open browsers: seconds each."""


def pytest_collection_modifyitems(config, items):
    """Long files first: short ones fill what is left, and no process waits for another's last.
    Without a package that may be left out, what needs it is skipped."""
    if turn := os.environ.get("DOUZIEME"):
        items[:] = twelfth(items, int(turn))
    items.sort(key=lambda item: not item.nodeid.partition("/")[2].startswith(_LONG))
    if all(map(importlib.util.find_spec, PACKAGES)):
        return
    whole = {*(ROOT / "tests/avec_tout.txt").read_text(encoding="utf-8").splitlines()}
    for item in items:
        name = item.nodeid.partition("[")[0]
        if {name, name.partition("::")[0]} & whole:
            item.add_marker(pytest.mark.skip("needs every package"))


def pytest_collection_finish():
    """What was collected is never looked through again; what tests leave is."""
    gc.freeze()
    gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """The seconds of processor that a test takes, its processes too, stay in the report of the run:
    see ``tests/helpers/durees.py``."""
    before = sum(os.times()[:4])
    result = yield
    item.user_properties.append(("processor", round(sum(os.times()[:4]) - before, 2)))
    return result


_FILES = Path("/dev/fd")
_OPEN = 250
"""Files that a process of tests leaves open: machines allow some 1,000."""


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown():
    """What commands that run here open is closed once it is collected, which among a million
    objects is seldom and long: nearly all are databases of bodies, closed by name."""
    if not _FILES.is_dir() or len([*_FILES.iterdir()]) <= _OPEN:
        return
    for database in [*_DATABASES]:
        database.close()
    if len([*_FILES.iterdir()]) > _OPEN:
        gc.collect()


_READING = "tests/faits/"
"""Files whose tests read the whole demonstration."""


@pytest.hookimpl(optionalhook=True)  # the suite runs without pytest-xdist too
def pytest_xdist_make_scheduler(config, log):
    """Tests of a file go to one process, as those of a group do: each process would make again what
    they share; so do those of the contents of the demonstration, read in 2 s by each that asks.
    Files go in the order in which they are collected, not by their number of tests."""
    config.option.loadscopereorder = False
    from xdist.scheduler import LoadGroupScheduling

    class ByFile(LoadGroupScheduling):
        def _split_scope(self, nodeid):
            scope = super()._split_scope(nodeid)
            file = scope.split("::", 1)[0]
            return _READING if file.startswith(_READING) else file

    return ByFile(config, log) if config.getvalue("dist") == "loadgroup" else None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config):
    """One process more than processors (``-n auto``): each waits for its browser, a tenth of the
    time on two of them."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture
def arbre(tmp_path):
    """A function that writes files (path → text or bytes) and returns their root.

    Texts are dedented, their first newline dropped, and written in UTF-8 as they are
    (no newline translation); bytes are written untouched. Called twice, it adds files.
    """

    def write(files):
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, str):
                content = textwrap.dedent(content).removeprefix("\n").encode()
            path.write_bytes(content)
        return tmp_path

    return write


@pytest.fixture
def tree(tmp_path):
    """Contents that are run through the pipeline in memory: none yet."""
    from plans import Tree

    return Tree(tmp_path)


@pytest.fixture(scope="session")
def racine():
    """The root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def chromium():
    """Path of a Chromium that starts; the test fails, and is not skipped, without one."""
    asked = os.environ.get("CHROME_BIN")
    if asked:
        return Path(asked)
    tool = ROOT / "outils/chromium.py"
    done = subprocess.run(
        [sys.executable, str(tool), "--find"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.fail(done.stderr.strip())
    return Path(done.stdout.strip())


@pytest.fixture(scope="session")
def browser(chromium):
    """One browser for all tests: Playwright runs once in a process."""
    from playwright.sync_api import expect, sync_playwright

    from tabs import inside

    expect.set_options(timeout=30_000)  # as everything else that Playwright waits for
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield inside(started)
        started.close()


@pytest.fixture(autouse=True)
def _stays_in_the_browser():
    """No test presses what another program would answer."""
    yield
    if "tabs" in sys.modules:
        pressed = sys.modules["tabs"].PRESSED
        told = "\n".join(pressed)
        pressed.clear()
        assert not told, told


@pytest.fixture(autouse=True)
def _only_our_kinds(tmp_path_factory):
    """A portal that brings kinds of its own leaves none to the next test."""
    yield
    if (genres := sys.modules.get("portail.source.genres")) and genres.current().digest:
        genres.bring_kinds(tmp_path_factory.getbasetemp() / "sans-genres")


@pytest.fixture(autouse=True)
def _usual_voice():
    """A command run in this process, by a test or a fixture, says how the process speaks: each test
    finds it as usual."""
    from portail.terminal.readable import Voice, _State

    _State.voice = Voice.USUAL
    _State.console = None
    _State.shows = True
