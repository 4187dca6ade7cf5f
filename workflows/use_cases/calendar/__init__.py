"""The verbs about dates: shown, set and moved, told, brought in."""
