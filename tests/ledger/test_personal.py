"""What may tell who somebody is, is found; what a board writes every month is mostly let be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement_board.ledger.personal import PersonalMark, personal_marks

NAMES = ["Siobhán O'Neill", "Mohammed Al-Rashid", "Katherine Braithwaite", "Li Na"]
TELLING = {
    "e-mail address": [
        "write to jo.smith@council.gov.uk", "jo.smith (at) council.gov.uk", "jo.smith at council dot gov dot uk",
        "JO@COUNCIL.GOV.UK", "jo@council . gov . uk", "mail ｊｏ＠council.gov.uk",
    ],
    "phone number": [
        "ring 07700 900123", "ring 07700-900-123", "+44 7700 900123", "+44 (0)7700 900 123", "0044 7700 900123",
        "0113 496 0000", "(0113) 4960000", "tel:02079460000", "０７７００９００１２３", "0 7 7 0 0 9 0 0 1 2 3",
    ],
    "NHS number": ["943 476 5919", "9434765919", "943-476-5919", "NHS no. 943.476.5919", "943\u200b4765919"],
    "pupil number": ["UPN A123456789012", "a 1234 5678 9012", "Z82320001200A", "h801200001001"],
    "postcode": ["lives at M1 1AE", "m11ae", "SW1A 2AA", "B33 8TH.", "CR26XH", "DN55 1PT"],
    "date": [
        "born 12/03/2011", "12.3.11", "12-03-2011", "2011-03-12", "12 March 2011", "12th of March, 2011",
        "March 12th 2011", "12mar2011", "DOB: 120311", "d.o.b. 12 03 11", "was born in 2011", "1/2/09",
    ],
    "case id": ["case 88421", "Mosaic ID 1234567", "ref: CIN-55120", "child no. 4471", "9912345", "LCS12345"],
    "name": [
        "Siobhan cried", "O’Neill said", "mohamed al-rashid", "Katharine was moved", "Brathwaite's plan", "SIOBHÁN",
        "Mrs Patel rang", "a boy called Kyle", "Dr. Achebe", "Cllr Jones", "Li Na's brother", "Sio\u200bbhán",
    ],
}  # fmt: skip
USUAL = [
    "Agency fell to 19.3% (36 of 187) from 25.2% in the 24 months to March 2026.",
    "We opened two teams in Q3 2025/26 and hold 2,611 cases over 149.8 workers.",
    "The offer of January 2025 worked: 12 joined, 4 left, 45 days, £1,250,000 saved, 85.0% target.",
    "Children said they want one social worker, not three. 9 in 10 were seen alone.",
    "Section 47 enquiries rose by 14.5 points; the ICPC within 15 working days is 98.6%.",
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in TELLING.items() for text in texts])
def test_what_tells_who_somebody_is_is_found_wherever_it_stands(kind: str, text: str) -> None:
    for said in (text, f"We heard: {text}; and more.", f"({text})\nNext line"):
        assert kind in {mark.kind for mark in personal_marks(said, NAMES)}, said


@pytest.mark.parametrize("text", USUAL)
def test_what_a_board_writes_every_month_is_let_be(text: str) -> None:
    assert personal_marks(text, NAMES) == []


def test_a_mark_says_where_it_stands_in_the_text_as_it_was_written() -> None:
    text = "Ring Siobhán on ０7700 900\u200b123, please."
    assert [(mark.kind, mark.words) for mark in personal_marks(text, NAMES)] == [
        ("name", "Siobhán"),
        ("phone number", "０7700 900\u200b123"),
    ]


def test_without_names_none_is_guessed_from_a_capital() -> None:
    assert personal_marks("Safeguarding North and Ofsted agreed.") == []


@given(st.text(max_size=300))
def test_any_text_is_read_and_each_mark_lies_within_it(text: str) -> None:
    for mark in personal_marks(text, NAMES):
        assert isinstance(mark, PersonalMark)
        assert text[mark.start : mark.end] == mark.words != ""


@given(st.text(alphabet="0123456789 .-a@", max_size=4000))
def test_no_text_takes_long(text: str) -> None:
    personal_marks(text * 5, NAMES)
