from pathlib import Path

import pytest
from leaver_rows import MARCH, figures, leaver

KPI = "care_leavers_suitable_home"


def home(kind: str | None, suitable: str | None) -> dict[str, str | None]:
    return {"clea_care_leaver_accommodation": kind, "clea_care_leaver_accom_suitable": suitable}


@pytest.mark.parametrize(("suitable", "is_suitable"), [("1", 1.0), ("2", 0.0), (None, 0.0)])
def test_suitable_is_what_the_council_judged(tmp_path: Path, suitable: str | None, is_suitable: float) -> None:
    for kind in ("U", "S", None):
        kpi_figures = figures(KPI, tmp_path, [leaver(**home(kind, suitable))])
        assert kpi_figures == {(MARCH, "T1", "W1", "19–21"): (is_suitable, 1.0)}


@pytest.mark.parametrize("kind", ["G", "H", "R"])
def test_gone_abroad_deported_and_not_known_are_left_out(tmp_path: Path, kind: str) -> None:
    leavers = [leaver(**home(kind, "1")), leaver("C2", **home(kind, None))]
    assert figures(KPI, tmp_path, leavers) == {}
    assert figures(KPI, tmp_path, [*leavers, leaver("C3", **home("X", "2"))]) == {
        (MARCH, "T1", "W1", "19–21"): (0.0, 1.0)
    }
