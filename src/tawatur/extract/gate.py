"""
The gate: pages that are no article are refused, with the reason.

Walls and error pages come with status 200 and a text that an extractor takes for the article. What gives them away is
their wording in the title or in a short text, no date and no paragraphs of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

from tawatur.errors import ExtractionError, RefusalReason
from tawatur.extract.body import Body, frame_of
from tawatur.extract.json_ld import ARTICLE_TYPES, types_of
from tawatur.extract.outline import Block
from tawatur.extract.page import Page
from tawatur.extract.wording import anywhere, fold, words

#: Words of the shortest article: an agency's flash is one sentence. Under a page that declares an article a line does.
FEWEST_WORDS, FEWEST_WORDS_DECLARED = 12, 5
#: Words up to which a text can be a wall's or an error page's and no article that speaks of one.
WALL_WORDS = 120
#: Words in one frame from which a page is an article, however many headlines stand around it.
RUN_WORDS = 60
#: Words up to which a page with a player is a caption and no article.
CAPTION_WORDS = 40
_PLAYERS = "//video | //iframe[{}]".format(
    " or ".join(f"contains(@src,'{name}')" for name in ("youtube.com/embed", "player", "dailymotion", "vimeo"))
)


def check(page: Page, body: Body, lines: Sequence[str], title: str | None, *, is_dated: bool, is_live: bool) -> None:
    """Refuse a page that holds no article.

    Raises:
        ExtractionError: With the reason.
    """
    count = sum(len(words(line)) for line in lines)
    if is_live:
        return
    declares = declares_article(page)
    text = fold(" ".join([title or "", *lines]))
    if count <= WALL_WORDS and (wall := _wall(page, title, text, count)) is not None:
        raise ExtractionError(page.url, *wall)
    if _is_front_page(page, is_dated=is_dated) or _is_listing(page, body, declares=declares, is_dated=is_dated):
        raise ExtractionError(page.url, "listing", "the page lists articles and is none")
    if count < CAPTION_WORDS and _is_video(page, title):
        raise ExtractionError(page.url, "video_without_text", f"a player and {count} words")
    if count == 0 or not lines:
        raise ExtractionError(page.url, "no_text", "no article text was found")
    if count < (FEWEST_WORDS_DECLARED if declares and is_dated else FEWEST_WORDS):
        raise ExtractionError(page.url, "too_short", f"{count} words are no article")


def declares_article(page: Page) -> bool:
    """Whether the page says of itself that it is an article."""
    return any(types_of(statement) & ARTICLE_TYPES for statement in page.statements) or any(
        said.lower() in ("article", "news", "newsarticle") for said in page.said("og:type", "pagetype")
    )


def _wall(page: Page, title: str | None, text: str, count: int) -> tuple[RefusalReason, str] | None:
    said_title = fold(" ".join([title or "", page.tree.findtext(".//title") or ""]))
    shown = fold(" ".join(block.text for block in page.outline[:400]))[:20_000]
    if anywhere("gate.error").search(said_title) or (count <= 60 and anywhere("gate.error").search(text)):
        return "error_page", "an error page served as an article"
    few = count < CAPTION_WORDS
    if (
        anywhere("gate.login").search(text)
        or (few and anywhere("gate.login").search(shown))
        or _is_paid(page, shown, count)
    ):
        return "login_wall", "the text is kept for subscribers"
    consent = len(set(anywhere("gate.consent").findall(text)))
    if (
        consent >= 2
        or (consent and few)
        or (count < FEWEST_WORDS and len(set(anywhere("gate.consent").findall(shown))) >= 2)
    ):
        return "consent_wall", "a consent page stands in the article's place"
    if few and len(page.outline) < 40 and anywhere("gate.error").search(shown):
        return "error_page", "an error page served as an article"
    return None


def _is_paid(page: Page, shown: str, count: int) -> bool:
    """Whether the page declares its text to be paid for, and shows only its beginning."""
    if count >= WALL_WORDS:
        return False
    paid = any(str(statement.get("isAccessibleForFree", "")).lower() == "false" for statement in page.statements)
    return paid and anywhere("gate.login").search(shown) is not None


def _is_front_page(page: Page, *, is_dated: bool) -> bool:
    if page.url is None or is_dated or declares_article(page):
        return False
    path = urlsplit(page.url).path.strip("/").lower()
    return (
        path in ("", "index.html", "index.php", "index.htm", "ar", "en", "home", "default.aspx")
        and not urlsplit(page.url).query
    )


def _is_listing(page: Page, body: Body, *, declares: bool, is_dated: bool) -> bool:
    """Whether what was taken for the text is a list of links to articles."""
    if declares and is_dated:
        return False
    blocks = body.blocks
    if blocks and _heads_between(page, blocks):
        return True
    letters = sum(len(block.text) for block in blocks)
    linked = sum(block.link_letters for block in blocks)
    heads = sum(1 for block in blocks if block.is_link and len(words(block.text)) >= 4)
    plain = sum(
        len(words(block.text)) for block in blocks if block.link_letters * 3 < len(block.text) and len(block.text) > 80
    )
    if plain >= WALL_WORDS:
        return False
    if letters and (linked * 2 > letters or (heads >= 5 and heads * 4 >= len(blocks))):
        return True
    # A list whose links the extractor left out: many headlines that lead elsewhere, and no text in one frame.
    all_heads = sum(1 for block in page.outline if block.is_link and len(words(block.text)) >= 4)
    return not declares and not is_dated and all_heads >= 15 and _longest_run(blocks) < RUN_WORDS


def _heads_between(page: Page, blocks: Sequence[Block]) -> bool:
    """Whether every few lines of the text a headline leads elsewhere: teasers under their links."""
    inside = page.outline[blocks[0].index : blocks[-1].index + 1]
    heads = sum(1 for block in inside if block.is_link and len(words(block.text)) >= 4)
    before = 0
    for block in inside:
        if block.is_link and len(words(block.text)) >= 4:
            break
        before += len(words(block.text))
    return heads >= 4 and heads * 4 >= len(inside) and before < RUN_WORDS


def _longest_run(blocks: Sequence[Block]) -> int:
    """Count the words of the longest text that stands in one frame: teasers have one each."""
    held: Counter[object] = Counter()
    for block in blocks:
        if block.link_letters * 2 < len(block.text):
            held[frame_of(block)] += len(words(block.text))
    return max(held.values(), default=0)


def _is_video(page: Page, title: str | None) -> bool:
    if any(types_of(statement) & {"VideoObject", "Movie", "TVEpisode"} for statement in page.statements):
        return True
    if any(said.lower().startswith("video") for said in page.said("og:type")):
        return True
    if page.said("og:video", "og:video:url", "twitter:player"):
        return True
    named = anywhere("gate.video").search(fold(title or "")) is not None
    return bool(page.tree.xpath(_PLAYERS)) and (
        named or "video" in (page.url or "").lower() or not declares_article(page)
    )
