"""Across articles: copies, stories, timelines, related reading."""
