"""From claims to viewers: the right role, the widest of several, and none that no grant names, whatever is claimed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement_board.access.granting import NO_NAME, address_of, has_too_many_groups, person_name, viewer_of
from improvement_board.access.settings import Access, ClaimNames
from improvement_board.access.viewer import Viewer

NAMES = ClaimNames()


def access(*grants: dict[str, Any], **settings: Any) -> Access:
    return Access.model_validate({"contact": "IT", "grant": grants, **settings})


COUNCIL = access(
    {"role": "committee", "addresses": ["@council.gov.uk"]},
    {"role": "member", "groups": ["board"], "addresses": ["Chair@partner.org"]},
    {"role": "manager", "groups": ["north"], "teams": ["North"]},
    {"role": "manager", "app_roles": ["Head"], "teams": ["South"], "services": ["Care"]},
    {"role": "analyst", "groups": ["performance"]},
    {"role": "auditor", "app_roles": ["Audit"]},
)


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({"email": "someone@council.gov.uk"}, Viewer("someone@council.gov.uk", "committee")),
        ({"sub": "1", "groups": ["x", "board"]}, Viewer("1", "member")),
        ({"sub": "1", "groups": "board"}, Viewer("1", "member")),
        ({"email": "CHAIR@PARTNER.ORG"}, Viewer("CHAIR@PARTNER.ORG", "member")),
        ({"preferred_username": "chair@partner.org"}, Viewer("chair@partner.org", "member")),
        ({"upn": "chair@partner.org"}, Viewer("chair@partner.org", "member")),
        ({"sub": "1", "groups": ["north"]}, Viewer("1", "manager", frozenset({"North"}))),
        (
            {"sub": "1", "groups": ["north", "board"], "roles": ["Head"]},
            Viewer("1", "manager", frozenset({"North", "South"}), frozenset({"Care"})),
        ),
        ({"sub": "1", "groups": ["north", "performance"]}, Viewer("1", "analyst")),
        ({"sub": "1", "roles": ["Audit"]}, Viewer("1", "auditor", is_auditor=True)),
        ({"sub": "1", "roles": ["Audit"], "groups": ["board"]}, Viewer("1", "member", is_auditor=True)),
        ({"groups": ["performance"]}, Viewer(NO_NAME, "analyst")),
    ],
)
def test_claims_make_a_viewer(claims: dict[str, Any], expected: Viewer) -> None:
    assert viewer_of(claims, COUNCIL) == expected


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"groups": ["Board", "board ", "boards"]},
        {"roles": ["board", "performance"]},
        {"groups": ["Head", "Audit"]},
        {"groups": [["board"], {"board": 1}, None, 1, b"board"]},
        {"groups": {"board": True}},
        {"groups": "board performance"},
        {"email": "chair@partner.org", "email_verified": False},
        {"email": "chair@partner.org", "email_verified": "false"},
        {"email": "x@elsewhere.org", "preferred_username": "chair@partner.org"},
        {"email": "x@elsewhere.org", "email_verified": False, "preferred_username": "chair@partner.org"},
        {"email": 7, "preferred_username": "chair@partner.org"},
        {"email": "chair@partner.org\n"},
        {"email": "someone@council.gov.uk@elsewhere.org"},
        {"email": "someone@elsewhere.org@council.gov.uk"},
        {"email": "someone@sub.council.gov.uk"},
        {"email": "someone@xcouncil.gov.uk"},
        {"email": "@council.gov.uk" + "x" * 1_000_000},
        {"name": "chair@partner.org", "sub": "chair@partner.org"},
        {"email": ["chair@partner.org"]},
    ],
)
def test_who_is_named_by_no_grant_has_no_role(claims: dict[str, Any]) -> None:
    assert viewer_of(claims, COUNCIL) is None


def test_letters_that_only_look_alike_are_others() -> None:
    kelvin = access({"role": "analyst", "addresses": ["kate@council.gov.uk"]})
    assert viewer_of({"email": "KATE@council.gov.uk"}, kelvin) is not None
    assert viewer_of({"email": "\u212aate@council.gov.uk"}, kelvin) is None


def test_exact_figures_are_for_members_and_managers_of_a_board_that_agreed_to_it() -> None:
    agreed = COUNCIL.model_copy(update={"board_sees_exact": True})
    people = {"board": True, "north": True, "performance": False}
    for group, sees_exact in people.items():
        viewer = viewer_of({"groups": [group]}, agreed)
        assert viewer is not None
        assert viewer.sees_exact is sees_exact
    committee = viewer_of({"email": "x@council.gov.uk"}, agreed)
    assert committee is not None
    assert not committee.sees_exact
    assert committee.scope.is_protected


def test_claims_may_have_other_names() -> None:
    named = access(
        {"role": "member", "groups": ["board"]},
        {"role": "committee", "app_roles": ["board"], "addresses": ["a@b.uk"]},
        claims={"groups": "g", "app_roles": "r", "address": ["mail"]},
    )
    assert viewer_of({"groups": ["board"], "roles": ["board"], "email": "a@b.uk"}, named) is None
    assert [getattr(viewer_of(claims, named), "role", None) for claims in ({"g": "board"}, {"r": ["board"]})] == [
        "member",
        "committee",
    ]
    assert viewer_of({"mail": "A@B.UK"}, named) is not None


def test_a_person_is_called_by_address_else_by_the_providers_name() -> None:
    assert person_name({"email": "a@b.uk", "sub": "1"}, NAMES) == "a@b.uk"
    assert person_name({"email": "a@b.uk", "email_verified": False, "sub": "1"}, NAMES) == "1"
    assert person_name({"sub": "x" * 1000}, NAMES) == NO_NAME
    assert person_name({"sub": "a\nb"}, NAMES) == NO_NAME
    assert address_of({"email": "a@b.uk", "email_verified": "true"}, NAMES) == "a@b.uk"


def test_groups_left_out_as_too_many_are_noticed() -> None:
    assert has_too_many_groups({"_claim_names": {"groups": "src1"}}, NAMES)
    assert has_too_many_groups({"hasgroups": True}, NAMES)
    assert not has_too_many_groups({"groups": ["a"], "_claim_names": ["groups"]}, NAMES)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.binary(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
WORDS = ("groups", "roles", "email", "email_verified", "preferred_username", "upn", "sub", "_claim_names", "hasgroups")
CLAIMS = st.dictionaries(st.sampled_from(WORDS) | st.text(max_size=8), VALUES, max_size=9)


@given(CLAIMS)
def test_no_claims_raise_or_give_a_role_that_no_grant_names(claims: dict[str, Any]) -> None:
    named = access(
        {"role": "analyst", "groups": ["a group whose name no chance finds"]},
        {"role": "auditor", "addresses": ["nobody-by-chance@council.gov.uk"]},
    )
    assert viewer_of(claims, named) is None
    assert isinstance(person_name(claims, NAMES), str)
    assert has_too_many_groups(claims, NAMES) in (True, False)


@given(
    CLAIMS,
    st.sets(st.sampled_from(["board", "north", "performance"])),
    st.sets(st.sampled_from(["Head", "Audit"])),
)
def test_what_else_is_claimed_changes_no_role(claims: dict[str, Any], groups: set[str], roles: set[str]) -> None:
    said = {**claims, "email": "a@elsewhere.org", "groups": [*groups, None, 3], "roles": [[], *roles]}
    viewer = viewer_of(said, COUNCIL)
    if not groups | roles:
        assert viewer is None
        return
    assert viewer is not None
    expected = (
        "analyst"
        if "performance" in groups
        else "manager"
        if "north" in groups or "Head" in roles
        else "member"
        if "board" in groups
        else "auditor"
    )
    assert viewer.role == expected
    assert viewer.is_auditor == ("Audit" in roles)
    assert viewer.sees_record == ("Audit" in roles)
