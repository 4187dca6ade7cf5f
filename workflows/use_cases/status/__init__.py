"""The secretariat's picture of the region, of one country, and of what has changed; in counts only."""
