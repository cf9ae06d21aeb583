"""What reading an answer gives: values, a doubt with its candidates, or a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from portail.diagnostics import Diagnostic

__all__ = ["Answer", "Doubt", "Refusal", "Reply", "refused"]


@dataclass(frozen=True, slots=True)
class Answer:
    """Values by path of field; ``said`` is what they mean in French, to say back when ``back``."""

    fields: Mapping[str, Any]
    said: str
    back: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """Several things may be meant: each has its label, and the answer that choosing it gives."""

    sentence: str
    choices: tuple[tuple[str, Answer], ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is wrong, what to do, and the code of the portal's table if it has one."""

    sentence: str
    remedy: str = ""
    code: str = ""


Reply: TypeAlias = Answer | Doubt | Refusal


def refused(found: Diagnostic) -> Refusal:
    """A diagnostic, as an answer is told it."""
    return Refusal(found.message, found.hint, found.code)
