"""Backups: all rows in one sealed file that either engine can take back; written, verified, kept, restored."""
