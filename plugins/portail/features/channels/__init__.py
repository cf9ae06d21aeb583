"""What leaves the site: feeds, letter, open data, embedded lists, posters, programmes. May need
``pages`` and what these may need."""
