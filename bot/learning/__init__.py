"""Learning from operators: a correction makes a candidate, an editor invents a paraphrase, and a
new model takes the old one's place only where nothing that is measured falls."""

from bot.learning.candidates import (
    Candidate,
    LearningError,
    accept,
    accepted,
    candidates,
    meanings,
    propose,
    refuse,
    rewrite,
)
from bot.learning.versions import Promotion, current, models, promote, roll_back, versions

__all__ = [
    "Candidate",
    "LearningError",
    "Promotion",
    "accept",
    "accepted",
    "candidates",
    "current",
    "meanings",
    "models",
    "promote",
    "propose",
    "refuse",
    "rewrite",
    "roll_back",
    "versions",
]
