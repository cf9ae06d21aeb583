"""Paper: posters to put up, the catalogue as a PDF."""
