"""Files of the site."""
