"""Paper: posters to put up."""
