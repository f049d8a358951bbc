"""The site of equal work for Pelican: each topic is a tag, its index the tag's first word."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

SITENAME = "News index"
SITESUBTITLE = "Built for a benchmark."
SITEURL = "https://example.org"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
INDEXES = ("Conference", "Development", "Distributions", "Kernel", "Security")

PATH = "content"
ARTICLE_PATHS = ["Articles"]
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
USE_FOLDER_AS_CATEGORY = False
DEFAULT_CATEGORY = "news"
THEME = "theme"
THEME_STATIC_PATHS: list[str] = []
PLUGINS = ["around"]

ARTICLE_URL = "Articles/{slug}/"
ARTICLE_SAVE_AS = "Articles/{slug}/index.html"
TAG_URL = "topics/{slug}/"
TAG_SAVE_AS = "topics/{slug}/index.html"
DIRECT_TEMPLATES = ["index", "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
CATEGORY_SAVE_AS = AUTHOR_SAVE_AS = ARCHIVES_SAVE_AS = DRAFT_SAVE_AS = ARTICLE_LANG_SAVE_AS = ""

FEED_DOMAIN = SITEURL
FEED_ALL_RSS = "feed.xml"
TAG_FEED_RSS = "topics/{slug}/feed.xml"
FEED_MAX_ITEMS = 20
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None

DEFAULT_PAGINATION = False
SUMMARY_MAX_LENGTH = None
FORMATTED_FIELDS: list[str] = []
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.codehilite": {"css_class": "highlight", "guess_lang": False},
        "markdown.extensions.fenced_code": {},
        "markdown.extensions.footnotes": {},
        "markdown.extensions.meta": {},
        "markdown.extensions.tables": {},
    },
    "output_format": "html5",
}
