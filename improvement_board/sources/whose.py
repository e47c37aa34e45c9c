"""Whose returns they are: an edition is of one authority, and another's return among its sources stops it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from improvement_board.common.authorities import authority_name, authority_number, number_in
from improvement_board.declared.plan import Council
from improvement_board.errors import Problem
from improvement_board.sources.findings import Finding

RULE = "another-authority"


def of_another_authority(authorities: Mapping[str, str], council: Council) -> Iterator[Finding]:
    """A stop for each file whose authority, as it says itself, is not the plan's council.

    `authorities`: what each file says, by its path: a three-digit number, a GSS code or a name; what is none of them is
    passed over. A council that is no authority of England (a made-up one) has no number, unless its plan says one: then
    only a return of a known authority is another's.
    """
    own = authority_number(council.code)
    numbers = {*council.la_numbers, *([own] if own else [])}
    for file, said in sorted(authorities.items()):
        number = number_in(said)
        if number is None or number in numbers or not (numbers or authority_name(number)):
            continue
        whose = f"{authority_name(number)} ({number})" if authority_name(number) else f"the authority {number}"
        message = f"is a return of {whose}, and the plan is of {council.name} ({council.code})"
        allowed = ", ".join(sorted(numbers)) or "a return of this council"
        yield Finding(RULE, "stop", Problem(file, message, column="LA number", value=said, allowed=allowed))
