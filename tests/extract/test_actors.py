"""Who is who in an article: names, aliases, posts, bodies, states, groups."""

import pytest

from tests.extract.conftest import Read


@pytest.mark.parametrize(
    ("text", "label", "kind", "country", "sector"),
    [
        ("Ada Lane said the bridge was gone.", "Ada Lane", "Person", None, None),
        ("General Ada Lane said the bridge was gone.", "Ada Lane", "Person", None, "MIL"),
        ("The army said the bridge was gone.", "army", "Organization", None, "MIL"),
        ("The French army said the bridge was gone.", "French army", "Organization", "FR", "MIL"),
        ("Chad said the bridge was gone.", "Chad", "State", "TD", "GOV"),
        ("Moscow said the bridge was gone.", "Russia", "State", "RU", "GOV"),
        ("Villagers said the bridge was gone.", "Villagers", "Group", None, "CVL"),
        ("Rebels said the bridge was gone.", "Rebels", "Group", None, "REB"),
        ("The video claims that the bridge is gone.", "video", "Document", None, None),
        (
            "The foreign ministry said the bridge was gone.",
            "foreign ministry",
            "Organization",
            None,
            "GOV",
        ),
        ("Iraqis said the bridge was gone.", "Iraqis", "Group", "IQ", "CVL"),
        (
            "Bosnian Serbs said the bridge was gone.",
            "Bosnian Serbs",
            "Group",
            "BA",
            "CVL",
        ),
        (
            "Ethnic Serbs in Kosovo said the bridge was gone.",
            "Ethnic Serbs in Kosovo",
            "Group",
            "XK",
            "CVL",
        ),
        (
            "The Democratic People's Republic of Korea said the bridge was gone.",
            "North Korea",
            "State",
            "KP",
            "GOV",
        ),
        (
            "The Serbian Miners' Union said the bridge was gone.",
            "Serbian Miners' Union",
            "Organization",
            "RS",
            "SOC",
        ),
        (
            "The Taliban religious faction said the bridge was gone.",
            "Taliban religious faction",
            "Organization",
            "AF",
            "REB",
        ),
        ("Boko Haram said the bridge was gone.", "Boko Haram", "Organization", "NG", "REB"),
        ("Hezbollah said the bridge was gone.", "Hezbollah", "Organization", "LB", None),
        ("The OSCE said the bridge was gone.", "OSCE", "Organization", None, "IGO"),
        ("The Pentagon said the bridge was gone.", "Pentagon", "Organization", "US", "MIL"),
        ("Downing Street said the bridge was gone.", "Downing Street", "Organization", "GB", "GOV"),
        (
            "Russia's Security Council said the bridge was gone.",
            "Russia's Security Council",
            "Organization",
            "RU",
            "IGO",
        ),
        ("The UN tribunal said the bridge was gone.", "UN tribunal", "Organization", None, "IGO"),
        ("Hamas fighters said the bridge was gone.", "Hamas fighters", "Group", "PS", "UAF"),
        (
            "Leaders of Romania's new government said the bridge was gone.",
            "Leaders of Romania's new government",
            "Group",
            "RO",
            "GOV",
        ),
        *(
            (f"The {name} said the bridge was gone.", name, "Organization", country, "SOC")
            for name, country in (
                ("South Sudan Union of Journalists", "SS"),
                ("Latin American Federation of Journalists", None),
                ("Inter-American Commission", None),
                ("Irish Dockers' League", "IE"),
            )
        ),
        (
            "Ada Lane, a community leader, said the bridge was gone.",
            "Ada Lane",
            "Person",
            None,
            "CVL",
        ),
        ("President Paul Kagame said no.", "Paul Kagame", "Person", "RW", "GOV"),
        ("President Assad said the bridge was gone.", "Assad", "Person", "SY", "GOV"),
        ("President Netanyahu said the bridge was gone.", "Netanyahu", "Person", None, "GOV"),
        ("President Ada Kagame said no.", "Ada Kagame", "Person", None, "GOV"),
        ("Paul Kagame said the bridge was gone.", "Paul Kagame", "Person", None, None),
        (
            "Paul Kagame, president of the Dockers' League, said the bridge was gone.",
            "Paul Kagame",
            "Person",
            None,
            "GOV",
        ),
        (
            "Doctors from two Kenyan aid groups said the bridge was gone.",
            "Doctors from two Kenyan aid groups",
            "Group",
            "KE",
            "MED",
        ),
        ("King Umar of Chad said the bridge was gone.", "Umar", "Person", "TD", "GOV"),
        (
            "US and British officers said the bridge was gone.",
            "British officers",
            "Group",
            "GB",
            "COP",
        ),
        (
            "Police in Tripoli, Lebanon, said no.",
            "Police in Tripoli, Lebanon",
            "Group",
            "LB",
            "COP",
        ),
        (
            "The church in Lebanon, Tennessee, said the bridge was gone.",
            "church in Lebanon, Tennessee",
            "Organization",
            None,
            "REL",
        ),
        (
            "A Chadian minister said his Libyan counterpart, Ned Holt, had met rebels.",
            "Ned Holt",
            "Person",
            "LY",
            "GOV",
        ),
        ("Somali police said the bridge was gone.", "Somali police", "Group", "SO", "COP"),
        (
            "Two Kenyan soldiers said the bridge was gone.",
            "Two Kenyan soldiers",
            "Group",
            "KE",
            "MIL",
        ),
    ],
)
def test_actor_is_what_the_words_say(
    text: str, label: str, kind: str, country: str | None, sector: str | None, read: Read
) -> None:
    actor = read(text).actor(label)
    assert (actor.kind, actor.country, actor.sector) == (kind, country, sector)


@pytest.mark.parametrize(
    ("text", "label", "posts"),
    [
        (
            "Ada Lane, the mayor of Kabul, said the bridge was gone.",
            "Ada Lane",
            [("mayor of Kabul", None)],
        ),
        (
            "Relief Union chairwoman Ada Lane said the bridge was gone.",
            "Ada Lane",
            [("Relief Union chairwoman", "Relief Union")],
        ),
        (
            "NATO Secretary-General Ada Lane said the bridge was gone.",
            "Ada Lane",
            [("NATO Secretary-General", "NATO")],
        ),
        (
            "UN inspectors said the bridge was gone.",
            "UN inspectors",
            [("UN inspectors", "UN")],
        ),
        (
            "Army spokesman Ned Holt said the bridge was gone.",
            "Ned Holt",
            [("Army spokesman", "Army")],
        ),
        (
            "Ned Holt, a spokesman for the army, said the bridge was gone.",
            "Ned Holt",
            [("spokesman for the army", "army")],
        ),
        (
            "France's envoy, Ada Lane, said the bridge was gone.",
            "Ada Lane",
            [("France's envoy", "France")],
        ),
        (
            "Ada Lane is the French envoy. The envoy said the bridge was gone.",
            "Ada Lane",
            [("French envoy", None)],
        ),
        (
            "Foreign ministers Ada Lane of France and Ned Holt of Chad met on Monday.",
            "Ned Holt",
            [("Foreign ministers", "Chad")],
        ),
    ],
)
def test_posts_stand_beside_names(
    text: str, label: str, posts: list[tuple[str, str | None]], read: Read
) -> None:
    told = read(text)
    found = [
        (post.role, told.actors[post.organization].label if post.organization else None)
        for post in told.actor(label).memberships
    ]
    assert found == posts
    assert [post.span.of(text) for post in told.actor(label).memberships] == [p for p, _ in posts]


@pytest.mark.parametrize(
    ("text", "label", "aliases"),
    [
        ("Ada Lane said the bridge was gone. Lane added that she was sure.", "Ada Lane", ("Lane",)),
        (
            "The Kesh Relief Union (KRU) said the bridge was gone. The KRU denied the claim.",
            "Kesh Relief Union",
            ("KRU",),
        ),
        ("Russia said the bridge was gone. Moscow denied the claim.", "Russia", ("Moscow",)),
    ],
)
def test_other_names_lead_to_the_same(
    text: str, label: str, aliases: tuple[str, ...], read: Read
) -> None:
    told = read(text)
    assert told.actor(label).aliases == aliases
    assert {said.speaker.ref for said in told.extraction.statements if said.speaker} == {
        told.actor(label).key
    }


def test_namesakes_of_a_capital_stay_persons(read: Read) -> None:
    told = read("Sofia Marin met reporters. Sofia said the bridge was gone.")
    assert told.statements() == ["Sofia Marin | say | the bridge was gone"]


@pytest.mark.parametrize(
    ("text", "label", "members"),
    [
        ("Paris and Berlin called for a truce.", "Paris and Berlin", ["France", "Germany"]),
        (
            "Ada Lane and Ned Holt called for a truce.",
            "Ada Lane and Ned Holt",
            ["Ada Lane", "Ned Holt"],
        ),
        (
            "Chad and Niger are at war. Both sides called for a truce.",
            "Both sides",
            ["Chad", "Niger"],
        ),
        (
            "Chad fought Niger. The two countries agreed to a truce.",
            "two countries",
            ["Chad", "Niger"],
        ),
    ],
)
def test_several_speakers_are_one_group(
    text: str, label: str, members: list[str], read: Read
) -> None:
    told = read(text)
    group = told.actor(label)
    assert group.kind == "Group"
    assert [told.actors[key].label for key in group.members] == members


def test_an_actor_without_a_finding_is_left_out(read: Read) -> None:
    told = read("Ada Lane said the bridge was gone. Ned Holt has two dogs.")
    assert [actor.label for actor in told.extraction.actors] == ["Ada Lane"]


def test_a_medium_is_no_person(read: Read) -> None:
    found = read("The Al-Dar news agency told of a raid. Two people are missing, Al-Dar said.")
    bodies = [actor.kind for actor in found.actors.values() if "Al-Dar" in actor.label]
    assert bodies
    assert set(bodies) == {"Organization"}


def test_a_weekday_is_nobody_in_an_article_without_a_date(read: Read) -> None:
    told = read("France announced sanctions on Wednesday.", published=None)
    assert [actor.label for actor in told.extraction.actors] == ["France"]


def test_both_words_are_the_name_of_a_body(read: Read) -> None:
    told = read("European Union foreign ministers condemned the raid.")
    assert told.actor("European Union").sector == "IGO"


@pytest.mark.parametrize(
    "text",
    [
        "Kesh denied the raid. The Republic of Kesh sent troops to Chad.",
        "Kesh denied the raid. Keshian troops left Chad on Monday.",
        "Kesh denied that its planes hit the camp. Kesh's army left Chad on Monday.",
    ],
)
def test_a_country_that_no_gazetteer_lists_is_one_state(read: Read, text: str) -> None:
    states = [one for one in read(text).actors.values() if "Kesh" in {one.label, *one.aliases}]
    assert [(one.kind, one.country) for one in states] == [("State", None)]


@pytest.mark.parametrize(
    "text",
    [
        "Assadian troops left Chad on Monday. Assad denied the raid.",
        "Orvanian troops left Chad on Monday. Mr Orvan denied the raid.",
        "Orvanian troops left Chad on Monday. Orvan said on Tuesday that he would stay.",
        "Orvanian troops left Chad on Monday. Orvan denied it. He said they were elsewhere.",
        "Haftar denied the raid. Haftar's army left Chad on Monday.",
        "Ada Kesh denied the raid. Keshian troops left Chad. Kesh said it was a lie.",
        "Hassan denied the raid. Hassani said it was a lie.",
        "Hezbollah denied that its men left Chad. A commander in Hezbollah said it was a lie.",
        "Sarvak denied that its men left Chad. Sarvak's military wing and men in Sarvak fled.",
    ],
)
def test_a_name_alone_makes_no_state(read: Read, text: str) -> None:
    kinds = {one.label: one.kind for one in read(text).actors.values()}
    assert [label for label, kind in kinds.items() if kind == "State"] in ([], ["Chad"])
