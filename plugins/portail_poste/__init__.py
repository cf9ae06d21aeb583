"""What hands messages to mail servers and calls APIs, for the packages that do: no feature."""
