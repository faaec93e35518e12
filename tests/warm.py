"""Imported once by the server that forks: every process begins with what takes long to load."""

import dbos  # noqa: F401

import bot.store.durable
import bot.turn
import bot.work  # noqa: F401
import nlu
import tests.people  # noqa: F401
from bot.parts import _indexes
from bot.speech.catalogue import LOCALES, bundle

nlu.understand("جاري كيضرب ولدو فسلا", places=_indexes()[0])
nlu.understand("mon voisin", places=_indexes()[0])
for locale in LOCALES:
    bundle(locale)
