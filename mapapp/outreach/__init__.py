"""Going out to win enterprises: target lists, visits, missions, events."""
