"""Rasa Open Source 3.6 as an optional judge of intents, in an environment of its own (`make rasa`).

It never enters this application's dependencies: it needs Python 3.10 and libraries that cannot
stand beside ours. Trained on the same phrases, it is asked over HTTP (`nlu/remote.py`).
"""
