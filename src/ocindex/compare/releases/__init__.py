"""Two published datasets in, every difference between them, its effect and its cause out."""
