/*---
title = "Assessment factors that can't be read or are no code"
severity = "warning"
table = "ssd_assessment_factors"
column = "cinf_assessment_factors_json"
message = "is no list of factors of the children in need census"
allowed = 'codes such as ["3A", "10A"], or each code with Yes or No'
advice = "Indicators of factors don't see such codes. Write the census's codes (1A to 24A)."
---*/
with

documents as (
    select
        _id,
        cinf_assessment_factors_json as value,
        case when json_valid(cinf_assessment_factors_json) then cinf_assessment_factors_json end as document
    from ssd_assessment_factors
    where trim(cinf_assessment_factors_json) <> ''
),

names as (
    select
        documents._id,
        case
            when json_type(documents.document) = 'ARRAY' then json_extract_string(entry.value, '$')
            else entry.key
        end as name
    from documents
    cross join json_each(documents.document) as entry
    where json_type(documents.document) in ('ARRAY', 'OBJECT')
),

unreadable as (
    select _id
    from documents
    where document is null or json_type(document) not in ('ARRAY', 'OBJECT')
    union
    select _id
    from names
    where not coalesce(regexp_full_match(upper(trim(name)), '[0-9]{1,2}[A-F]?'), false)
)

select
    documents._id,
    documents.value
from documents
inner join unreadable
    on documents._id = unreadable._id
