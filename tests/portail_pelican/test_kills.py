"""Killed at any moment, the published folder is one whole version of the site.

Builds that are killed are forked from this process, which has all modules: nearly all of their time
is the build itself, and so are the moments when they are killed.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from multiprocessing import get_context
from pathlib import Path

import pytest

import corpus
from corpus import Generator, write
from doses import dose
from projects import Project, tree

pytestmark = pytest.mark.site

KILLS, TURNS = dose(3, 20), 60
"""Builds that must die before their end, and how many may be started for that: one that ends before
it is killed, because the machine is faster than a moment ago, proves nothing."""
FEW = {"lieux": 10, "temps-forts": 1, "dossiers": 2, "communautes": 1, "projets": 1, "auteurs": 2}
"""A site that takes little time, with pages of every kind."""


def switch(project: Project, version: Path) -> None:
    """Put another version of the contents in place, as a checkout does."""
    shutil.rmtree(project.content)
    shutil.copytree(version, project.content)


def build_apart(project: Project) -> None:
    """What a killed process runs: a build in a group of its own, silent, with two processes."""
    os.setsid()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.environ["PORTAIL_PROCESSUS"] = "2"
    project.build()


def killed_after(project: Project, seconds: float) -> bool:
    """Start a build and kill it; whether it was still going."""
    process = get_context("fork").Process(target=build_apart, args=(project,))
    process.start()
    assert process.pid is not None
    process.join(seconds)
    # The whole group at once, as a machine that loses power; then what had no group yet.
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        process.kill()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


@pytest.mark.long
def test_killed_many_times(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two versions that share almost nothing, some pages of which the other lacks."""
    monkeypatch.setattr(corpus, "FIXED", FEW)
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
        project.build()  # here: builds that are killed inherit the compiled templates
        whole.append(tree(project.output))
    assert len(whole[0].keys() - whole[1].keys()) > 15
    same = {path for path in whole[0] if whole[0][path] == whole[1].get(path)}
    assert len(whole[0].keys() - same) > 100  # enough for two processes

    chance = random.Random(1)
    switch(project, versions[0])
    turn, killed, kept, seconds = 0, 0, 0, duration(project)
    while (killed < KILLS or kept == turn) and turn < TURNS:  # one at least must reach its end
        turn += 1
        before = tree(project.output)
        switch(project, versions[1 - whole.index(before)])  # the other: there is work to do
        alive = killed_after(project, chance.uniform(0.2, 1.2) * seconds)
        killed += alive
        seconds *= 1.05 if alive else 0.9
        found = tree(project.output)
        assert found in whole, f"turn {turn}"
        kept += found == before
    assert killed >= KILLS
    assert 0 < kept < turn

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
    assert not killed_after(project, 120)
    return time.monotonic() - start
