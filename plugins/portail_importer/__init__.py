"""How contents that exist elsewhere come in: imports, and what is received by mail."""
