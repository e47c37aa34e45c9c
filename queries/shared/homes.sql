/*---
description = """One row per placement of a child in care, with the number of the home it belongs to, counted for each child from 1. No new
home is made by a placement that follows one ended with reason PLACE (same carer), by adoption with the current carer (A3, A5), by a
temporary placement (T0 to T4), which belongs to the home before it (0: none), nor by the return from one: SSDA903 rules 226 and 383, a
placement of the same type, postcode and URN, where recorded, as the home before. Placements that start and end on one day are left out."""
sources = []
uses = []
---*/
with

recorded as (
    select
        clap_cla_placement_id as placement_id,
        clap_person_id as person_id,
        clap_cla_placement_type as placement_type,
        clap_cla_placement_change_reason as change_reason,
        replace(upper(clap_cla_placement_postcode), ' ', '') as postcode,
        upper(clap_cla_placement_urn) as urn,
        clap_cla_placement_start_date as start_date,
        clap_cla_placement_end_date as end_date,
        coalesce(clap_cla_placement_type, '') in ('T0', 'T1', 'T2', 'T3', 'T4') as is_temporary,
        row_number() over (
            partition by clap_cla_placement_id
            order by clap_cla_placement_start_date asc, clap_cla_placement_end_date asc nulls last
        ) as choice
    from ssd_cla_placement
    where
        clap_cla_placement_id is not null
        and clap_person_id is not null
        and clap_cla_placement_start_date is not null
),

followed as (
    select
        *,
        lag(change_reason) over own_kind as reason_before,
        lag(placement_type) over own_kind as type_before,
        lag(postcode) over own_kind as postcode_before,
        lag(urn) over own_kind as urn_before,
        lag(is_temporary) over all_kinds as was_away,
        row_number() over own_kind as place
    from recorded
    where choice = 1 and (end_date is null or end_date > start_date)
    window
        own_kind as (
            partition by person_id, is_temporary
            order by start_date asc, end_date asc nulls last, placement_id asc
        ),
        all_kinds as (
            partition by person_id
            order by start_date asc, end_date asc nulls last, placement_id asc
        )
)

select
    person_id,
    placement_id,
    placement_type,
    is_temporary,
    start_date,
    end_date,
    sum(
        case
            when is_temporary then 0
            when place = 1 then 1
            when reason_before = 'PLACE' or placement_type in ('A3', 'A5') then 0
            when
                was_away
                and placement_type = type_before
                and coalesce(postcode, postcode_before, '') = coalesce(postcode_before, postcode, '')
                and coalesce(urn, urn_before, '') = coalesce(urn_before, urn, '')
                then 0
            else 1
        end
    ) over (
        partition by person_id
        order by start_date asc, end_date asc nulls last, placement_id asc
        rows unbounded preceding
    ) as home
from followed
