"""Documents for paper, as pages whose path ends in ``.pdf``: what each tells, without any library
that makes a PDF."""
