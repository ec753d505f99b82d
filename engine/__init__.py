"""Figures, classes and bulk writes: plain Python and SQL, no model, no screen."""
