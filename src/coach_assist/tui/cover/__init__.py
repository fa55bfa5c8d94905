"""The cover: a neutral page over any screen."""
