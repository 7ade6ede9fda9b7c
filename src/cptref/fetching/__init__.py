"""Downloading CMS releases. Only here is anything asked for over a network."""
