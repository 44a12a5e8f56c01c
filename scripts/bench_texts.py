"""Articles to measure with: own templates, invented people, the same text on every machine."""

from random import Random
from typing import Final

PEOPLE: Final = (
    *("Nadia Brell", "Anto Dravec", "Sula Denholt", "Otar Veskin", "Ilse Marrowen"),
    *("Davor Lindqvar", "Marek Osterly", "Petra Hollin", "Jonas Ferwick", "Lena Tarsky"),
)
ROLES: Final = (
    *("Foreign Minister", "Prime Minister", "opposition leader", "army spokesman"),
    *("human rights commissioner", "prosecutor general", "special envoy", "mayor"),
)
BODIES: Final = (
    *("the Defence Ministry", "the Interior Ministry", "the League of Relief Workers"),
    *("the Union of Coastal States", "the border guard", "the prosecutor's office"),
)
PLACES: Final = ("Tolvesk", "Ardanik", "Mirsel", "Velmarke", "Geneva", "Kursk", "Nairobi", "Doha")
LANDS: Final = ("Vardania", "Kesh", "Torvania", "Ostrel")
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = ("January", "March", "May", "June", "September", "October", "December")

SENTENCES: Final = (
    "{role} {person} called on {weekday} for an independent investigation into the shelling of"
    " {place}.",
    "{person} of {land} met {other} in {place} on {month} {day}.",
    "At least {number} people were killed when rockets hit a market in {place} on {weekday}, {body}"
    " said.",
    "{body} denied that its forces had fired at {place}.",
    "“We have nothing to hide, and we expect {land} to open its archives,” {person} told"
    " reporters.",
    "{land} accused {otherland} of breaking the cease-fire that the two countries signed in 2003.",
    "According to {body}, {number} people were wounded in {place}, most of them civilians.",
    "{person}, the {role} of {land}, condemned the attack and urged both sides to withdraw their"
    " troops.",
    "The two governments agreed on {weekday} to exchange prisoners and to reopen the road to"
    " {place}.",
    "{body} warned that it would expel observers if the patrols near {place} continued.",
    "Thousands of people protested in {place} on {weekday}, demanding that {person} resign.",
    "The road between {place} and the border, which had been closed for weeks, was covered with"
    " the remains of burnt trucks and furniture that nobody had come to collect.",
    "“It was over in a minute,” said {other}, who sells bread across from the station. “Then there"
    " was only dust.”",
    "{person} said {land} would send {number} soldiers to the border in {month}.",
    "Both sides have long blamed each other for the violence in the valley, where some {number}000"
    " people lived before the war.",
)


def article(number: int, words: int = 450) -> str:
    """The text of article ``number``, of about so many words.

    >>> article(7) == article(7), article(7) == article(8)
    (True, False)
    """
    random = Random(number)
    parts = [f"{random.choice(PLACES).upper()} — "]
    while sum(len(part.split()) for part in parts) < words:
        paragraph = " ".join(_sentence(random) for _ in range(random.randint(1, 4)))
        parts.append(f"{paragraph}\n\n")
    return "".join(parts)


def _sentence(random: Random) -> str:
    person, other = random.sample(PEOPLE, 2)
    land, otherland = random.sample(LANDS, 2)
    text = random.choice(SENTENCES).format(
        person=person,
        other=other,
        land=land,
        otherland=otherland,
        role=random.choice(ROLES),
        body=random.choice(BODIES),
        place=random.choice(PLACES),
        weekday=random.choice(WEEKDAYS),
        month=random.choice(MONTHS),
        day=random.randint(1, 28),
        number=random.randint(2, 60),
    )
    return text[0].upper() + text[1:]
