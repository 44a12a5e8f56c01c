"""Only English is read, and English is never refused for the names in it."""

import pytest

from kg.errors import NotEnglish
from kg.sources.language import require_english

ENGLISH = [
    "Ceasefire",
    "MIRALTO, 22 FEB (RADIO NORTE) -- [TEXT]",
    "SAN TELMO DE LA SIERRA, 4 MAR -- Comandante Aurelio Peñalba Ruiz, Doña Inés Carrasco de"
    " Villalobos and Father Benigno Larrañaga said the army had entered the town of Río Hondo.",
    "DZHARKENT — Rustam Abdyrakhmanov, Zhazgul Toktogulova and Nurlanbek Sydykov denied that"
    " troops had crossed at Kök-Bulak, Ak-Sai or Kyzyl-Jar.",
    "“Нет”, the spokesperson answered when she was asked whether the column, which villagers had"
    " filmed near the bridge on Monday, belonged to the army.",
    "KILLED: 14. INJURED: 30. MISSING: 6. The ministry's figures, released late on Sunday, could"
    " not be independently verified.",
]
FOREIGN = {
    "ru": "Министерство обороны опровергло сообщения об обстреле рынка в приграничном городе.",
    "uk": "Міністерство оборони спростувало повідомлення про обстріл ринку в прикордонному місті.",
    "hy": "Պաշտպանության նախարարությունը հերքեց շուկայի հրետակոծության մասին լուրերը։",
    "ar": "نفت وزارة الدفاع التقارير التي تحدثت عن قصف السوق في البلدة الحدودية.",
    "es": "El Ministerio de Defensa negó el lunes las informaciones sobre el bombardeo del mercado"
    " de la localidad fronteriza y pidió una investigación independiente de los hechos.",
    "fr": "Le ministère de la Défense a démenti lundi les informations faisant état du bombardement"
    " du marché de la ville frontalière et a demandé une enquête indépendante.",
    "de": "Das Verteidigungsministerium hat am Montag Berichte über den Beschuss des Marktes in der"
    " Grenzstadt zurückgewiesen und eine unabhängige Untersuchung gefordert.",
    "tr": "Savunma Bakanlığı pazartesi günü sınır kasabasındaki pazarın bombalandığı haberlerini"
    " yalanladı ve bağımsız bir soruşturma açılmasını istedi.",
}


@pytest.mark.parametrize("text", FOREIGN.values())
def test_a_foreign_text_with_a_few_words_of_english_is_refused(text: str) -> None:
    quoted = text + " “The army said that it had been there.” "
    with pytest.raises(NotEnglish):
        require_english(f"{text} {quoted} {text} {text}")


def test_a_text_with_no_word_but_its_own_is_ranked() -> None:
    words = "Ministry denies shelling market town border; inquiry demanded, talks due Monday. "
    require_english(words * 3)


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_read_however_foreign_its_names(text: str) -> None:
    require_english(text)


@pytest.mark.parametrize("code", FOREIGN)
def test_another_language_is_refused_by_name(code: str) -> None:
    with pytest.raises(NotEnglish, match="only English is read"):
        require_english(FOREIGN[code])


def test_a_menu_in_english_does_not_make_a_page_english() -> None:
    with pytest.raises(NotEnglish, match="ru"):
        require_english("Home World Sport\n" + FOREIGN["ru"] * 30 + "\nAll rights reserved")
