"""What people type, evened out: one spelling for what looks alike, one English word for what each language says in its own.

The words of commands are English in every chat, but nobody looks up how "all" or "off" is said to a bot: those come in all languages,
whichever is spoken. What the buttons say can be typed as well, in the language that is spoken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

_ALIKE = str.maketrans("АВЕЅІЈКМНОРСТУХасеѕіјорху", "ABESIJKMHOPCTYXacesijopxy")  # Cyrillic letters, and the Latin ones they look like
_SPELT: Mapping[str, str] = {"№": "#", **dict.fromkeys("‐‑‒–—―−", "-"), "≥": ">=", "、": ",", "₿": "btc"}
_SPELLING = str.maketrans(dict(_SPELT))

_NATURAL: Mapping[str, str] = {
    "any": "beliebig beliebige cualquier cualquiera любой любая любые любых 任意 任何 不限",
    "all": "everything every alle alles allen aller todo todos toda todas все всё всех 全部 所有",
    "off": "none nothing stop aus nichts kein keine nada ninguno ninguna нет выкл выключить ничего 关 关闭 无 停止",
    "on": "an ein sí si вкл включить да 开 打开 开启",
    "and": "& + und y и 和",
    "of": "by for with from von mit bei de del от с",
    "to": "until till through thru bis a hasta до по 到 至",
    "at": "um time uhrzeit hora время 时间 days в 在",
    "size": "sizes menge größe tamaño размер 数量",
    "miner": "miners mineras minera майнер майнеры майнера майнеров 矿企 矿工",
    "zone": "timezone zeitzone zona пояс 时区",
    "quiet": "ruhe ruhezeit silencio тишина 安静 免打扰",
    "silent": "mute lautlos stumm silencioso беззвучно 静音",
    "sound": "ton sonido звук 声音",
    "week": "woche semana неделя неделю 周 本周",
    "weekly": "wöchentlich semanal еженедельно 每周",
    "daily": "everyday täglich diario ежедневно 每天",
    "weekdays": "werktags wochentags laborables будни будням 工作日 平日",
    "weekends": "weekend wochenende wochenenden finde выходные выходным 周末",
    "today": "now heute hoy сегодня 今天",
    "yesterday": "gestern ayer вчера 昨天",
    "since": "seit desde с 自",
}
_ENGLISH = {said: word for word, others in _NATURAL.items() for said in (word, *others.split())}

_UNITS: Mapping[str, str] = {
    "d": "d day days tag tage tagen día días dia dias д день дня дней дн 天 日",
    "w": "w week weeks woche wochen semana semanas нед неделя неделю недели недель 周 星期",
    "m": "m month months monat monate monaten mes meses мес месяц месяца месяцев 个月",
    "y": "y year years jahr jahre jahren año años год года лет 年",
}
_UNIT = {said: unit for unit, others in _UNITS.items() for said in others.split()}
_ANY_UNIT = "|".join(sorted(_UNIT, key=len, reverse=True))
_LAST = (
    r"last|past|the\s+last|(?:de[nr]|die)\s+letzten?|letzte[nrs]?|los\s+últimos|las\s+últimas|últim[oa]s?|за(?:\s+последни[ехй]+)?|最近|近"
)
_SPAN = re.compile(rf"(?:(?:{_LAST})\s*|(?<![\w.,:>=<-]))(\d{{1,4}})\s*({_ANY_UNIT})(?!\w)", re.IGNORECASE)
_ONE = re.compile(rf"(?:{_LAST})\s*({_ANY_UNIT})(?!\w)", re.IGNORECASE)
_HOURS = re.compile(r"(?<![\w.,:])(\d{1,4})\s*(?:h|hours?|stunden?|std|horas?|ч|час(?:а|ов)?|小时)(?!\w)", re.IGNORECASE)
_COINS = re.compile(r"(?<![\w:.,])(\d[\d.,]*k?)\s*(?:btc|bitcoins?|比特币)(?!\w)", re.IGNORECASE)
_MORE = (
    r"over|above|more\s+than|at\s+least|min(?:imum)?|size|mindestens|über|mehr\s+als|mínimo|más\s+de"
    r"|более|больше|свыше|минимум|超过|大于|至少|不少于"
)
_FROM = r"(?:ab|desde|от)(?!\s+20\d\d(?:\s|$)|\s+\d+\s+(?:bis|hasta|a|до)(?:\s|$))"  # neither a year nor the first of two hours
_LEAST = re.compile(rf"(?<!\w)(?:{_MORE}|{_FROM})\s*(?=\d[\d.,]*k?(?:btc)?(?:\s|$))", re.IGNORECASE)
_AND_MORE = re.compile(
    r"(?<!\S)>?(\d[\d.,]*k?(?:btc)?)(?:\+|\s+(?:or|oder|o|и|или)\s+(?:more|mehr|más|более|больше)|\s*以上)(?!\S)", re.IGNORECASE
)
_CLOCK = re.compile(r"(?<!\S)(\d{1,2}(?:[:.]\d{2})?)\s+(am|pm|uhr|час(?:а|ов)?|点)(?!\w)", re.IGNORECASE)
_AT = re.compile(r"(?<!\S)(?:at|um|a\s+las|в)\s+(\d{1,2})(?!\S)", re.IGNORECASE)
_AROUND = "·[]{}\"'“”„‘’«»"


def evened(text: str) -> str:
    """The text in one spelling: full-width signs narrow, any dash a hyphen, signs without width gone, Latin words all Latin.

    >>> evened("／sales  СANG　３０d"), evened("22:00–07:00"), evened("№17")
    ('/sales  CANG 30d', '22:00-07:00', '#17')
    """
    narrow = unicodedata.normalize("NFKC", text.translate(_SPELLING)).translate(_SPELLING)
    seen = "".join(sign for sign in narrow if unicodedata.category(sign) != "Cf")
    return re.sub(r"\w+", lambda word: _latin(word[0]), seen)


def _latin(word: str) -> str:
    """A Latin word into which Cyrillic letters slipped that look the same; any other as it is."""
    if not re.search("[A-Za-z]", word):
        return word
    changed = word.translate(_ALIKE)
    return changed if changed.isascii() else word


def split(text: str) -> tuple[str, ...]:
    """The words of a text without what stands around them: brackets, as they stand around the words of a usage, and quotation marks."""
    return tuple(bare for word in text.split() if (bare := word.strip(_AROUND).rstrip(":;")))


def meaning(word: str) -> str:
    """The English word for what other languages say ("alle": "all"), else the word itself; in lower case, without a comma behind it."""
    low = word.casefold().rstrip(",")
    return _ENGLISH.get(low, low)


def joined(words: Sequence[str]) -> list[str]:
    """The words with sizes and times of day in one piece each: "> 500 BTC" is `>500btc`, "over 500" `>500`, "8 pm" `8pm`."""
    text = re.sub(r"(>=?)\s+", r"\1", " ".join(words))
    for form, instead in ((_COINS, r"\1btc"), (_LEAST, ">"), (_AND_MORE, r">\1"), (_CLOCK, r"\1\2"), (_AT, r"\1:00")):
        text = form.sub(instead, text)
    return text.split()


def spans_joined(words: Sequence[str]) -> list[str]:
    """The words with spans of time in one form: "30 days", "letzte 30 Tage" and "近30天" are `30d`, "last month" is `1m`, "48 h" `2d`."""
    text = _SPAN.sub(lambda found: f"{found[1]}{_UNIT[found[2].lower()]}", " ".join(words))
    text = _ONE.sub(lambda found: f"1{_UNIT[found[1].lower()]}", text)
    return _HOURS.sub(lambda found: found[0] if int(found[1]) % 24 else f"{int(found[1]) // 24}d", text).split()


def unit_of(word: str) -> str | None:
    """`d`, `w`, `m` or `y` for a word that is a length of time by itself, "month"; None for others and for single letters."""
    return _UNIT.get(word.lower()) if len(word) > 1 or not word.isascii() else None
