"""Reads the rows of an analysis into data frames."""

from typing import Final

import numpy as np
import pandas as pd
import sqlalchemy as sa

from etl.running.sql import read_sql

_INSTANTS: Final = "_at"


def read_frame(connection: sa.Connection, path: str) -> pd.DataFrame:
    """Return the rows of an SQL query; instants are in UTC without a time zone, as the analyses expect."""
    result = connection.execute(sa.text(read_sql(path)))
    frame = pd.DataFrame.from_records(result.all(), columns=list(result.keys()))
    for column in frame.columns:
        if column.endswith(_INSTANTS):
            stamps = pd.to_datetime(frame[column], utc=True)
            frame[column] = stamps.dt.tz_localize(None).astype("datetime64[s]")
    return frame


def placed_customers(tickets: pd.DataFrame, customers: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Add to each ticket the position of its customer, and to the customers everyone who wrote but is not listed.

    Returns:
        The tickets with a column `customer`, and all customers in the order of those positions.

    Args:
        tickets: Needs the column customer_hash.
        customers: Needs customer_hash, customer_type, joined_at and churned_at.
    """
    known = customers.drop_duplicates("customer_hash")
    strangers = pd.DataFrame({"customer_hash": np.setdiff1d(tickets["customer_hash"], known["customer_hash"])})
    whole = pd.concat([known, strangers], ignore_index=True) if len(strangers) else known.reset_index(drop=True)
    places = pd.Series(np.arange(len(whole)), index=whole["customer_hash"])
    return tickets.assign(customer=places.reindex(tickets["customer_hash"]).to_numpy(dtype=np.int64)), whole
