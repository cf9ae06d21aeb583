"""Output « newsletter »: the issues of the letter as mails, texts and data."""
