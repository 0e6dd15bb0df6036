"""Reads and creates the product's group roles and their members. Passwords are never read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

import sqlalchemy as sa

from warehouse.engine import DatabaseRole

_MEMBERS: Final = """
    with recursive wanted as (
        select oid from pg_roles where rolname = any(:groups)
        union
        select m.member from pg_auth_members as m inner join wanted on wanted.oid = m.roleid
    )
    select r.rolname, r.rolcanlogin, r.rolinherit, coalesce(
        (
            select array_agg(distinct g.rolname::text order by g.rolname::text)
            from pg_auth_members as m inner join pg_roles as g on g.oid = m.roleid
            where m.member = r.oid and (m.roleid in (select oid from wanted) or g.rolname = 'pg_read_all_data')
        ), '{}') as groups
    from wanted inner join pg_roles as r using (oid)
    where not r.rolsuper
    order by r.rolname
"""


@dataclass(frozen=True, slots=True)
class Role:
    """One role of the server.

    Attributes:
        name: Name of the role.
        can_login: Whether the role can log in.
        inherits: Whether the role has the rights of its groups without SET ROLE.
        groups: The product's groups that the role is a member of.
    """

    name: str
    can_login: bool
    inherits: bool
    groups: tuple[str, ...]

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> Self:
        """Return a role from its JSON fields."""
        return cls(
            str(fields["name"]), bool(fields["can_login"]), bool(fields["inherits"]), tuple(map(str, fields["groups"]))
        )


def read_roles(connection: sa.Connection) -> tuple[Role, ...]:
    """Return the product's groups and their members. Superusers are left out, because they belong to the server."""
    groups = [role.value for role in DatabaseRole]
    rows = connection.execute(sa.text(_MEMBERS), {"groups": groups})
    return tuple(Role(row.rolname, row.rolcanlogin, row.rolinherit, tuple(row.groups)) for row in rows)


def create_missing_roles(connection: sa.Connection, roles: Sequence[Role]) -> tuple[str, ...]:
    """Create the roles that the server lacks, and return those that need a password before they can log in.

    Existing roles stay as they are; they are only added to groups that they are not yet a member of.
    """
    quote = connection.dialect.identifier_preparer.quote_identifier
    present = set(connection.execute(sa.text("select rolname from pg_roles")).scalars())
    new = [role for role in roles if role.name not in present]
    for role in new:
        login, inherit = "login" if role.can_login else "nologin", "inherit" if role.inherits else "noinherit"
        connection.exec_driver_sql(f"create role {quote(role.name)} with {login} {inherit}")
    has_group = sa.text("select pg_has_role(:name, :group, 'member')")
    for role in roles:
        for group in role.groups:
            if not connection.scalar(has_group, {"name": role.name, "group": group}):
                connection.exec_driver_sql(f"grant {quote(group)} to {quote(role.name)}")
    for group in DatabaseRole:
        if not connection.scalar(sa.text("select pg_has_role(current_user, :group, 'member')"), {"group": group}):
            connection.exec_driver_sql(f"grant {quote(group)} to current_user")
    return tuple(role.name for role in new if role.can_login)
