"""Conflicts: the claims on one country go in, the pairs that disagree come out."""
