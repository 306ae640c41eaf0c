"""
Listing pages: the articles that a page without a feed leads to.

What marks an article's link on a list is its company: a list repeats one block, and the texts in it are headlines.
Links are therefore gathered by the elements around them; a block that repeats with the length of headlines is taken
whole, a link of three words with its neighbours of nine, and a lone long link is not. Beside that, a link marked as
a heading whose address looks like an article's stands for itself (the front page's first story). A site's own
pages are taken before those of others (advertisers write headlines too), unless the page mostly lists others.

Measured with ``python -m bench.listing``.
"""

from __future__ import annotations

import re
import statistics
from collections import defaultdict
from collections.abc import Sequence
from urllib.parse import urlsplit

from tawatur.errors import FeedError
from tawatur.feeds.clean_text import clean_text
from tawatur.feeds.drafts import Draft, entries_of
from tawatur.feeds.page_links import PageLink, page_links, parse_page
from tawatur.feeds.sites import same_site
from tawatur.model import Feed

__all__ = ["looks_like_article", "read_listing"]

# Half of the headlines of the ANT corpus (30,597 articles) take 9 words, one in a hundred fewer than 4. Names of
# sections and sites take one to three.
HEADLINE_WORDS = 4
# In a block of headlines a short one is one too; single words never are.
NEIGHBOUR_WORDS = 2
# A block that repeats less often is no list.
FEWEST_LINKS = 3
# Share of the links found that must lead to the page's own site for others to be left out.
OWN_SHARE = 1 / 3

# ``/2024/03/20/``, ``/7654321``, ``id=4321``, ``-131024``; or a slug of four words and more.
_NUMBER = re.compile(r"\d{4,}|(?:^|[/=\-_])\d{3}(?:$|[/&.])|/20\d\d/\d{1,2}/")
_SLUG = re.compile(r"[^/\-_]+(?:[\-_][^/\-_]+){3,}")


def read_listing(text: str, url: str) -> Feed:
    """Read the article links of a page, in the page's order.

    Raises:
        FeedError: The page lists none.
    """
    tree = parse_page(text, url)
    links = page_links(tree, url)
    chosen = _chosen(links, url)
    if not chosen:
        raise FeedError(f"{url} is a page that lists no articles")
    drafts = (
        Draft(
            links=(link.url,),
            base=url,
            title=link.text,
            summary=link.summary,
            stamps=(link.stamp,) if link.stamp else (),
            images=(link.image,) if link.image else (),
        )
        for link in chosen
    )
    entries, problems = entries_of(drafts)
    title = tree.css_first("title")
    root = tree.css_first("html")
    return Feed(
        kind="listing",
        title=clean_text(title.text()) if title is not None else None,
        language=root.attributes.get("lang") if root is not None else None,
        entries=entries,
        problems=problems,
    )


def looks_like_article(url: str) -> bool:
    """Whether an address has the number, the date or the long slug that articles have and sections lack.

    >>> looks_like_article("https://example.org/news/2024/3/20/7654321")
    True
    >>> looks_like_article("https://example.org/sports")
    False
    """
    parts = urlsplit(url)
    return bool(_NUMBER.search(f"{parts.path}?{parts.query}") or _SLUG.search(parts.path))


def _chosen(links: Sequence[PageLink], url: str) -> list[PageLink]:
    blocks: dict[tuple[str, ...], list[PageLink]] = defaultdict(list)
    for link in links:
        parts = urlsplit(link.url)
        if link.text and (parts.path != "/" or parts.query):  # the front page of a site is no article
            blocks[link.block].append(link)
    taken = {link.url for block in blocks.values() if _is_list(block) for link in block if _fits(link)}
    taken |= {link.url for link in links if _stands_alone(link)}
    found = [link for link in links if link.url in taken]
    own = [link for link in found if same_site(link.url, url)]
    return own if own and len(own) >= OWN_SHARE * len(found) else found


def _is_list(block: Sequence[PageLink]) -> bool:
    if len(block) < FEWEST_LINKS:
        return False
    words = statistics.median(len(link.text.split()) for link in block)
    articles = sum(looks_like_article(link.url) for link in block)
    return words >= HEADLINE_WORDS and (2 * articles >= len(block) or words > HEADLINE_WORDS + 1)


def _fits(link: PageLink) -> bool:
    return len(link.text.split()) >= NEIGHBOUR_WORDS


def _stands_alone(link: PageLink) -> bool:
    return link.is_heading and len(link.text.split()) >= HEADLINE_WORDS and looks_like_article(link.url)
