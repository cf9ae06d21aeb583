"""How contents come in: the form, imports, mails and issues, editors, previews. May need
``channels`` and what these may need."""
