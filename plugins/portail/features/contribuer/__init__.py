"""The forms that propose a content: which fields, in which parts, with which controls."""
