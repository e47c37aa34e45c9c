/*---
description = """One row per month end and pupil with a social worker who had any possible session in the school year to then: sessions possible
and missed since 1 September, with the plan type, team and worker of the month's end. A pupil's month with sessions not recorded, or more
missed than possible, is left out. Starts with the first September the records hold."""
sources = []
uses = ["months", "school_age_children"]
---*/
with

pupil_months as (
    select
        person_id,
        period_end,
        sessions_possible as possible,
        sessions_authorised + sessions_unauthorised as missed,
        row_number() over (
            partition by person_id, period_end
            order by sessions_possible desc, sessions_authorised + sessions_unauthorised desc
        ) as choice
    from attendance
    where
        sessions_authorised >= 0
        and sessions_unauthorised >= 0
        and sessions_authorised + sessions_unauthorised <= sessions_possible
)

select
    months.authority,
    months.period_end,
    school_age_children.person_id,
    school_age_children.team,
    school_age_children.worker,
    school_age_children.plan_type,
    sum(pupil_months.possible) as possible,
    sum(pupil_months.missed) as missed
from months
inner join school_age_children
    on months.period_end = school_age_children.period_end
inner join coverage
    on
        coverage.source = 'attendance'
        and last_day(school_age_children.school_year_start) >= coverage.first_period_end
inner join pupil_months
    on
        school_age_children.person_id = pupil_months.person_id
        and school_age_children.school_year_start <= pupil_months.period_end
        and school_age_children.period_end >= pupil_months.period_end
where pupil_months.choice = 1
group by
    months.authority,
    months.period_end,
    school_age_children.person_id,
    school_age_children.team,
    school_age_children.worker,
    school_age_children.plan_type
having sum(pupil_months.possible) > 0
