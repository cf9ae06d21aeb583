"""Front matters as stressed people write them, from the schema of a kind: the same each run."""

import json
import random
from pathlib import Path

_TYPED = json.loads((Path(__file__).parent / "saisies.json").read_text(encoding="utf-8"))
DAYS = _TYPED["jours"]
HOURS = _TYPED["heures"]
HOSTILE = _TYPED["hostiles"]
_BY_CODE = _TYPED["codes"]
"""What is typed in a field, the first being right, by the code that refuses it."""
_DATED = _TYPED["dates"]
"""When an event takes place, rightly or with a mistake that only all its dates tell."""
_WHEN = ("debut", "fin", "seances", "horaires", "rrule", "etat")
_JOINS = (" ", "T", " à ", "  ", ", ")


def front_matters(schema, count, seed):
    """Front matters of a kind, valid for many, wrong in one or several ways for the others."""
    maker = _Maker(schema, random.Random(seed))
    for _ in range(count):
        yield maker.front_matter()


class _Maker:
    def __init__(self, schema, chance):
        self.schema, self.chance = schema, chance
        self.wild = 0.0

    def front_matter(self):
        """What is required but for a few, some other fields, sometimes keys that do not exist."""
        chance, required = self.chance, self.schema["required"]
        self.wild = chance.choice((0.0, 0.0, 0.05, 0.3, 0.9))
        found = {}
        for name, one in self.schema["properties"].items():
            asked = name in required and chance.random() > self.wild / 4
            if asked or chance.random() < (0.22 if self.wild else 0.06):
                found[name] = self.value(one)
        strange = ("titr", "url", "slug", "zorglub", "organisateur", "constructor")
        if "seances" in self.schema["properties"]:
            strange += ("Date", "rule")
        for name in _chosen(chance, strange, self.wild / 10):
            found[name] = "2021-10-09"
        if "seances" in self.schema["properties"] and not self.wild:
            found = {key: one for key, one in found.items() if key not in _WHEN}
            found |= {"en_ligne": "https://example.org/", **chance.choice(_DATED)}
        return found

    def value(self, schema):
        """A value of a field: mostly of its form, of another now and then."""
        chance = self.chance
        if chance.random() < self.wild / 8:
            return chance.choice((chance.choice(HOSTILE), [], {}, ["a"], {"a": "b"}, [["a"]]))
        if schema.get("type") == "array":
            items = schema["items"]
            held = chance.choice(items["anyOf"]) if "anyOf" in items else items
            most = 9 if self.wild and chance.random() < 0.1 else 3
            rows = [self.value(held) for _ in range(chance.randint(1, most))]
            if self.wild < 0.1:
                rows = [one for rank, one in enumerate(rows[:2]) if one not in rows[:rank]]
            return rows[0] if chance.random() < 0.1 and isinstance(rows[0], str) else rows
        if schema.get("type") == "object":
            return self.group(schema)
        return self.scalar(schema)

    def group(self, schema):
        chance = self.chance
        if "properties" not in schema:
            inside = schema["additionalProperties"]
            return {name: self.scalar(inside) for name in ("mastodon", "x")}
        required = schema.get("required", ())
        found = {
            name: self.value(one)
            for name, one in schema["properties"].items()
            if (name in required and chance.random() > self.wild / 6) or chance.random() < 0.4
        }
        if chance.random() < self.wild / 6:
            found[chance.choice(("debu", "prx", "url", "x"))] = "1"
        return found

    def scalar(self, schema):
        """The text of a value: an example or a code, else something near, else anything."""
        chance, code = self.chance, schema.get("x-code", "")
        if chance.random() < self.wild / 4:
            return chance.choice(HOSTILE)
        if chance.random() >= self.wild:
            return self.good(schema, code)
        if code == "E210":
            day = chance.choice(DAYS)
            return (
                day if chance.random() < 0.5 else day + chance.choice(_JOINS) + chance.choice(HOURS)
            )
        if "enum" in schema:
            term = chance.choice(schema["enum"])
            label = schema["x-libelles"][schema["enum"].index(term)]
            alias = schema.get("x-alias", {}).get(term, [label])
            near = label[1:] + "s", label.upper(), *alias, f"{term}, {schema['enum'][0]}", "zorglub"
            return chance.choice(near)
        return chance.choice(_BY_CODE.get(code, ("Un texte", "L’eau  vive")))

    def good(self, schema, code):
        chance = self.chance
        if code == "E210":
            day = f"2021-{chance.randint(9, 12):02}-{chance.randint(1, 30):02}"
            if "format" in schema or chance.random() < 0.3:
                return day
            return chance.choice((f"{day} {chance.randint(8, 20):02}:00", "2022-03-27 02:30"))
        if "enum" in schema:
            return str(chance.choice(schema["enum"]))
        if code == "E209":
            return str(chance.randint(int(schema["minimum"]), min(int(schema["maximum"]), 3000)))
        known = _BY_CODE.get(code, ("Un texte", "La nuit de la chouette", "Deux mots"))
        return known[0] if code != "E432" else chance.choice(known[:4])


def _chosen(chance, names, share):
    return (name for name in names if chance.random() < share)
