"""Contents that exist elsewhere: what each format says, and what it comes to as a file."""
