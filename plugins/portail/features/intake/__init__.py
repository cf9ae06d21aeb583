"""How contents come in. May need ``channels`` and what these may need."""
