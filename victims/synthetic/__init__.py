"""Realistic persons who never lived, for benchmarks and demonstration.

Everything is drawn from frequency lists of names, places, bodies and fates; records made of it must be
marked as synthetic wherever they are shown.
"""

from victims.synthetic.lexicon import vocabulary
from victims.synthetic.people import Synthetic, persons

__all__ = ["Synthetic", "persons", "vocabulary"]
