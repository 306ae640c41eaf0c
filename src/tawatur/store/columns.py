"""What every table is described with."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, MetaData

#: Holds each table of the modules that are imported: ``tables`` and ``finding_tables``.
metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"},
)


def needed(name: str, kind: Any, **options: Any) -> Column[Any]:
    """Describe a column that is never null."""
    return Column(name, kind, nullable=False, **options)
