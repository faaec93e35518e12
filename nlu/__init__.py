"""Understanding what people write: `understand(text)`. Knows no place by itself and nothing of the
application. A Rasa server as judge of intents stands apart, in `nlu.remote`: it needs HTTP."""

from nlu.features import Analysis
from nlu.fitting import TrainingError
from nlu.models import Models, models_in, shipped
from nlu.places import Found, PlaceIndex
from nlu.training import Parser, load_model, test, train
from nlu.understanding import rejudged, understand
from nlu.understood import Emergency, Entity, Goal, Intent, Language, PlaceName, Understood

__all__ = [
    "Analysis",
    "Emergency",
    "Entity",
    "Found",
    "Goal",
    "Intent",
    "Language",
    "Models",
    "Parser",
    "PlaceIndex",
    "PlaceName",
    "TrainingError",
    "Understood",
    "load_model",
    "models_in",
    "rejudged",
    "shipped",
    "test",
    "train",
    "understand",
]
