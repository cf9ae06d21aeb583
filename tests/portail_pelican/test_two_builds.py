"""Two builds of one site at once: one publishes, whatever the other is told."""

import errno
import os
import runpy
import time
from pathlib import Path

import pytest

from faults import SOUND
from portail import machine
from portail.diagnostics import PlanError
from portail_pelican import staging
from portail_pelican.staging import forget, stage
from projects import Project

pytestmark = pytest.mark.site


@pytest.fixture
def project(tmp_path):
    """A site of which each build makes everything."""
    project = Project(tmp_path / "portail")
    project.write(SOUND)
    return project


def test_the_files_of_a_build_that_was_killed_do_not_stay(project):
    dead, living = (project.root / ".cache" / f"statique-{name}" for name in ("1", "2"))
    dead.mkdir(parents=True)
    draft = project.root / ".cache" / ".ecriture-999999999-1"
    draft.touch()
    stage(living)
    project.does("build")
    assert not dead.exists() and living.exists(), "the other one is running"
    assert not draft.exists()
    forget(living)


def test_without_locks_the_age_of_its_files_says_whether_a_build_is_dead(tmp_path, monkeypatch):
    """A network drive, Windows."""
    monkeypatch.setattr(machine, "fcntl", None)
    old, new, own = (tmp_path / f"statique-{name}" for name in ("1", "2", "3"))
    for folder in (old, new):
        folder.mkdir()
    os.utime(old, (0, 0))
    stage(own)
    assert [path for path in (old, new, own) if path.exists()] == [new, own]
    forget(own)
    assert not own.exists()


def test_two_containers_that_number_their_processes_alike_share_no_folder():
    began = [runpy.run_path(str(staging.__file__))["staging_of"] for _ in range(2)]
    assert len({staging_of(Path(), 1) for staging_of in began}) == 2


def test_a_folder_that_cannot_be_held_is_not_waited_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(time, "sleep", (waited := []).append)

    def held(descriptor, operation):
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("fcntl.flock", held)
    with pytest.raises(PlanError, match="Une autre construction"):
        stage(tmp_path / "statique-1")
    assert sum(waited) == pytest.approx(2.0)
