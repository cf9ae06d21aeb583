"""Runs the jobs of a forge on this machine, line by line, as its runners do.

Each run has a folder of its own, a home, and what a cache kept for it; ``python3 -m venv`` lends
the packages of these tests (no network), ``apt-get`` fails, and ``gh`` says what a test wrote. What
is in ``${{ … }}`` is looked up, as it is written, in ``Run.words``: what a test does not tell is an
error. The address ``FORGE``/o/r is that of the repository. A run is told the day, so that two of
them differ by what is tested alone.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from shlex import quote

import yaml

FORGE = "https://forge.example.org"
THURSDAY = "2027-03-04 09:00"
"""The day of every run, on the clock of the portal."""
_EXPRESSION = re.compile(r"\$\{\{ *(.*?) *\}\}")
_PYTHON = """#!/bin/sh
[ "$1 $2" = "-m venv" ] || exec {python} "$@"
{python} -m venv --without-pip "$3"
for site in "$3"/lib/python*/site-packages; do echo {lent} > "$site/deja.pth"; done
"""
_DATE = f"""#!/bin/sh
exec /bin/date -d "{THURSDAY} CET" "$@"
"""


def git(folder, *arguments):
    """Run git, away from the settings of this machine."""
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    done = subprocess.run(
        ["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def read(path):
    """A workflow; the key ``on`` is read as ``True`` by YAML 1.1."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@dataclass
class Caches:
    """What a forge keeps from a run to the next, by key, the newest last."""

    folder: Path
    kept: dict = field(default_factory=dict)

    def save(self, key, work, home, paths):
        """Keep paths (of the workspace, or ``~/…``), but under a key that is there already."""
        if key in self.kept:
            return
        self.kept[key] = []
        for path in paths:
            root = home if path.startswith("~/") else work
            for found in root.glob(path.removeprefix("~/")):
                name = found.relative_to(root).as_posix()
                target = self.folder / key / name
                target.parent.mkdir(parents=True, exist_ok=True)
                copy = shutil.copytree if found.is_dir() else shutil.copy
                copy(found, target)
                self.kept[key].append(f"~/{name}" if root is home else name)

    def restore(self, keys, work, home):
        """Give back what the first of ``keys`` names: as it is, or the newest that begins so. Times
        are in whole seconds, as in the archives of GitLab."""
        known = [*self.kept]
        found = [key for asked in keys for key in [asked, *known[::-1]] if key.startswith(asked)]
        key = next((one for one in found if one in self.kept), None)
        for name in self.kept[key] if key else ():
            origin = self.folder / str(key) / name.removeprefix("~/")
            target = (home if name.startswith("~/") else work) / name.removeprefix("~/")
            target.parent.mkdir(parents=True, exist_ok=True)
            copy = shutil.copytree if origin.is_dir() else shutil.copy
            copy(origin, target)
            for path in [target, *target.rglob("*")] if target.is_dir() else [target]:
                os.utime(path, (0, int(path.stat().st_mtime)))


@dataclass
class Run:
    """One run of a job, in ``folder``; ``words`` are what expressions stand for."""

    folder: Path
    lent: Path
    depot: Path
    caches: Caches
    words: dict = field(default_factory=dict)
    told: str = ""
    """What the job said."""
    uploaded: list = field(default_factory=list)

    def __post_init__(self):
        self.work, self.home = self.folder / "projet", self.folder / "home"
        self.tools = self.folder / "bin"
        for folder in (self.tools, self.home):
            folder.mkdir(parents=True)
        self.tool(
            "python3", _PYTHON.format(python=quote(sys.executable), lent=quote(str(self.lent)))
        )
        self.tool("date", _DATE)
        self.tool("apt-get", "#!/bin/sh\nexit 9\n")

    def tool(self, name, text):
        """A program of the machine."""
        (self.tools / name).write_text(text, encoding="utf-8")
        (self.tools / name).chmod(0o755)

    def clone(self, branch="main"):
        """What the runner of GitLab does first: the whole history for a depth of 0."""
        flow = yaml.safe_load(git(self.depot, "show", f"{branch}:.gitlab-ci.yml"))
        depth = flow["variables"].get("GIT_DEPTH", "20")
        how = [] if depth == "0" else [f"--depth={depth}"]
        git(self.folder, "clone", "-q", *how, "-b", branch, self.depot.as_uri(), str(self.work))

    def shell(self, script, options, environ):
        """Run a script; its exit code."""
        clean = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        clean |= {"PATH": f"{self.tools}:{clean['PATH']}", "HOME": str(self.home), "CI": "true"}
        clean |= {"PIP_NO_INDEX": "1", "SOURCE_DATE_EPOCH": "1804147200"}
        # The steps of Forgejo, which ask the forge itself for the repository.
        clean |= {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_VALUE_0": f"{FORGE}/o/r"}
        clean |= {"GIT_CONFIG_KEY_0": f"url.{self.depot}.insteadOf"}
        done = subprocess.run(
            ["bash", *options.split(), "-c", script],
            cwd=self.work,
            env=clean | environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.told += done.stdout
        return done.returncode

    def gitlab(self, name, environ):
        """Run a job of ``.gitlab-ci.yml``, its caches around it; its exit code."""
        flow = read(self.work / ".gitlab-ci.yml")
        default = flow["default"]
        job = default | flow[name]
        caches = [job["cache"]] if isinstance(job["cache"], dict) else job["cache"]
        keys = {str(cache["key"]): cache["paths"] for cache in caches}
        for key in keys:
            self.caches.restore([key], self.work, self.home)
        known = {"CI_PROJECT_DIR": str(self.work)} | environ
        written = flow["variables"] | flow[name].get("variables", {})
        known |= {k: v.replace("$CI_PROJECT_DIR", str(self.work)) for k, v in written.items()}
        lines = [*job.get("before_script", []), *job["script"]]
        code = self.shell("\n".join(lines), "-eo pipefail", known)
        for key, paths in keys.items():
            self.caches.kept.pop(key, None)
            shutil.rmtree(self.caches.folder / key, ignore_errors=True)
            self.caches.save(key, self.work, self.home, paths)
        when = job.get("artifacts", {}).get("when", "on_success")
        if code == 0 or when == "always":
            paths = job.get("artifacts", {}).get("paths", [])
            self.uploaded += [path for path in paths if (self.work / path).exists()]
        return code

    def actions(self, path, name, environ=None):
        """Run a job of GitHub or of Forgejo; its exit code."""
        self.work.mkdir(exist_ok=True)
        job = read(self.depot.parent / "portail" / path)["jobs"][name]
        output, code, later = self.folder / "sorties", 0, []
        for step in job["steps"]:
            if not self._wanted(step.get("if"), failed=code != 0):
                continue
            output.write_text("", encoding="utf-8")
            files = {"GITHUB_OUTPUT": output, "GITHUB_STEP_SUMMARY": self.folder / "resume"}
            given = self._said(job.get("env", {}) | step.get("env", {}))
            known = {k: str(v) for k, v in files.items()} | (environ or {}) | given
            if "run" in step:
                known["RUNNER_TEMP"] = str(self.folder)
                code = self.shell(step["run"], "-e", known) or code
            else:
                later += self._use(step["uses"], self._said(step.get("with", {})))
            for line in output.read_text(encoding="utf-8").splitlines():
                key, _, value = line.partition("=")
                self.words[f"steps.{step.get('id')}.outputs.{key}"] = value
        for key, paths in later if code == 0 else ():
            self.caches.save(key, self.work, self.home, paths)
        return code

    def _wanted(self, condition, *, failed):
        if condition is None:
            return not failed
        name, sign, value = condition.split(" ")
        return not failed and (self.words.get(name, "") == value.strip("'")) is (sign == "==")

    def _said(self, values):
        return {
            key: _EXPRESSION.sub(lambda found: self.words[found[1]], str(value))
            for key, value in values.items()
        }

    def _use(self, action, given):
        """What an action does; the cache that is to be kept at the end."""
        action, paths = action.partition("@")[0], given.get("path", "").split()
        if action == "actions/checkout":
            target = self.work / given.get("path", "")
            depth = given.get("fetch-depth", "1")
            how = [] if depth == "0" else [f"--depth={depth}"]
            how += [f"--filter={given['filter']}"] if "filter" in given else []
            git(self.folder, "init", "-q", f"{target}/.depot")
            git(target / ".depot", "remote", "add", "origin", self.depot.as_uri())
            git(target / ".depot", "fetch", "-q", *how, "origin", given.get("ref", "main"))
            git(target / ".depot", "checkout", "-q", "--detach", "FETCH_HEAD")
            for path in (target / ".depot").iterdir():
                path.rename(target / path.name)
            (target / ".depot").rmdir()
        elif action.startswith("actions/cache"):
            self.caches.restore(
                [given["key"], *given.get("restore-keys", "").split()], self.work, self.home
            )
            return [] if action.endswith("/restore") else [(given["key"], paths)]
        elif action.startswith("actions/upload-"):
            assert all((self.work / path).exists() for path in paths), paths
            self.uploaded += paths
        else:
            assert action == "actions/configure-pages", action
        return []
