"""What languages call themselves, for links that a reader of each must recognize.

The names are those of Unicode's CLDR; a language that is not here goes by its tag.
"""

from __future__ import annotations

OWN_NAMES = {
    "af": "Afrikaans",
    "am": "አማርኛ",
    "ar": "العربية",
    "az": "azərbaycan",
    "be": "беларуская",
    "bg": "български",
    "bn": "বাংলা",
    "bs": "bosanski",
    "ca": "català",
    "cs": "čeština",
    "cy": "Cymraeg",
    "da": "dansk",
    "de": "Deutsch",
    "el": "Ελληνικά",
    "en": "English",
    "eo": "Esperanto",
    "es": "español",
    "et": "eesti",
    "eu": "euskara",
    "fa": "فارسی",
    "fi": "suomi",
    "fil": "Filipino",
    "fr": "français",
    "ga": "Gaeilge",
    "gl": "galego",
    "gu": "ગુજરાતી",
    "he": "עברית",
    "hi": "हिन्दी",
    "hr": "hrvatski",
    "hu": "magyar",
    "hy": "հայերեն",
    "id": "Indonesia",
    "is": "íslenska",
    "it": "italiano",
    "ja": "日本語",
    "ka": "ქართული",
    "kk": "қазақ тілі",
    "km": "ខ្មែរ",
    "kn": "ಕನ್ನಡ",
    "ko": "한국어",
    "ky": "кыргызча",
    "lo": "ລາວ",
    "lt": "lietuvių",
    "lv": "latviešu",
    "mk": "македонски",
    "ml": "മലയാളം",
    "mn": "монгол",
    "mr": "मराठी",
    "ms": "Melayu",
    "my": "မြန်မာ",
    "nb": "norsk bokmål",
    "ne": "नेपाली",
    "nl": "Nederlands",
    "nn": "norsk nynorsk",
    "no": "norsk",
    "pa": "ਪੰਜਾਬੀ",
    "pl": "polski",
    "ps": "پښتو",
    "pt": "português",
    "ro": "română",
    "ru": "русский",
    "sd": "سنڌي",
    "si": "සිංහල",
    "sk": "slovenčina",
    "sl": "slovenščina",
    "sq": "shqip",
    "sr": "српски",
    "sv": "svenska",
    "sw": "Kiswahili",
    "ta": "தமிழ்",
    "te": "తెలుగు",
    "tg": "тоҷикӣ",
    "th": "ไทย",
    "tk": "türkmen dili",
    "tr": "Türkçe",
    "tt": "татар",
    "ug": "ئۇيغۇرچە",
    "uk": "українська",
    "ur": "اردو",
    "uz": "o\u2018zbek",
    "vi": "Tiếng Việt",
    "yi": "ייִדיש",
    "zh": "中文",
    "zu": "isiZulu",
    "pt-br": "português (Brasil)",
    "pt-pt": "português (Portugal)",
    "zh-hans": "中文 (简体)",
    "zh-hant": "中文 (繁體)",
    "es-419": "español (Latinoamérica)",
    "sr-latn": "srpski (latinica)",
    "sr-cyrl": "српски (ћирилица)",
}
"""Names by language tags in small letters."""

_SCRIPTS = {
    "zh-cn": "zh-hans",
    "zh-sg": "zh-hans",
    "zh-tw": "zh-hant",
    "zh-hk": "zh-hant",
    "zh-mo": "zh-hant",
}
"""Countries that stand for a script."""


def own_name(tag: str) -> str:
    """Return what a language calls itself, by its tag (BCP 47): `português (Brasil)`, `Deutsch (LI)`.

    Where only the language alone is known, the rest of the tag tells its kinds apart; else it is the tag.
    """
    key = tag.lower().replace("_", "-")
    known = OWN_NAMES.get(_SCRIPTS.get(key, key))
    if known:
        return known
    language, _, rest = key.partition("-")
    return f"{OWN_NAMES[language]} ({rest.upper()})" if language in OWN_NAMES else tag
