"""How Netlify and Cloudflare Pages read ``_headers`` and ``_redirects``: an independent reader."""

import re


def parse_headers(text):
    """Rules in the order of the file: pattern → its headers."""
    rules = {}
    for line in text.splitlines():
        if line.startswith(" "):
            name, _, value = line.strip().partition(": ")
            rules[[*rules][-1]][name] = value
        else:
            assert line.startswith("/") and line.count("*") <= 1 and line not in rules, line
            rules[line] = {}
    return rules


def headers_of(rules, url):
    """The headers of the file at ``url``: those of every rule that matches.

    ``*`` is anything, slashes too. A header that two rules give would be sent joined: policies
    may, both hold then (CSP level 3 § 2.2.1); any other fails the test.
    """
    sent = {}
    for rule, headers in rules.items():
        if re.fullmatch(".*".join(map(re.escape, rule.split("*"))), url):
            for name, value in headers.items():
                assert name not in sent, f"{url}: {name} is given twice"
                sent[name] = value
    return sent


def redirections_of(plan):
    """Lines of ``_redirects`` of a plan, none without the file."""
    found = [one for one in plan or () if str(one.path) == "_redirects"]
    return "".join(piece for one in found for piece in one.produce()).splitlines()


def led(rules, url):
    """Where the first rule that matches leads from ``url``; ``""`` for none. ``:name`` is anything
    between two slashes."""
    for rule in rules:
        place, target, _ = rule.split(" ")
        match = re.fullmatch(re.sub(r":\w+", "([^/]+)", place), url)
        if match:
            values = iter(match.groups())
            return re.sub(r":\w+", lambda _: next(values), target)  # noqa: B023
    return ""
