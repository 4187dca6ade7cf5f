"""The verbs: what people and the clock ask of Rafiq, one module per kind of work."""
