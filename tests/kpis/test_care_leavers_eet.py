from pathlib import Path

import pytest
from leaver_rows import MARCH, figures, leaver

ACTIVE = ["F1", "F2", "F3", "F4", "F5", "P1", "P2", "P3", "P4", "P5"]


@pytest.mark.parametrize(
    ("codes", "active"), [(ACTIVE, 10.0), (["G4", "G5", "G6", None], 0.0), (["F1", "G4", "P5", None], 2.0)]
)
def test_full_and_part_time_count(tmp_path: Path, codes: list[str | None], active: float) -> None:
    leavers = [leaver(f"C{code}", clea_care_leaver_activity=code) for code in codes]
    assert figures("care_leavers_eet", tmp_path, leavers) == {(MARCH, "T1", "W1", "19–21"): (active, len(codes))}
