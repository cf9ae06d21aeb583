"""Checks the addresses of other sites that contents write: the only part that follows them."""
