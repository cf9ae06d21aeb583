"""What editors have to look at: derived from the site and its day, by pure functions."""
