"""The guiding template and the talk over it: pure values and functions."""
