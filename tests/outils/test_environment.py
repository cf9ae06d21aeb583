"""What the tools do when something is missing: a sentence, the command, exit code 2."""

import ast
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path
from types import SimpleNamespace

import pytest

import chromium
import npm


def test_packages_are_fetched_once_and_whole(tmp_path, monkeypatch):
    """What is not the lock's is refused by npm; what it did not end is fetched again."""
    calls = []

    def run(command, cwd, **_options):
        calls.append(command)
        (cwd / "node_modules").mkdir(exist_ok=True)
        if len(calls) > 1:
            (cwd / "node_modules/.package-lock.json").touch()
        return SimpleNamespace(returncode=len(calls) == 1, stderr="EINTEGRITY")

    monkeypatch.setattr(npm, "LOCK", Path(shutil.copy(npm.LOCK, tmp_path)))
    monkeypatch.setattr(npm.subprocess, "run", run)
    monkeypatch.setattr(npm.shutil, "which", lambda name: name)
    with pytest.raises(npm.ToolMissing, match="EINTEGRITY"):
        npm.install(npm.pinned("axe-core"))
    folder = npm.install(npm.pinned("axe-core"))
    assert folder == tmp_path / "node_modules/axe-core"
    assert npm.install(npm.pinned("vnu-jar")).parent == folder.parent
    assert len(calls) == 2


def tool(racine, name, *arguments, **env):
    """Exit code, output and errors of a script, with these variables alone."""
    command = [sys.executable, str(racine / "outils" / name), *arguments]
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def test_programs_that_tests_need_are_named_before_the_first_test(racine, tmp_path):
    for name in ("apt-get", "jq"):
        (tmp_path / name).write_text("#!/bin/sh\nexit 1\n")
        (tmp_path / name).chmod(0o755)
    machine = {"PATH": str(tmp_path), "CHROME_BIN": "/absent/chromium"}
    code, out, told = tool(racine, "chromium.py", "--find", "jq", "unzip", **machine)
    assert (code, out) == (2, "")
    assert "portail: unzip cannot be found. CHROME_BIN=/absent/chromium does not start" in told
    assert "apt-get install -y chromium libatomic1 unzip\n" in told
    code, out, told = tool(racine, "chromium.py", **machine)
    assert (code, out) == (2, "")
    assert "CHROME_BIN=/path/to/chromium make test" in told


def foreign(script, seen):
    """Modules that a tool and those beside it import, wherever, and that Python has not."""
    if script in seen:
        return set()
    seen.add(script)
    found = set()
    for node in ast.walk(ast.parse(script.read_text("utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [one.name for one in node.names] if isinstance(node, ast.Import) else []
        for name in (name.partition(".")[0] for name in names):
            beside = script.with_name(f"{name}.py")
            found |= foreign(beside, seen) if beside.is_file() else {name}
    return found - sys.stdlib_module_names


def of_the_run(racine):
    """Modules of the set that builds a site: ``requirements.txt``, and our own."""
    text = (racine / "requirements.txt").read_text("utf-8")
    locked = {"portail", *re.findall(r"(?m)^([a-z0-9.-]+)==", text)}
    return {
        module
        for module, packages in packages_distributions().items()
        if not locked.isdisjoint(re.sub(r"[-_.]+", "-", one).lower() for one in packages)
    }


def test_a_target_asks_for_what_its_tools_import(racine):
    """A release is made without what only tests need."""
    rules = re.findall(
        r"(?m)^[a-z]+: *(\$\(RUN\)|\| \$\(PY\)).*\n((?:\t.*\n)+)",
        (racine / "Makefile").read_text("utf-8"),
    )
    tools = {(name, needs) for needs, lines in rules for name in re.findall(r"outils/(\w+)", lines)}
    assert tools >= {("sbom", "$(RUN)"), ("livraison", "$(RUN)")}
    here = {"$(RUN)": of_the_run(racine), "| $(PY)": set()}
    lacking = {
        name: more
        for name, needs in tools
        if (more := foreign(racine / f"outils/{name}.py", set()) - here[needs])
    }
    assert lacking == {}
    witness = foreign(racine / "outils/audit_agendas.py", set())
    assert "recurring_ical_events" in witness - of_the_run(racine)


def test_what_the_tests_of_workflows_run_is_declared(racine):
    """The script of a workflow runs for real: what it calls is looked for, installed in CI, said
    in the documents."""
    (looked_for,) = [
        line.partition("chromium.py")[2].partition(")")[0].removesuffix(" $(MORE").split()
        for line in (racine / "Makefile").read_text("utf-8").splitlines()
        if "chromium.py" in line and "pytest" in line
    ]
    assert looked_for
    apart = ("dovecot", "firefox", "lib", "webkit", "xvfb")
    of_scripts = [one for one in looked_for if not one.startswith(apart)]
    for file, programs in (
        (".github/workflows/commentaire.yml", of_scripts),
        (".ci/run", looked_for),
        ("docs/technique/tooling.md", looked_for),
    ):
        text = (racine / file).read_text("utf-8")
        assert [one for one in programs if one not in text] == [], file


def test_another_firefox_does_as_well(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert chromium.missing(["firefox-esr"], fetching=False) == ["firefox-esr"]
    (tmp_path / "firefox").write_text("#!/bin/sh\n")
    (tmp_path / "firefox").chmod(0o755)
    assert chromium.missing(["firefox-esr"], fetching=False) == []
    monkeypatch.setitem(chromium.LIBRARIES, "libabsente0", "absente")
    assert chromium.missing(["libabsente0"], fetching=False) == ["libabsente0"]
    monkeypatch.setitem(chromium.LIBRARIES, "libc6", "c")
    assert chromium.missing(["libc6"], fetching=False) == []


def test_an_audit_without_a_site_is_not_a_pass(racine, tmp_path):
    code, _, told = tool(racine, "audit.py", str(tmp_path), **os.environ)
    assert code == 2 and "make site" in told
