/*---
description = """One row per assessment and factor recorded at its end (code in capitals). The factors are a JSON list of codes, or an object
of codes with Yes or No; text that is not JSON records nothing."""
sources = []
uses = []
---*/
with

documents as (
    select
        cinf_assessment_id as assessment_id,
        case when json_valid(cinf_assessment_factors_json) then cinf_assessment_factors_json end as document
    from ssd_assessment_factors
    where cinf_assessment_id is not null
),

entries as (
    select
        documents.assessment_id,
        json_type(documents.document) as kind,
        entry.key as name,
        upper(trim(json_extract_string(entry.value, '$'))) as content
    from documents
    cross join json_each(documents.document) as entry
),

factors as (
    select
        assessment_id,
        upper(trim(name)) as factor
    from entries
    where kind = 'OBJECT' and content in ('YES', 'Y', 'TRUE', '1')
    union
    select
        assessment_id,
        content as factor
    from entries
    where kind = 'ARRAY'
)

select
    assessment_id,
    factor
from factors
where factor <> ''
