"""What the return fills: what else differs from another source, differs for that reason."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# The columns that are filled, by table.
CARRIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ssd_person": (
            "pers_person_id",
            "pers_sex",
            "pers_ethnicity",
            "pers_dob",
            "pers_upn_unknown",
            "pers_is_mother",
        ),
        "ssd_cla_episodes": (
            "clae_cla_episode_id",
            "clae_person_id",
            "clae_cla_episode_start_date",
            "clae_cla_episode_start_reason",
            "clae_cla_primary_need_code",
            "clae_cla_episode_ceased_date",
            "clae_cla_episode_ceased_reason",
            "clae_cla_id",
            "clae_cla_placement_id",
            "clae_entered_care_date",
        ),
        "ssd_cla_placement": (
            "clap_cla_placement_id",
            "clap_cla_placement_start_date",
            "clap_cla_placement_type",
            "clap_cla_placement_urn",
            "clap_cla_placement_distance",
            "clap_cla_id",
            "clap_cla_placement_provider",
            "clap_cla_placement_postcode",
            "clap_cla_placement_end_date",
            "clap_cla_placement_change_reason",
            "clap_person_id",
        ),
        "ssd_legal_status": (
            "lega_legal_status_id",
            "lega_person_id",
            "lega_legal_status",
            "lega_legal_status_start_date",
            "lega_legal_status_end_date",
        ),
        "ssd_cla_reviews": (
            "clar_cla_review_id",
            "clar_cla_id",
            "clar_cla_review_date",
            "clar_cla_review_participation",
        ),
        "ssd_missing": (
            "miss_table_id",
            "miss_person_id",
            "miss_missing_episode_start_date",
            "miss_missing_episode_type",
            "miss_missing_episode_end_date",
        ),
        "ssd_cla_health": (
            "clah_health_check_id",
            "clah_person_id",
            "clah_health_check_type",
            "clah_health_check_date",
            "clah_health_check_status",
        ),
        "ssd_care_leavers": (
            "clea_table_id",
            "clea_person_id",
            "clea_care_leaver_eligibility",
            "clea_care_leaver_in_touch",
            "clea_care_leaver_accommodation",
            "clea_care_leaver_accom_suitable",
            "clea_care_leaver_activity",
            "as_at",
        ),
        "ssd_involvements": (
            "invo_involvements_id",
            "invo_professional_id",
            "invo_professional_role_id",
            "invo_involvement_start_date",
            "invo_involvement_end_date",
            "invo_worker_change_reason",
            "invo_person_id",
        ),
    }
)
# Of which children a table has rows, where that is not all whom the table is about.
COVERS: Mapping[str, str] = MappingProxyType(
    {
        "ssd_person": "children looked after, and care leavers of the return",
        "ssd_legal_status": "children looked after, while they are",
        "ssd_missing": "children looked after, while they are",
        "ssd_cla_health": "children in care for 12 months or more, as at each return's day",
        "ssd_care_leavers": "relevant and former relevant young people, as at each return's day",
        "ssd_involvements": "children looked after: all other children's workers are not in it",
    }
)
# The columns that a field of a file fills, where it can say something that is lost when it cannot be read.
FILLS: Mapping[tuple[str, str], tuple[str, ...]] = MappingProxyType(
    {
        ("Header", "SEX"): ("ssd_person.pers_sex",),
        ("Header", "DOB"): ("ssd_person.pers_dob",),
        ("Header", "ETHNIC"): ("ssd_person.pers_ethnicity",),
        ("Episodes", "RNE"): ("ssd_cla_episodes.clae_cla_episode_start_reason",),
        ("Episodes", "LS"): ("ssd_legal_status.lega_legal_status",),
        ("Episodes", "CIN"): ("ssd_cla_episodes.clae_cla_primary_need_code",),
        ("Episodes", "PLACE"): ("ssd_cla_placement.clap_cla_placement_type",),
        ("Episodes", "PLACE_PROVIDER"): ("ssd_cla_placement.clap_cla_placement_provider",),
        ("Episodes", "REC"): ("ssd_cla_episodes.clae_cla_episode_ceased_reason",),
        ("Episodes", "REASON_PLACE_CHANGE"): ("ssd_cla_placement.clap_cla_placement_change_reason",),
        ("Reviews", "REVIEW_CODE"): ("ssd_cla_reviews.clar_cla_review_participation",),
        ("Missing", "MIS_END"): ("ssd_missing.miss_missing_episode_end_date",),
        ("OC2", "HEALTH_ASSESSMENT"): (
            "ssd_cla_health.clah_health_check_type",
            "ssd_cla_health.clah_health_check_status",
        ),
        ("OC3", "IN_TOUCH"): ("ssd_care_leavers.clea_care_leaver_in_touch",),
        ("OC3", "ACTIV"): ("ssd_care_leavers.clea_care_leaver_activity",),
        ("OC3", "ACCOM"): (
            "ssd_care_leavers.clea_care_leaver_accommodation",
            "ssd_care_leavers.clea_care_leaver_accom_suitable",
        ),
    }
)
