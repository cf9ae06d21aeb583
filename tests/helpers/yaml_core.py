"""Front matter as editors and other programs read it: typed by YAML 1.2 (core schema, 10.3.2)."""

import re

import yaml


class _Core(yaml.SafeLoader):
    """What PyYAML reads, with the types of YAML 1.2: no « no », no sexagesimal, no day."""


_TAG = "tag:yaml.org,2002:"
_INTEGER = r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
_FLOAT = r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
_TYPES = {
    "null": r"null|Null|NULL|~|",
    "bool": "true|True|TRUE|false|False|FALSE",
    "int": _INTEGER,
    "float": _FLOAT,
}
_Core.yaml_implicit_resolvers = {}
for _name, _pattern in _TYPES.items():
    _Core.add_implicit_resolver(_TAG + _name, re.compile(rf"(?:{_pattern})\Z"), None)


def _integer(loader, node):
    return int(node.value, 8 if node.value[:2] == "0o" else 16 if node.value[:2] == "0x" else 10)


_Core.add_constructor(f"{_TAG}int", _integer)
_Core.add_constructor(f"{_TAG}float", lambda _, node: float(node.value))


def _mapping(loader, node):
    """Keys are texts, as in JSON."""
    rows = ((key.value, value) for key, value in node.value)
    return {key: loader.construct_object(value, deep=True) for key, value in rows}


_Core.add_constructor(f"{_TAG}map", _mapping)


def typed(text):
    """What a document in YAML says, as JSON would."""
    return yaml.load(text, Loader=_Core)
