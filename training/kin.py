"""
Kin among the words of the news: ``analysis/data/word_kin.npz``.

``python -m training.entities kin``. The vectors of the most frequent words (``text/data/models/vocabulary.npz``) are
parted into 64, 256 and 1,024 sorts by k-means; what ships are the centres. Needs scikit-learn.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from sklearn.cluster import MiniBatchKMeans

from tawatur.text.vocabulary import load_vocabulary

TARGET = Path("src/tawatur/analysis/data/word_kin.npz")
WORDS = 40_000
SORTS = (64, 256, 1024)


def main() -> None:
    vectors = np.asarray(load_vocabulary().vectors[:WORDS], dtype=np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    centres = {}
    for place, number in enumerate(SORTS):
        parted = MiniBatchKMeans(number, n_init=1, random_state=0, batch_size=4096, max_iter=30).fit(vectors)
        centres[f"centres{place}"] = np.round(parted.cluster_centers_.astype(np.float16) * 127).astype(np.int8)
    np.savez_compressed(TARGET, **centres)
