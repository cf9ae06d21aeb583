"""What contents state, worded once for every channel that shows it."""
