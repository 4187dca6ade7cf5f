"""A review on its way: frozen, cleared, submitted, opened again."""
