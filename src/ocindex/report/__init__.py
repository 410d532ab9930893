"""Reports: tables go in, terminal tables and pages come out."""
