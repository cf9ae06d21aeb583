"""Branches of conversations: one commit a message, pushed by git."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from portail.diagnostics import PortailError
from portail.terminal.text import safe

from .forge import BRANCHES
from .orders import Order

# Who signs these commits, and what names a message in them.
_NAME = "Le courrier"
_MAIL = "courrier@noreply.invalid"
TRAILER = "Courrier"
# What names, in a commit, who made each of its pages.
_AUTHOR = "Auteur: "
_HELPER = '!f() { echo username=x-access-token; echo "password=$PORTAIL_PORTE_JETON"; }; f'
_SECONDS = 300


class BranchError(PortailError, RuntimeError):
    """git does not do what it is asked; the text is a French sentence."""


class Branches:
    """The branches of the repository that ``folder`` is a clone of."""

    def __init__(self, folder: Path, environ: Mapping[str, str]) -> None:
        self._folder = folder
        # git is told the token alone.
        self._environ = {
            key: value for key, value in environ.items() if key != "PORTAIL_PORTE_MOT_DE_PASSE"
        }
        self.base = self._git(["rev-parse", "HEAD"])

    @cached_property
    def heads(self) -> dict[str, str]:
        """The commits at the heads of the branches of conversations at the forge."""
        rows = self._git(["ls-remote", "origin", f"refs/heads/{BRANCHES}*"], remote=True)
        if not rows:
            return {}
        every = f"+refs/heads/{BRANCHES}*:refs/remotes/origin/{BRANCHES}*"
        self._git(["fetch", "-q", "--no-tags", "origin", every], remote=True)
        pairs = (row.split() for row in rows.split("\n"))
        return {name.removeprefix("refs/heads/"): commit for commit, name in pairs}

    def texts(self, branch: str) -> dict[PurePosixPath, bytes]:
        """The texts that a branch adds or changes."""
        if not (head := self.heads.get(branch)):
            return {}
        words = ["diff", "--name-only", "--diff-filter=d", "-z", f"{self.base}...{head}"]
        paths = (path for path in self._git(words).split("\0") if path.endswith(".md"))
        return {PurePosixPath(path): self._run(["show", f"{head}:{path}"]) for path in paths}

    def authors(self, branch: str) -> set[str]:
        """The marks of those whose mails made what a branch adds."""
        return self._marks(f"{self.base}..{self.heads.get(branch, self.base)}")

    def authors_of(self, path: PurePosixPath) -> set[str]:
        """The marks of those whose mails made or changed a file."""
        return self._marks("HEAD", "--", str(path))

    def _marks(self, *words: str) -> set[str]:
        rows = self._git(["log", "--format=%B", *words]).split("\n")
        return {row.removeprefix(_AUTHOR) for row in rows if row.startswith(_AUTHOR)}

    def is_edited(self, head: str) -> bool:
        """Whether somebody else has committed to what ``head`` adds to the base."""
        output = self._git(["log", "--format=%ae", f"{self.base}..{head}"])
        return any(who != _MAIL for who in output.split("\n") if who)

    def has(self, head: str, message: str) -> bool:
        output = self._git(["log", "--format=%B", f"{self.base}..{head}"])
        return any(row.startswith(f"{TRAILER}: {message}") for row in output.split("\n"))

    def push(self, order: Order) -> None:
        """Add a commit of the files of an order to its branch, or make it. Never by force."""
        parent = self.heads.get(order.branch) or self.base
        with TemporaryDirectory() as folder:
            index = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
            self._git(["read-tree", parent], more=index)
            for path, data in order.by_path.items():
                blob = self._git(["hash-object", "-w", "--stdin"], data=data)
                entry = f"100644,{blob},{path}"
                self._git(["update-index", "--add", "--cacheinfo", entry], more=index)
            tree = self._git(["write-tree"], more=index)
        told = [f"{TRAILER}: {order.named}", *(f"{_AUTHOR}{mark}" for mark in order.authors)]
        text = "\n".join([order.title, "", *told, ""])
        commit = self._git(["commit-tree", tree, "-p", parent], data=text.encode())
        self._git(["push", "-q", "origin", f"{commit}:refs/heads/{order.branch}"], remote=True)
        self.heads[order.branch] = commit

    def _git(
        self,
        words: Sequence[str],
        *,
        data: bytes = b"",
        more: Mapping[str, str] | None = None,
        remote: bool = False,
    ) -> str:
        secret = self._environ.get("PORTAIL_PORTE_JETON") and remote
        helper = ("-c", f"credential.helper={_HELPER}") if secret else ()
        output = self._run([*helper, *words], data=data, more=more)
        return output.decode("utf-8", "replace").strip()

    def _run(
        self, words: Sequence[str], *, data: bytes = b"", more: Mapping[str, str] | None = None
    ) -> bytes:
        who = {
            "GIT_AUTHOR_NAME": _NAME,
            "GIT_AUTHOR_EMAIL": _MAIL,
            "GIT_COMMITTER_NAME": _NAME,
            "GIT_COMMITTER_EMAIL": _MAIL,
        }
        environ = {**self._environ, **who, "GIT_TERMINAL_PROMPT": "0", **(more or {})}
        try:
            done = subprocess.run(
                ["git", *words],
                cwd=self._folder,
                env=environ,
                input=data,
                capture_output=True,
                timeout=_SECONDS,
                check=True,
            )
        except subprocess.CalledProcessError as error:
            words = safe(error.stderr.decode("utf-8", "replace").strip())[-300:]
            raise BranchError(f"git ne répond pas comme prévu : {words}") from None
        except subprocess.TimeoutExpired:
            raise BranchError("git ne répond pas à temps.") from None
        return done.stdout
