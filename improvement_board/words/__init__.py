"""Sentences for people, from fixed templates: each clause is said only where the numbers bear it out.

All return plain text, on one line and not escaped: a page that renders Markdown or HTML escapes it. Headlines have no
full stop; alternative texts are whole sentences.
"""

from improvement_board.words.alternative import alternative_text, event_words, marked_events
from improvement_board.words.bands import band_at
from improvement_board.words.breakdowns import (
    category_alternative_text,
    category_headline,
    category_name,
    distribution_alternative_text,
    distribution_headline,
)
from improvement_board.words.caveats import (
    CAVEAT,
    NO_FIGURES,
    UNNAMED_CAVEAT,
    by_team_words,
    caveats_sentence,
    late_by,
    late_words,
    latest_period_words,
    no_population_words,
    reliance_words,
    sentence,
    share_words,
    unripe_words,
    with_caveats,
)
from improvement_board.words.changes import ChangeKind, change_sentence, lost_sentence
from improvement_board.words.comparing import (
    lines_beside_teams,
    period_of_teams,
    target_beside_teams,
    team_figure,
    whole_service_words,
)
from improvement_board.words.comparison import comparator_words, comparison_day, comparison_words, shown_comparators
from improvement_board.words.headline import headline
from improvement_board.words.measured import (
    new_sentence,
    recounted_sentence,
    redefined_sentence,
    regrouped_sentence,
    target_sentence,
    teams_sentence,
    years_sentence,
)
from improvement_board.words.names import TOO_FEW, counted, on_one_line
from improvement_board.words.protection import (
    NOT_WORKED_OUT,
    band_width,
    category_protection_words,
    figure_or_why,
    has_hidden,
    is_hidden,
    is_hidden_team,
    latest_index,
    latest_target,
    missing_cell,
    missing_words,
    not_by_team_words,
    protection_notes,
    protection_words,
    side_of_line,
    teams_protection_words,
)
from improvement_board.words.shifts import shift_sentence
from improvement_board.words.target_record import Kept, target_record, target_record_words
from improvement_board.words.team_bands import team_side
from improvement_board.words.teams import (
    limits_name,
    side_of,
    side_words,
    team_comparison_alternative_text,
    team_comparison_headline,
)
from improvement_board.words.verdict import TargetState, limits_words, target_state, variation_clause

__all__ = [
    "CAVEAT",
    "NOT_WORKED_OUT",
    "NO_FIGURES",
    "TOO_FEW",
    "UNNAMED_CAVEAT",
    "ChangeKind",
    "Kept",
    "TargetState",
    "alternative_text",
    "band_at",
    "band_width",
    "by_team_words",
    "category_alternative_text",
    "category_headline",
    "category_name",
    "category_protection_words",
    "caveats_sentence",
    "change_sentence",
    "comparator_words",
    "comparison_day",
    "comparison_words",
    "counted",
    "distribution_alternative_text",
    "distribution_headline",
    "event_words",
    "figure_or_why",
    "has_hidden",
    "headline",
    "is_hidden",
    "is_hidden_team",
    "late_by",
    "late_words",
    "latest_index",
    "latest_period_words",
    "latest_target",
    "limits_name",
    "limits_words",
    "lines_beside_teams",
    "lost_sentence",
    "marked_events",
    "missing_cell",
    "missing_words",
    "new_sentence",
    "no_population_words",
    "not_by_team_words",
    "on_one_line",
    "period_of_teams",
    "protection_notes",
    "protection_words",
    "recounted_sentence",
    "redefined_sentence",
    "regrouped_sentence",
    "reliance_words",
    "sentence",
    "share_words",
    "shift_sentence",
    "shown_comparators",
    "side_of",
    "side_of_line",
    "side_words",
    "target_beside_teams",
    "target_record",
    "target_record_words",
    "target_sentence",
    "target_state",
    "team_comparison_alternative_text",
    "team_comparison_headline",
    "team_figure",
    "team_side",
    "teams_protection_words",
    "teams_sentence",
    "unripe_words",
    "variation_clause",
    "whole_service_words",
    "with_caveats",
    "years_sentence",
]
