"""What stands in each list of Annex A on a `$day`, from record-level tables; `$since` is six months before."""

from __future__ import annotations

from collections.abc import Mapping

PERSON = "{0}, pers_sex, pers_ethnicity, pers_dob, null"
KNOWN_BY = "case when {0} <= $day then {0} end"
TEAM = "(select dept_team_name from ssd_department where dept_team_id = {0})"
CASES = """
create temp table holder as
select invo_person_id as person, coalesce(team.dept_team_name, invo_professional_team) as team,
    invo_professional_id as worker
from ssd_involvements left join ssd_department as team on team.dept_team_id = invo_professional_team
where invo_professional_role_id = 'Allocated Case Worker' and invo_involvement_start_date <= $day
    and (invo_involvement_end_date is null or invo_involvement_end_date > $day)
qualify row_number() over (partition by invo_person_id
    order by invo_involvement_start_date desc, invo_involvements_id) = 1
"""
STATES = """
create temp table state as
select person, min(rank) as rank from (
    select clae_person_id as person, 1 as rank from ssd_cla_episodes
    where clae_cla_episode_start_date <= $day
        and (clae_cla_episode_ceased_date is null or clae_cla_episode_ceased_date > $day)
        and not exists (select 1 from ssd_legal_status where lega_person_id = clae_person_id
            and lega_legal_status in ('V3', 'V4') and lega_legal_status_start_date <= $day
            and (lega_legal_status_end_date is null or lega_legal_status_end_date > $day))
    union all select cppl_person_id, 2 from ssd_cp_plans
    where cppl_cp_plan_start_date <= $day and coalesce(cppl_cp_plan_ola, 'N') <> 'Y'
        and (cppl_cp_plan_end_date is null or cppl_cp_plan_end_date > $day)
    union all select cina_person_id, 4 from ssd_cin_assessments
    where cina_assessment_start_date <= $day
        and (cina_assessment_auth_date is null or cina_assessment_auth_date > $day)
) group by person
"""
CARE = """
create temp table care as
select clae_cla_id as id, clae_person_id as person, min(clae_cla_episode_start_date) as start_date,
    case when max(coalesce(clae_cla_episode_ceased_date, date '9999-12-31')) <= $day
        then max(clae_cla_episode_ceased_date) end as end_date,
    max_by(clae_cla_episode_ceased_reason, clae_cla_episode_start_date) as reason,
    max_by(clae_cla_primary_need_code, clae_cla_episode_start_date) as need,
    max(case when clae_cla_last_iro_contact_date <= $day then clae_cla_last_iro_contact_date end) as iro
from ssd_cla_episodes where clae_cla_episode_start_date <= $day group by clae_cla_id, clae_person_id
"""
LISTS: Mapping[int, str] = {
    1: f"""select {PERSON.format("cont_person_id")}, cont_contact_date, cont_contact_source_code
from ssd_contacts left join ssd_person on pers_person_id = cont_person_id
where cont_contact_date <= $day and cont_contact_date > $since order by cont_contact_date, cont_contact_id""",
    2: f"""select {PERSON.format("earl_person_id")}, earl_episode_start_date,
    {KNOWN_BY.format("earl_episode_end_date")}, earl_episode_organisation
from ssd_early_help_episodes left join ssd_person on pers_person_id = earl_person_id
where earl_episode_start_date <= $day
    and (earl_episode_start_date > $since or earl_episode_end_date is null or earl_episode_end_date > $since)
order by earl_episode_id""",
    3: f"""select {PERSON.format("cine_person_id")}, cine_referral_date, cine_referral_source_code, cine_referral_nfa,
    null, coalesce({TEAM.format("cine_referral_team")}, cine_referral_team), cine_referral_worker_id
from ssd_cin_episodes left join ssd_person on pers_person_id = cine_person_id
where cine_referral_date <= $day and cine_referral_date > $since order by cine_referral_id""",
    4: f"""select {PERSON.format("cina_person_id")}, null, cina_assessment_start_date, cina_assessment_child_seen,
    {KNOWN_BY.format("cina_assessment_auth_date")},
    case when cina_assessment_auth_date <= $day then if(cina_assessment_outcome_nfa = 'Y', 'b) No', 'a) Yes') end,
    coalesce({TEAM.format("cina_assessment_team")}, cina_assessment_team), cina_assessment_worker_id
from ssd_cin_assessments left join ssd_person on pers_person_id = cina_person_id
where cina_assessment_start_date <= $day
    and (cina_assessment_auth_date is null or cina_assessment_auth_date > $since) order by cina_assessment_id""",
    5: f"""select {PERSON.format("s47e_person_id")}, null, s47e_s47_start_date, null,
    {KNOWN_BY.format("icpc_icpc_date")}, if(icpc_icpc_date <= $day, icpc_icpc_outcome_cp_flag, null),
    coalesce({TEAM.format("coalesce(icpc_icpc_team, s47e_s47_completed_by_team)")},
        icpc_icpc_team, s47e_s47_completed_by_team),
    coalesce(icpc_icpc_worker_id, s47e_s47_completed_by_worker_id)
from ssd_s47_enquiry left join ssd_person on pers_person_id = s47e_person_id
    left join ssd_initial_cp_conference on icpc_s47_enquiry_id = s47e_s47_enquiry_id
        and coalesce(icpc_icpc_transfer_in, 'N') <> 'Y'
where s47e_s47_start_date <= $day and s47e_s47_start_date > $since order by s47e_s47_enquiry_id""",
    6: f"""select {PERSON.format("cinp_person_id")}, null, cinp_cin_plan_start_date, null,
    (select max(cinv_cin_visit_date) from ssd_cin_visits where cinv_person_id = cinp_person_id
        and cinv_cin_visit_seen = 'Y' and cinv_cin_visit_date <= $day),
    {KNOWN_BY.format("cinp_cin_plan_end_date")},
    if(cinp_cin_plan_end_date <= $day, 'RC7 - Services ceased for any other reason', null),
    case when cinp_cin_plan_end_date <= $day then 'e) Closed episode' when rank = 1 then 'a) Looked after child'
        when rank = 2 then 'b) Child Protection plan' else 'c) Child in need plan' end,
    coalesce(holder.team, {TEAM.format("cinp_cin_plan_team")}, cinp_cin_plan_team),
    coalesce(holder.worker, cinp_cin_plan_worker_id)
from ssd_cin_plans left join ssd_person on pers_person_id = cinp_person_id
    left join state on state.person = cinp_person_id left join holder on holder.person = cinp_person_id
where cinp_cin_plan_start_date <= $day and (cinp_cin_plan_end_date is null or cinp_cin_plan_end_date > $since)
union all
select {PERSON.format("cine_person_id")}, null, max(cine_referral_date), null, null, null, null,
    if(any_value(rank) = 4, 'd) Open assessment', if(any_value(rank) = 2, 'b) CP', 'a) LAC')),
    any_value(holder.team), any_value(holder.worker)
from ssd_cin_episodes inner join state on state.person = cine_person_id
    left join ssd_person on pers_person_id = cine_person_id left join holder on holder.person = cine_person_id
where cine_referral_date <= $day and cine_person_id not in (select cinp_person_id from ssd_cin_plans
    where cinp_cin_plan_start_date <= $day and (cinp_cin_plan_end_date is null or cinp_cin_plan_end_date > $day))
group by all order by 1, 7""",
    7: f"""select {PERSON.format("cppl_person_id")}, null, cppl_cp_plan_start_date, cppl_cp_plan_initial_category,
    cppl_cp_plan_latest_category, visit.cppv_cp_visit_date, visit.cppv_cp_visit_seen_alone,
    (select max(cppr_cp_review_date) from ssd_cp_reviews where cppr_cp_plan_id = plans.cppl_cp_plan_id
        and cppr_cp_review_date <= $day),
    {KNOWN_BY.format("cppl_cp_plan_end_date")},
    (select count(*) from ssd_cp_plans as earlier where earlier.cppl_person_id = plans.cppl_person_id
        and earlier.cppl_cp_plan_start_date < plans.cppl_cp_plan_start_date and earlier.cppl_cp_plan_ola <> 'Y'),
    holder.team, holder.worker
from ssd_cp_plans as plans left join ssd_person on pers_person_id = cppl_person_id
    left join holder on holder.person = cppl_person_id
    left join (select * from ssd_cp_visits where cppv_cp_visit_date <= $day and cppv_cp_visit_seen = 'Y'
        qualify row_number() over (partition by cppv_cp_plan_id order by cppv_cp_visit_date desc, cppv_cp_visit_id) = 1
    ) as visit on visit.cppv_cp_plan_id = plans.cppl_cp_plan_id
where cppl_cp_plan_start_date <= $day and coalesce(cppl_cp_plan_ola, 'N') <> 'Y'
    and (cppl_cp_plan_end_date is null or cppl_cp_plan_end_date > $since) order by cppl_cp_plan_id""",
    8: f"""select {PERSON.format("care.person")}, null, care.start_date, care.need, legal.lega_legal_status_start_date,
    legal.lega_legal_status,
    (select max(clar_cla_review_date) from ssd_cla_reviews
        where clar_cla_id = care.id and clar_cla_review_date <= $day),
    (select max(clav_cla_visit_date) from ssd_cla_visits
        where clav_person_id = care.person and clav_cla_visit_date <= $day),
    plan.lacp_cla_care_plan_json, care.iro,
    (select max(clah_health_check_date) from ssd_cla_health where clah_person_id = care.person
        and clah_health_check_date <= $day and clah_health_check_type = 'Health Assessment'
        and clah_health_check_status = 'Completed'),
    (select max(clah_health_check_date) from ssd_cla_health where clah_person_id = care.person
        and clah_health_check_date <= $day and clah_health_check_type = 'Dental Check'
        and clah_health_check_status = 'Completed'),
    care.end_date, if(care.end_date is null, null, care.reason), home.clap_cla_placement_start_date,
    home.clap_cla_placement_type, home.clap_cla_placement_provider, home.clap_cla_placement_postcode,
    home.clap_cla_placement_urn, holder.team, holder.worker
from care left join ssd_person on pers_person_id = care.person left join holder on holder.person = care.person
    left join (select * from ssd_cla_placement where clap_cla_placement_start_date <= $day
        qualify row_number() over (partition by clap_cla_id order by clap_cla_placement_start_date desc,
            clap_cla_placement_id) = 1) as home on home.clap_cla_id = care.id
    left join (select * from ssd_legal_status where lega_legal_status_start_date <= $day
        qualify row_number() over (partition by lega_person_id order by lega_legal_status_start_date desc,
            lega_legal_status_id) = 1) as legal on legal.lega_person_id = care.person
    left join (select * from ssd_cla_care_plan where lacp_cla_care_plan_start_date <= $day
        and (lacp_cla_care_plan_end_date is null or lacp_cla_care_plan_end_date > $day)
        qualify row_number() over (partition by lacp_person_id order by lacp_cla_care_plan_start_date desc,
            lacp_table_id) = 1) as plan on plan.lacp_person_id = care.person
where care.end_date is null or care.end_date > $since order by care.id""",
    9: f"""select {PERSON.format("clea_person_id")}, null,
    coalesce({TEAM.format("clea_care_leaver_allocated_team")}, clea_care_leaver_allocated_team, holder.team),
    coalesce(clea_care_leaver_worker_id, holder.worker),
    clea_care_leaver_eligibility || ' child', clea_care_leaver_in_touch, clea_care_leaver_latest_contact,
    clea_care_leaver_accommodation || ':', clea_care_leaver_accom_suitable, clea_care_leaver_activity || ': …',
    clea_pathway_plan_review_date, clea_care_leaver_personal_advisor
from ssd_care_leavers left join ssd_person on pers_person_id = clea_person_id
    left join holder on holder.person = clea_person_id where as_at = $day order by clea_table_id""",
}
