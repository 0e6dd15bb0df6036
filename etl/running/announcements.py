"""Publishes on Redis that there is new data; listeners of PostgreSQL are notified by the refresh itself."""

import logging
from typing import Final

import orjson
import redis
import sqlalchemy as sa

from etl.running.data_version import VERSION_CHANNEL, marts_state
from etl.running.runner import JobRun

logger = logging.getLogger(__name__)

_PATIENCE_SECONDS: Final = 2.0


class Announcements:
    """Publishes each new version of the data once, as JSON: `{"version": 12, "job": "refresh_marts", "changed": 5}`.

    `changed` is the number of tickets that are new or different. A message may get lost, because nobody listens or the
    server does not answer. That does no harm: listeners also ask the database now and then.
    """

    def __init__(self, engine: sa.Engine, redis_url: str | None) -> None:
        """Begin without a known version; database and Redis are first used after the first job.

        Args:
            engine: Database with the marts.
            redis_url: Where to publish; None publishes nothing.
        """
        self._engine = engine
        self._client = None if redis_url is None else _client(redis_url)
        self._version: int | None = None

    def tell(self, done: JobRun) -> None:
        """Publish the version if a job has raised it.

        Args:
            done: The run that may have raised the version.
        """
        if self._client is None or done.result is None:
            return
        version, before = self._present(), self._version
        self._version = version
        if version == before or (before is None and not done.result.row_count):
            return
        news = orjson.dumps({"version": version, "job": done.job, "changed": done.result.row_count})
        try:
            self._client.publish(VERSION_CHANNEL, news)
        except redis.RedisError as error:
            logger.warning("Redis was not told of new data", extra={"fields": {"error": type(error).__name__}})

    def _present(self) -> int:
        with self._engine.connect() as connection:
            return marts_state(connection).version


def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=_PATIENCE_SECONDS, socket_connect_timeout=_PATIENCE_SECONDS)
