"""Documents for paper: the pages of the portal that end in ``.pdf``, drawn by WeasyPrint."""
