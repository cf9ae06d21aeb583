"""What a proposal changes, shown before it is published; what has one answer, mended."""
