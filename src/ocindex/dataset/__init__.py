"""The dataset: findings go in, checked tables, files, and tables again come out."""
