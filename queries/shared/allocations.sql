/*---
description = """Who holds the case: one row per child and spell, spells of a child never overlapping.
Where several allocations overlap the latest start wins, then the lowest id. The worker is allocated from start_date up to,
not on, end_date (null: still)."""
sources = []
uses = ["team_names"]
[parameters]
allocated_roles = ["Allocated Case Worker"]
---*/
with

involvements as (
    select
        ssd_involvements.invo_involvements_id as involvement_id,
        ssd_involvements.invo_person_id as person_id,
        ssd_involvements.invo_professional_id as worker,
        coalesce(team_names.team, ssd_involvements.invo_professional_team) as team,
        ssd_involvements.invo_involvement_start_date as start_date,
        ssd_involvements.invo_involvement_end_date as end_date
    from ssd_involvements
    left join team_names
        on ssd_involvements.invo_professional_team = team_names.team_id
    where
        ssd_involvements.invo_professional_role_id in (select unnest($allocated_roles))
        and ssd_involvements.invo_person_id is not null
        and ssd_involvements.invo_involvement_start_date is not null
        and (
            ssd_involvements.invo_involvement_end_date is null
            or ssd_involvements.invo_involvement_end_date > ssd_involvements.invo_involvement_start_date
        )
),

boundaries as (
    select
        person_id,
        start_date as boundary
    from involvements
    union
    select
        person_id,
        end_date as boundary
    from involvements
    where end_date is not null
),

intervals as (
    select
        person_id,
        boundary,
        lead(boundary) over (partition by person_id order by boundary) as next_boundary
    from boundaries
),

candidates as (
    select
        intervals.person_id,
        involvements.worker,
        involvements.team,
        intervals.boundary as start_date,
        intervals.next_boundary as end_date,
        row_number() over (
            partition by intervals.person_id, intervals.boundary
            order by involvements.start_date desc, involvements.involvement_id asc
        ) as choice
    from intervals
    inner join involvements
        on
            intervals.person_id = involvements.person_id
            and intervals.boundary >= involvements.start_date
            and (involvements.end_date is null or intervals.boundary < involvements.end_date)
)

select
    person_id,
    worker,
    team,
    start_date,
    end_date
from candidates
where choice = 1
order by person_id, start_date
