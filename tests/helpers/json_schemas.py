"""JSON Schemas made stricter than what is published: what we write, they all tell."""


def closed(schema):
    """A schema that refuses every key it does not name."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    found = {word: closed(one) for word, one in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        found.setdefault("additionalProperties", False)
    return found
