"""Pure functions over personal names: the compared form, the pieces of a query, the sorting key, the sound."""

from victims.names.folding import cased, fold, tokens
from victims.names.keys import part_keys
from victims.names.sorting import sort_key
from victims.names.splitting import index_forms, indexed, name_words, split

__all__ = ["cased", "fold", "index_forms", "indexed", "name_words", "part_keys", "sort_key", "split", "tokens"]
