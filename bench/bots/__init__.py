"""The bots that Rafiq is measured beside, each as its library's own examples would have it."""
