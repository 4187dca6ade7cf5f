"""Steering: the secretariat addresses people by what is true of them, and looks after who takes part."""
