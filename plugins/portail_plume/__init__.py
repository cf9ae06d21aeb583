"""What edits a file of contents and leaves the rest of it as it was, for the packages that do: no
feature."""
