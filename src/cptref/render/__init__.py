"""Answers as text: a terminal page, Markdown, JSON, JSON lines, csv. Knows only the model."""
