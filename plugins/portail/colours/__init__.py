"""Colours: contrasts, the tokens of a style sheet, the palette that a team writes."""
