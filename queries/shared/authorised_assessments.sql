/*---
description = """One row per assessment authorised by the edition date, in the month in which it was authorised (is completed).
Team and worker are the assessment's own, else those who held the child's case that day. is_first: no other assessment of the
same referral started earlier."""
sources = []
uses = ["months", "team_names", "allocations"]
---*/
with

assessments as (
    select
        cina_assessment_id as assessment_id,
        cina_person_id as person_id,
        cina_referral_id as referral_id,
        cina_assessment_start_date as start_date,
        cina_assessment_auth_date as auth_date,
        cina_assessment_outcome_nfa as outcome_nfa,
        cina_assessment_team as team_id,
        cina_assessment_worker_id as worker,
        row_number() over (
            partition by cina_assessment_id
            order by cina_assessment_auth_date asc nulls last, cina_assessment_start_date asc nulls last
        ) as choice
    from ssd_cin_assessments
    where cina_assessment_id is not null
),

first_starts as (
    select
        referral_id,
        min(start_date) as first_start_date
    from assessments
    where referral_id is not null
    group by referral_id
)

select
    months.authority,
    months.period_end,
    assessments.assessment_id,
    assessments.person_id,
    assessments.referral_id,
    assessments.start_date,
    assessments.auth_date,
    assessments.outcome_nfa,
    coalesce(assessments.start_date = first_starts.first_start_date, first_starts.first_start_date is null) as is_first,
    coalesce(team_names.team, assessments.team_id, allocations.team) as team,
    coalesce(assessments.worker, allocations.worker) as worker
from assessments
inner join months
    on assessments.auth_date between months.month_start and months.period_end
left join first_starts
    on assessments.referral_id = first_starts.referral_id
left join team_names
    on assessments.team_id = team_names.team_id
left join allocations
    on
        assessments.person_id = allocations.person_id
        and assessments.auth_date >= allocations.start_date
        and (allocations.end_date is null or assessments.auth_date < allocations.end_date)
where assessments.choice = 1
