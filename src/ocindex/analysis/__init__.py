"""Analysis: a Document goes in, findings come out."""
