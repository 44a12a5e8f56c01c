"""The words and patterns that name dates in English news; no logic.

Sources: the date, weekday and number words of English; the orders in which Associated Press,
Reuters and BBC house styles write dates.
"""

import re
from typing import Final

MONTH_NAMES: Final = [
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
]
_DAY_NAMES: Final = [
    *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
]

MONTHS: Final = {name[:3].lower(): number for number, name in enumerate(MONTH_NAMES, 1)}
DAYS: Final = frozenset(name.lower() for name in _DAY_NAMES)
"""The names of the days of the week, lower case."""
WEEKDAYS: Final = {name[:3].lower(): number for number, name in enumerate(_DAY_NAMES)}
PLURALS: Final = frozenset({"days", "weeks", "months", "years"})
SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
NUMBERS: Final = {
    **{"a": 1, "an": 1, "one": 1, "the": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6},
    **{"seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13},
    **{"fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18},
    **{"nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50},
}
CENTURIES: Final = {"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21}
ORDINALS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4}


def _either(words: "list[str]") -> str:
    return "|".join(words)


_FULL = _either(MONTH_NAMES + [name.upper() for name in MONTH_NAMES])
_MONTH = rf"(?:(?:{_FULL})\b|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_DAYS = _either(_DAY_NAMES + [name.upper() for name in _DAY_NAMES])
_WEEKDAY = rf"(?:(?:{_DAYS})\b|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\w)(?!\s?%)(?![.,:]\d)(?!-[a-z])"
_YEAR = r"(?:1\d|20)\d\d(?!\w)"
_THIRD = r"(?P<third>[Ee]arly|[Mm]id|[Ll]ate)[\s-]+"
_TO = r"(?:\s?[-–—]\s?|\s+(?:to|until|till|through|and|or)\s+)"
_SEASON_WORD = r"(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)"
_UNIT = (
    rf"(?:days?|weeks?|weekend|months?|years?|decade|century|night|evening|morning|afternoon"
    rf"|{_DAYS}|{_either(MONTH_NAMES)}|{_SEASON_WORD})\b"
)
_WHICH = (
    r"(?:[Tt]his\s(?:past|coming)|[Ll]ast|[Tt]his|[Nn]ext|[Uu]pcoming|[Ss]ame|[Tt]hat|[Ff]ollowing"
    r"|[Pp]revious|[Pp]receding)"
)
_COUNTED = (
    r"(?:people|persons|men|women|children|civilians|troops|soldiers|fighters|militants|rebels"
    r"|refugees|migrants|prisoners|detainees|hostages|homes|houses|villages|families|personnel"
    r"|casualties|deaths|dead|wounded|injured|tons|tonnes|km|kilomet\w+|met\w+s|miles|feet|dollars"
    r"|euros|pounds|percent|per\scent|hours|tanks|rockets|shells|missiles|drones|vehicles|police"
    r"|officers|members|others|staff|workers|students|protesters|demonstrators|residents|victims"
    r"|cases|hectares|square|barrels|bodies|participants|delegates|votes|seats|years|months|days"
    r"|weeks|minutes|million|billion|thousand|hundred|more|were|attacks|strikes|killed)\b"
)

HEAD: Final = re.compile(
    r"\b(?:[0-9]|[JFMASONDTWYQHLEUP](?:[aeopruch1-4]|[AEOUPCHR])"
    r"|(?=[elmtnsfpyuwda])(?:ea|la|mi|th[ai][ts]|nex|sam|fol|pre|yes|to[dnm][aiom]|upc|week|day|mon"
    r"|year|dec|spr|sum|aut|fal|win|fir|sec|thir|four|fin|eig|nin|twe))"
)
TRIGGER: Final = re.compile(
    rf"""(?<![\w.,$€£#/:])(?:
      (?P<month>{_MONTH})
    | (?P<weekday>{_WEEKDAY})
    | (?P<digit>(?<![-])\d)
    | (?P<third>(?:[Ee]arly|[Ee]arlier|[Mm]id|[Ll]ate|[Ll]ater)(?=[\s-]))
    | (?P<which>{_WHICH}\s(?={_UNIT}))
    | (?P<day>(?:[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow)\b|(?<=the\s)weekend\b)
    | (?P<distance>(?:day|week|month|year|decade)s?\s(?:ago|earlier|later|back|before|after)\b)
    | (?P<season>{_SEASON_WORD}\s(?:of\s)?(?=\d))
    | (?P<part>(?:first|second|third|fourth|last|final)\s(?=quarter|half)|[QH][1-4]\s)
    | (?P<century>(?:eighteenth|nineteenth|twentieth|twenty-first)[\s-](?=[Cc]entury))
    )""",
    re.VERBOSE,
)

CALENDAR: Final = re.compile(
    rf"""(?P<on>(?<=[Oo]n\s))?
    (?:(?P<weekday>{_WEEKDAY})(?:\s(?:morning|afternoon|evening|night))?
           (?:,\s*|\s+|\s*(?P<opened>\()\s*)(?:the\s+)?)?
    (?: (?P<d1>{_DAY})(?:{_TO}(?P<d2>{_DAY}))?\s+(?:of\s+)?(?P<m1>{_MONTH})
      | (?:{_THIRD}(?:in\s+|on\s+)?)?(?P<m2>{_MONTH})
        (?:\s+(?:the\s+)?(?P<d3>{_DAY})(?(on)|(?(weekday)|(?!\s+{_COUNTED})))
           (?:{_TO}(?P<d4>{_DAY})(?!\s+{_MONTH})(?!\s+{_COUNTED}))?)?
    )
    (?:,?\s+(?:of\s+)?(?P<year>{_YEAR})(?!\s+{_COUNTED})(?![.,:]\d)
      |,?\s+(?:of\s+|in\s+)?(?P<which>last|this|next|that|the\ssame|the\sprevious|the\sfollowing)
       \s+year\b)?(?(opened)\)?)""",
    re.VERBOSE,
)
MONTH_BEFORE: Final = re.compile(
    r"\b(?:in|since|until|till|by|from|during|through|between|before|after|to|and|or|of|throughout)"
    r"\s+$",
    re.IGNORECASE,
)
BODY_BEHIND: Final = re.compile(
    r"\s(?:[A-Z]\w+ )?(?:Movement|Brigades?|Front|Alliance|Battalion|Regiment|Party|Coalition)\b"
)
"""What makes a name of the day before it: "the 23 March Movement"."""
WHEN_BEFORE: Final = re.compile(r"\b(?:on|since|until)\s$", re.IGNORECASE)
"""What keeps it a day: "On 3 April Coalition jets bombed the town"."""
LONGEST_WHEN: Final = 6
"""Characters of the longest of them, with its space."""
MONTH_DETERMINER: Final = re.compile(r"(?:\b(?:the|an?|this|its|their|his|her)|['’]s?)\s+$")

NUMERIC: Final = re.compile(
    r"(?:(?P<year>(?:1\d|20)\d\d)(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)"
    r"(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?"
    r"|(?P<one>\d{1,2})(?P<mark>[./])(?P<two>\d{1,2})(?P=mark)(?P<last>(?:19|20)\d\d))(?!\w)"
)

RELATIVE: Final = re.compile(
    rf"""(?:(?P<third>[Ee]arly|[Ee]arlier|[Mm]id|[Ll]ate|[Ll]ater)[\s-]+(?:in\s+)?(?:the\s+)?)?
    (?P<which>{_WHICH})\s(?P<unit>{_UNIT})(?!-)""",
    re.VERBOSE,
)

WEEKDAY_ALONE: Final = re.compile(
    rf"(?P<weekday>{_DAYS})\b(?!\s(?:Times|Telegraph|Mirror|Express|Mail|Post|Herald|Agreement|Morning|Night|Evening)\b)"
    r"(?:,?\s(?:of\s)?(?P<which>last|this|next)\sweek\b)?"
)
NOT_A_WEEKDAY: Final = re.compile(
    r"\b(?:[Ee]very|[Ee]ach|[Aa]|any|per|most|Black|Good|Bloody|Ash|Palm|Easter|Holy|Maundy|Cyber"
    r"|Super|Red|Fat)\s+$"
)

_NUMBER = _either([*NUMBERS, r"\d{1,3}"])
DISTANCE_NUMBER: Final = re.compile(
    rf"""(?:\b(?P<never>more\sthan|over|less\sthan|at\sleast|under|up\sto|a\sfew|half)\s)?
    (?:\b(?P<about>nearly|almost|about|around|some|roughly|approximately)\s)?
    (?<![\w,.-])(?P<number>{_NUMBER})[\s-]$""",
    re.VERBOSE | re.IGNORECASE,
)
DISTANCE_UNIT: Final = re.compile(
    r"(?P<unit>[a-z]+?)s?\s(?P<last>[a-z]+)(?P<stop>\s*(?:[.,;:)]|$))?"
)

SEASON: Final = re.compile(
    rf"(?:[Ee]arly[\s-]|[Mm]id-?|[Ll]ate[\s-])?\s?(?P<season>{_SEASON_WORD})\s(?:of\s)?"
    r"(?P<year>(?:1\d|20)\d\d)(?:[-–/](?:20)?\d\d)?(?!\w)"
)
PART_OF_YEAR: Final = re.compile(
    r"(?:(?P<ordinal>first|second|third|fourth|last|final)\s(?P<unit>quarter|half)\sof\s"
    r"|(?P<letter>[QH])(?P<number>[1-4])\s(?:of\s)?)(?P<year>(?:19|20)\d\d)(?!\w)"
)
DECADE: Final = re.compile(
    rf"""(?:{_THIRD}(?:in\s)?(?:the\s)?)?
    (?: (?P<year>(?:1\d|20)\d0)['’]?s(?!\w)
      | (?P<short>[3-9]0)['’]?s(?!\w)
      | (?P<ordinal>\d{{1,2}}(?:st|nd|rd|th)|{_either([*CENTURIES])})[\s-][Cc]entury\b)""",
    re.VERBOSE,
)
DECADE_BEFORE: Final = re.compile(r"\b(?:in|since|during|of|from|until|by)\sthe\s$", re.IGNORECASE)

YEAR: Final = re.compile(
    rf"(?:{_THIRD}(?:in\s)?)?(?P<year>(?:1\d|20)\d\d)"
    r"(?:\s?(?P<dash>[-–—/])\s?(?P<to>(?:1\d|20)\d\d|\d\d)(?!\d))?(?!\w)"
)
YEAR_BEFORE: Final = re.compile(
    r"\b(?:in|since|during|until|till|throughout|years?|circa|as of|between|spring|summer|autumn"
    r"|winter)\s(?:of\s)?(?:the\s)?(?:year\s)?(?:(?:about|around|circa|roughly|both|either)\s)?$",
    re.IGNORECASE,
)
YEAR_BEFORE_NOUN: Final = re.compile(
    r"(?:\b(?<!total )(?<!number )(?<!distance )(?<!sum )(?<!strength )of"
    r"|\b(?:by|from|to|through|before|after|around|about|for|the|an?|this|his|her|its|their|our)"
    r"|['’]s?)\s$",
    re.IGNORECASE,
)
FROM: Final = re.compile(r"\b(?:from|between)\s$", re.IGNORECASE)
TO_YEAR: Final = re.compile(r"\s(?:to|until|till|through|and)\s(?:1\d|20)\d\d\b")
YEAR_TO: Final = re.compile(
    r"\b(?:from|between)\s(?:1\d|20)\d\d\s(?:to|until|till|through|and)\s$", re.IGNORECASE
)
"""The second of two years: "from 1998 to 2000 killed …" counts no killed."""
YEAR_AFTER: Final = re.compile(
    r"\s?%|[,.]\d|\s(?:GMT|UTC|hours|hrs|local time|BCE?|B\.C\.)\b|\s?-?(?:km|m|kg|ft)\b"
    r"|-(?:strong|met|mile|seat|man|member|foot|page|year|odd)"
)
COUNTED: Final = re.compile(rf"\s(?:[A-Z]?[a-z]+\s)?{_COUNTED}")
ABOUT: Final = re.compile(r"\b(?:around|about|circa|approximately|roughly)\s$", re.IGNORECASE)

SENTENCE_START: Final = re.compile(r"(?:^|[.!?:\n\"“”]\s*)$")

JOIN: Final = re.compile(
    r"\s*(?:(?P<dash>[-–—])|(?P<to>to|until|till|through)|(?P<and>and))\s*(?:the\s)?"
)
BETWEEN: Final = re.compile(r"\bbetween\s(?:the\s)?$", re.IGNORECASE)
