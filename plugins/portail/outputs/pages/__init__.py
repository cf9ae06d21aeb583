"""Output « pages »: every HTML page of the site."""
