"""A PDF in, its body in reading order with the place of every word out."""
