"""Rewriting goals in the app, with a plan and without: what both screens show, and the screen of its own."""
