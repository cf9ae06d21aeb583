"""How Netlify and Cloudflare Pages read ``_headers``: an independent reader."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["headers_of", "parse_headers"]


def parse_headers(text: str) -> dict[str, dict[str, str]]:
    """Rules in the order of the file: pattern → its headers."""
    rules: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if line.startswith(" "):
            name, _, value = line.strip().partition(": ")
            rules[[*rules][-1]][name] = value
        else:
            assert line.startswith("/") and line.count("*") <= 1 and line not in rules, line
            rules[line] = {}
    return rules


def headers_of(rules: Mapping[str, Mapping[str, str]], url: str) -> dict[str, str]:
    """The headers of the file at ``url``: those of every rule that matches.

    ``*`` is anything, slashes too. A header that two rules give would be sent joined: policies
    may, both hold then (CSP level 3 § 2.2.1); any other fails the test.
    """
    sent: dict[str, str] = {}
    for rule, headers in rules.items():
        if re.fullmatch(".*".join(map(re.escape, rule.split("*"))), url):
            for name, value in headers.items():
                assert name not in sent, f"{url}: {name} is given twice"
                sent[name] = value
    return sent
