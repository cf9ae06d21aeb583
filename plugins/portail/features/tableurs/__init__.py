"""Spreadsheets that people send: read within bounds, their columns recognised by our labels."""
