"""Output « recherche »: what the search page reads."""
