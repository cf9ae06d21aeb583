"""What templates receive. ``url`` are site paths without the prefix of SITEURL, or whole; titles
keep their ``*italics*``, dates are dates: filters write both."""
