"""Inside one article: names, quotes, the chain of transmission, dated events, keyphrases, a summary."""

from tawatur.analysis.analysing import (
    MADE_BY,
    analyse,
    analyse_dated,
    analyse_document,
    analyse_in_archive,
    analyse_many,
)

__all__ = ["MADE_BY", "analyse", "analyse_dated", "analyse_document", "analyse_in_archive", "analyse_many"]
