"""
Learn how each word form of the vocabulary is usually read (see tawatur.text.readings).

``python -m training.readings`` lets the tagger read unlabelled news until each word form was seen in several sentences,
and keeps for each the clitics it was mostly cut at, and how often it was a name, a verb or neither.
"""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np

from tawatur.text.readings import SHARE_STEPS
from tawatur.text.tagger import load_tagger
from tawatur.text.vocabulary import load_vocabulary
from training.vocabulary import MODELS, read_sentences

# A sentence is read while it holds a word form seen fewer times than this; frequent ones are seen far more often.
TIMES_SEEN = 3
SENTENCES_AT_ONCE = 2_000
LONGEST_SENTENCE = 35


def choose_sentences() -> list[list[str]]:
    """Choose sentences until each word form stands in ``TIMES_SEEN`` of them, where there are as many."""
    index = load_vocabulary().index
    seen = np.zeros(len(index), dtype=np.int64)
    chosen = []
    for sentence in read_sentences():
        if not 4 <= len(sentence) <= LONGEST_SENTENCE:
            continue
        here = [at for word in sentence if (at := index.get(word)) is not None]
        if here and seen[here].min() < TIMES_SEEN:
            chosen.append(sentence)
            seen[here] += 1
    return chosen


def main() -> None:
    """Write the readings file."""
    sentences = choose_sentences()
    print(f"{len(sentences):,} sentences, {sum(map(len, sentences)):,} words", flush=True)
    sentences.sort(key=len)
    tagger = load_tagger()
    words = list(load_vocabulary().index)
    cuts: defaultdict[str, Counter[tuple[int, int]]] = defaultdict(Counter)
    tags: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for start in range(0, len(sentences), SENTENCES_AT_ONCE):
        part = sentences[start : start + SENTENCES_AT_ONCE]
        for at in range(0, len(part), 100):
            for sentence, tagged in zip(part[at : at + 100], tagger.tag(part[at : at + 100]), strict=True):
                for word, segments in zip(sentence, tagged, strict=True):
                    stem = max(range(len(segments)), key=lambda n: len(segments[n].text))
                    opening = sum(len(segment.text) for segment in segments[:stem])
                    closing = sum(len(segment.text) for segment in segments[stem + 1 :])
                    cuts[word][opening, closing] += 1
                    tags[word][segments[stem].pos] += 1
    columns = {name: np.zeros(len(words), dtype=np.uint8) for name in ("openings", "closings", "names", "verbs")}
    for at, word in enumerate(words):
        if word not in cuts:
            continue
        (opening, closing), _ = cuts[word].most_common(1)[0]
        total = tags[word].total()
        columns["openings"][at], columns["closings"][at] = opening, closing
        columns["names"][at] = round(SHARE_STEPS * tags[word]["PROPN"] / total)
        columns["verbs"][at] = round(SHARE_STEPS * (tags[word]["VERB"] + tags[word]["AUX"]) / total)
    np.savez_compressed(MODELS / "readings.npz", **columns)


if __name__ == "__main__":
    main()
