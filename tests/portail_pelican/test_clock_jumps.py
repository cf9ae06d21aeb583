"""A machine whose clock jumps between two builds (libfaketime): nothing is kept wrongly."""

import os
import shutil
import subprocess
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from projects import LIMIT, Project, tree

pytestmark = [pytest.mark.site, pytest.mark.long]

NOON = datetime(2021, 9, 27, 12, tzinfo=ZoneInfo("Europe/Paris"))
EVENT = (
    "---\ntitre: Nuit {}\npublie_le: 2021-09-20\nresume: Un essai.\ndebut: 2021-09-29 14:00\n"
    "format: atelier\npublics: [tout-public]\nadresse:\n  commune: Amiens\n---\n\nTexte {}.\n"
)


def built(project, moment, *options):
    """Digests of what a build publishes whose clock says ``moment``; files keep their days."""
    program = shutil.which("faketime")
    assert program, "no faketime: apt-get install -y faketime"
    told = moment.strftime("%Y-%m-%d %H:%M:%S")
    done = subprocess.run(
        [program, told, *project.command("portail", "build", *options)],
        cwd=project.root,
        env={**os.environ, "NO_FAKE_STAT": "1", "TZ": "Europe/Paris"},
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return tree(project.output)


def wrote(project, number, moment):
    """Write the event anew, of the same size, at a moment."""
    project.write({"content/events/nuit.md": EVENT.format(number, number)})
    os.utime(project.content / "events/nuit.md", (moment.timestamp(),) * 2)


@pytest.mark.parametrize(
    "jump",
    [timedelta(days=3), timedelta(days=-3), timedelta(seconds=-2), timedelta(days=400)],
    ids=str,
)
def test_a_build_after_a_jump_is_that_of_its_own_moment(tmp_path, jump):
    """There and back, with and without a change: as made anew, of the day that the clock says."""
    project = Project(tmp_path / "p", 'PORTAIL_DATE = ""\n')
    wrote(project, 1, NOON - timedelta(hours=1))
    first = built(project, NOON)
    there = NOON + jump
    wrote(project, 2, there)
    second = built(project, there)
    assert "Nuit 2" in (project.output / "evenements/nuit/index.html").read_text("utf-8")
    assert second == built(project, there, "--clean")
    wrote(project, 1, NOON - timedelta(hours=1))
    assert built(project, NOON) == first
    # The clock jumps, nothing else does.
    assert built(project, there) == built(project, there, "--clean")
    assert built(project, NOON) == first
