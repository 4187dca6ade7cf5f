"""A session of a workshop: its agenda and clock, its groups and presentations, what is dictated for it."""
