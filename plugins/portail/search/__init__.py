"""The index of the search: from analysed texts to the lists of terms that a browser reads."""
