"""What things are called: code lists in, names and codes out."""
