"""Branches of conversations: one commit a message, pushed by git."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from portail.diagnostics import PortailError
from portail.terminal.text import safe

# Who signs these commits, and what names a message in them.
_NAME = "Le courrier"
_MAIL = "courrier@noreply.invalid"
TRAILER = "Courrier"
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

    def head(self, branch: str) -> str:
        """The commit at the head of a branch of the forge, ``""`` without it."""
        output = self._git(["ls-remote", "origin", f"refs/heads/{branch}"], remote=True)
        if not output:
            return ""
        self._git(["fetch", "-q", "--no-tags", "origin", f"refs/heads/{branch}"], remote=True)
        return output.split()[0]

    def is_edited(self, head: str) -> bool:
        """Whether somebody else has committed to what ``head`` adds to the base."""
        output = self._git(["log", "--format=%ae", f"{self.base}..{head}"])
        return any(who != _MAIL for who in output.split("\n") if who)

    def has(self, head: str, message: str) -> bool:
        output = self._git(["log", "--format=%B", f"{self.base}..{head}"])
        return any(row.startswith(f"{TRAILER}: {message}") for row in output.split("\n"))

    def push(
        self,
        branch: str,
        head: str,
        files: Mapping[PurePosixPath, bytes],
        *,
        message: str,
        title: str,
    ) -> None:
        """Add a commit that holds ``files`` to a branch, or make it. Never by force."""
        parent = head or self.base
        with TemporaryDirectory() as folder:
            index = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
            self._git(["read-tree", parent], more=index)
            for path, data in files.items():
                blob = self._git(["hash-object", "-w", "--stdin"], data=data)
                entry = f"100644,{blob},{path}"
                self._git(["update-index", "--add", "--cacheinfo", entry], more=index)
            tree = self._git(["write-tree"], more=index)
        text = f"{title}\n\n{TRAILER}: {message}\n"
        commit = self._git(["commit-tree", tree, "-p", parent], data=text.encode())
        self._git(["push", "-q", "origin", f"{commit}:refs/heads/{branch}"], remote=True)

    def read(self, head: str, path: str) -> bytes:
        return self._run(["show", f"{head}:{path}"])

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
