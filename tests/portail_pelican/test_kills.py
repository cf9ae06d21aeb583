"""Killed at any moment, the published folder is one whole version of the site."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from corpus import Generator, write
from projects import Project, tree

pytestmark = pytest.mark.site

KILLS = 50


def switch(project: Project, version: Path) -> None:
    """Put another version of the contents in place, as a checkout does."""
    shutil.rmtree(project.content)
    shutil.copytree(version, project.content)


def test_killed_fifty_times(tmp_path: Path) -> None:
    """Two versions that share almost nothing, some pages of which the other lacks."""
    project = Project(tmp_path / "portail")
    versions = []
    for number in (1, 2):
        folder = tmp_path / f"version{number}"
        items = [*Generator(20, seed=number, words=(10, 20)).items()]
        write(folder, items)
        versions.append(folder / "content")
    whole = []
    for version in versions:
        switch(project, version)
        assert project.pelican().code == 0
        whole.append(tree(project.output))
    assert len(whole[0].keys() - whole[1].keys()) > 15
    same = {path for path in whole[0] if whole[0][path] == whole[1].get(path)}
    assert len(whole[0].keys() - same) > 100  # enough for two processes

    chance = random.Random(1)
    killed, kept, seconds = 0, 0, duration(project)
    for turn in range(KILLS):
        switch(project, versions[turn % 2])
        before = tree(project.output)
        process = subprocess.Popen(
            project.command("portail_pelican", "content", "--fatal", "errors"),
            cwd=project.root,
            env={**os.environ, "PORTAIL_PROCESSUS": "2"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(chance.uniform(0.2, 1.05) * seconds)
        # The whole group at once, as a machine that loses power.
        os.killpg(process.pid, signal.SIGKILL)
        alive = process.wait() == -signal.SIGKILL
        killed += alive
        seconds *= 1.02 if alive else 0.93
        found = tree(project.output)
        assert found in whole, f"turn {turn}"
        kept += found == before
    assert killed >= KILLS // 2
    assert kept > 0

    # What is left behind hinders nothing, and is not kept for ever.
    for version, pages in zip(versions, whole, strict=True):
        switch(project, version)
        done = project.pelican()
        assert (done.code, done.err) == (0, "")
        assert tree(project.output) == pages
    beside = {path.name for path in project.root.iterdir()}
    assert beside <= {".cache", ".output.suivant", "content", "output", "pelicanconf.py"} | {
        "__pycache__"
    }


def duration(project: Project) -> float:
    """Seconds of one build with everything to make."""
    start = time.monotonic()
    assert project.pelican(PORTAIL_NEUF="1", PORTAIL_PROCESSUS="2").code == 0
    return time.monotonic() - start
