"""Articles of the code that a charge names: each a value of its own beside the charge as printed."""

from functools import lru_cache
from operator import itemgetter

from victims.entries.draft import Reading, Span, printed
from victims.meanings import Article, find_articles

_CHARGE = ".charge"
_CHARGED = itemgetter("charge")


def read_articles(reading: Reading) -> None:
    """Tell the articles of every charge: `sentences[0].articles[1]`; an article printed twice is one."""
    if any(map(_CHARGED, reading.record["sentences"])):
        for span in [span for span in reading.spans if span.slot.endswith(_CHARGE)]:
            _read(reading, span)


def _read(reading: Reading, charge: Span) -> None:
    slot, told = f"{charge.slot.removesuffix(_CHARGE)}.articles", set()
    for start, end in charge.pieces:
        for code, pieces in _found(reading.folded[start:end], reading.text[start:end]):
            if code not in told:
                told.add(code)
                moved = tuple((start + begin, start + stop) for begin, stop in pieces)
                reading.put(reading.more(slot), printed(reading.text, moved), *moved)


@lru_cache(maxsize=1 << 12)
def _found(folded: str, printed_words: str) -> tuple[Article, ...]:
    # Most charges are the same few words, printed thousands of times.
    return tuple(find_articles(folded, 0, len(folded), printed_words))
