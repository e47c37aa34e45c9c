/*---
description = """One row per source code that contacts or referrals record: its group in the children in need census.
Code 10, no code, and codes the census does not have are unknown."""
sources = []
uses = []
---*/
with

codes as (
    select cont_contact_source_code as code
    from ssd_contacts
    union
    select cine_referral_source_code as code
    from ssd_cin_episodes
)

select
    code,
    case
        when upper(code) in ('1', '1A', '1B', '1C', '1D') then 'individual'
        when upper(code) = '2A' then 'school'
        when upper(code) = '2B' then 'education'
        when upper(code) in ('3', '3A', '3B', '3C', '3D', '3E', '3F') then 'health'
        when code = '4' then 'housing'
        when upper(code) in ('5', '5A', '5B', '5C', '5D') then 'council'
        when code = '6' then 'police'
        when code = '7' then 'legal'
        when code = '8' then 'other'
        when code = '9' then 'anonymous'
        else 'unknown'
    end as source_group
from codes
where code is not null
