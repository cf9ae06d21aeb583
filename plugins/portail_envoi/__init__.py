"""What opens connections: sending the letter. It imports ``portail``; no build imports it."""
