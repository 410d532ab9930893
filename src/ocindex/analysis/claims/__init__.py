"""Claims: sentences with their indicators go in, checkable statements come out."""
