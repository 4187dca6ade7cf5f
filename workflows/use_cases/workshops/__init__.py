"""The verbs about workshops: attending, running, asking, noting, evaluating."""
