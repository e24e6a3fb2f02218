"""Entry points of the functions: wiring and one call."""
