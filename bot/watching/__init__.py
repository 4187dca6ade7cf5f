"""Watching: what a running bot says of itself to those who look after it; no names, no texts, no countries."""
