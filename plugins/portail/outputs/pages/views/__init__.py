"""What templates receive: one frozen dataclass per template, never the site.

Every ``url`` is a site path without the prefix of SITEURL (the template's ``url`` filter adds it),
or an absolute address of elsewhere. Titles keep their ``*italics*``: the ``inline`` filter shows
them. Dates are dates: the ``jour``, ``moment``… filters write them in French.
"""
