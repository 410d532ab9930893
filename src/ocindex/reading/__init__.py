"""Reading: a file goes in, a Document or Scores come out."""
