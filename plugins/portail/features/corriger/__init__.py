"""Safe repairs of a content: for a diagnostic and its span, the text to write instead."""
