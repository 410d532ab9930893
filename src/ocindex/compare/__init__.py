"""Comparison: two things go in, their differences come out."""
