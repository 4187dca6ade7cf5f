"""The days of the region: working days and decent hours by country, and the Hijri calendar."""
