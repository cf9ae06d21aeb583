"""A process that has imported and compiled everything, and forks for each command it is asked.

Half of the work of a command on a small portal is to start: modules, tables, templates. Whoever
tests what a command does, and not how it starts, asks ``run``. Each process of the suite has one.
"""

import atexit
import importlib.util
import io
import json
import os
import runpy
import select
import subprocess
import sys
import traceback
from functools import cache
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

import pytest

from checkout import ROOT

FORKED = hasattr(os, "fork")
_STARTING = ("PYTHON", "LC_", "LANG", "TZ")
"""Beginnings of the variables that an interpreter reads once, when it starts."""
OPENED = "FICHIERS_OUVERTS"
"""Variable that names a file, where a command that is forked leaves the paths that it opened, and
what it asked of the network, which it is refused: ``socket.…``."""


def serves(environment):
    """Whether a command that is given these variables may be forked rather than started."""
    return FORKED and not any(name.startswith(_STARTING) for name in environment)


def run(module, arguments, folder, environ, limit):
    """``python -m module arguments`` in ``folder``: exit code, stdout, stderr. Raises
    ``TimeoutError`` after ``limit`` seconds."""
    server = _server()
    assert server.stdin is not None and server.stdout is not None
    with TemporaryFile() as out, TemporaryFile() as err:
        paths = [f"/proc/{os.getpid()}/fd/{one.fileno()}" for one in (out, err)]
        asked = [module, [*arguments], str(folder), {**environ}, *paths]
        server.stdin.write(json.dumps(asked).encode() + b"\n")
        server.stdin.flush()
        if not select.select([server.stdout], [], [], limit)[0]:
            server.kill()
            _server.cache_clear()
            raise TimeoutError(f"{module} {' '.join(arguments)}: more than {limit} s")
        code = int(server.stdout.readline())
        texts = []
        for one in (out, err):
            one.seek(0)
            texts.append(io.TextIOWrapper(one, encoding="utf-8").read())
    return code, *texts


@cache
def _server():
    process = subprocess.Popen(
        [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    atexit.register(process.kill)
    return process


def _serve():
    """Answer each line of stdin with the exit code of the command that it asks for."""
    answers = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    _prepare()
    for line in sys.stdin.buffer:
        child = os.fork()
        if not child:
            _work(*json.loads(line))
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        os.write(answers, f"{code}\n".encode())


def tables_read_once(patch):
    """The tables of ``data/`` and what the installed packages declare, which no test changes, are
    read once in this process. Processes that tests start read their own."""
    from portail import pipeline
    from portail.resources import data_dir, folders_of

    def once(load):
        kept = cache(load)

        def read(folder, *others):
            # An instance without tables of its own has those of the package, and nothing else.
            alone = folders_of(folder) == (data_dir(),)
            return kept(data_dir(), *others) if alone else load(folder, *others)

        return read

    for table in (pipeline.Vocabularies, pipeline.Geography, pipeline.SchoolHolidays):
        patch.setattr(table, "load", once(table.load))
    ours, digest = [*pipeline.CODE, data_dir()], pipeline.code_digest
    told = cache(lambda: digest(ours))  # of our code and tables: each command asks for it
    patch.setattr(
        pipeline,
        "code_digest",
        lambda folders, *left: told() if folders == ours else digest(folders, *left),
    )
    # A command looks several times for what packages declare: 12 ms each, of the hundred that are
    # installed here.
    every, points = metadata.distributions, metadata.Distribution.entry_points.fget
    found = cache(lambda path: (*every(),))
    patch.setattr(
        metadata, "distributions", lambda **at: every(**at) if at else found((*sys.path,))
    )
    patch.setattr(metadata.Distribution, "entry_points", property(cache(points)))
    name = metadata.PathDistribution._normalized_name.fget
    patch.setattr(metadata.PathDistribution, "_normalized_name", property(cache(name)))
    _worked_out_once(patch)


def _worked_out_once(patch):
    """What a small portal takes longest to work out is the same in all that look from one place:
    the sky of its weeks and its year, points of its territories pushed apart."""
    from portail.features.services.fondsdecarte import board

    apart = cache(board.pushed_apart)
    patch.setattr(board, "pushed_apart", lambda places, *others: apart((*places,), *others))
    if importlib.util.find_spec("portail_ciel") is None:
        return
    from portail_ciel.sky import Almanac

    week, outings = Almanac.week, Almanac.outings
    weeks = cache(lambda place, *asked: week(Almanac(place), *asked))
    years = cache(lambda place, *asked: (*outings(Almanac(place), *asked),))
    patch.setattr(Almanac, "week", lambda self, *asked: weeks(self.place, *asked))
    patch.setattr(Almanac, "outings", lambda self, *asked: years(self.place, *asked))


def _prepare():
    """Build a small portal: its modules, its tables and the templates of the theme are those of
    all."""
    from faults import SOUND
    from portail.resources import theme_dir
    from portail_pelican.renderer import Renderer
    from projects import Project

    tables_read_once(pytest.MonkeyPatch())
    templates, some = theme_dir() / "templates", Renderer.compile
    names = [one.relative_to(templates).as_posix() for one in templates.rglob("*.html")]
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(Renderer, "compile", lambda self, _: some(self, names))
        project = Project(Path(folder))
        project.write(SOUND)
        project.build(SITEURL="https://exemple.org")


def _work(module, arguments, folder, environ, out, err):
    """Be the process of a command, to its end."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environ)
    for number, path in ((0, os.devnull), (1, out), (2, err)):
        os.dup2(os.open(path, os.O_RDWR), number)
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115
        for number, mode in enumerate("rww")
    )
    sys.argv = [module, *arguments]
    opened = []

    def hear(event, details):
        if event == "open":
            opened.append(str(details[0]))
        elif event.startswith("socket.") and event not in ("socket.__new__", "socket.gethostname"):
            opened.append(event)
            raise OSError(event)

    if told := environ.get(OPENED):
        sys.addaudithook(hear)
    code = 1
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as leaving:
        code = leaving.code
    except BaseException:
        traceback.print_exc()
    if told:
        Path(told).write_text("\n".join(opened), encoding="utf-8")
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 1 if code else 0)


if __name__ == "__main__":
    sys.path.append(str(ROOT / "outils"))
    _serve()
