# Three images from one file: docker build --target portal|classifier|etl .
# docs/deploy/compose.md says how the images are used, and how they are built without a registry.
ARG PYTHON_IMAGE=docker.io/library/python:3.11.17-slim-bookworm

# The packages are installed here with pip. The images below copy the result, so that they have no installer.
FROM ${PYTHON_IMAGE} AS builder
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /build

COPY containers/install.sh ./

FROM builder AS portal-packages
COPY requirements/portal.txt ./
RUN ./install.sh portal.txt

FROM builder AS classifier-packages
COPY requirements/classifier.txt ./
RUN ./install.sh classifier.txt

FROM builder AS etl-packages
COPY requirements/etl.txt ./
RUN ./install.sh etl.txt

FROM ${PYTHON_IMAGE} AS base
RUN groupadd --gid 10001 support \
    && useradd --uid 10001 --gid support --home-dir /tmp --no-create-home --shell /usr/sbin/nologin support
# /tmp is the only place to write outside volumes, and may be in memory.
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONPATH=/app \
    PYTHONSAFEPATH=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    XDG_CACHE_HOME=/tmp \
    MPLCONFIGDIR=/tmp \
    NUMBA_CACHE_DIR=/tmp \
    SUPPORT_DATA_DIR=/data
WORKDIR /app

FROM base AS portal
COPY --from=portal-packages /opt/venv /opt/venv
COPY analytics analytics
COPY storage/__init__.py storage/full_disk.py storage/given_file.py storage/private_files.py storage/store.py storage/
COPY table_files table_files
COPY warehouse warehouse
COPY portal portal
COPY classifier_service/__init__.py classifier_service/classification.py classifier_service/errors.py classifier_service/words.py \
    classifier_service/
COPY classifier_service/rules classifier_service/rules
COPY standalone/__init__.py standalone/cli.py standalone/probes.py standalone/
RUN python -m compileall -q /app && install -d -o support -g support /data
USER 10001:10001
EXPOSE 8050
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
    CMD ["python", "-m", "standalone.probes", "http://127.0.0.1:8050/readyz"]
ENTRYPOINT ["python", "-m", "standalone.cli"]
CMD ["portal", "--host", "0.0.0.0"]

FROM base AS classifier
COPY --from=classifier-packages /opt/venv /opt/venv
COPY analytics/__init__.py analytics/errors.py analytics/instants.py analytics/log_lines.py analytics/threads.py analytics/
COPY storage storage
COPY protos protos
COPY classifier_service classifier_service
COPY standalone/__init__.py standalone/probes.py standalone/
RUN python -m compileall -q /app && install -d -o support -g support /data /models
ENV CLASSIFIER_ADDRESS=0.0.0.0:50051 \
    CLASSIFIER_METRICS_PORT=9100 \
    CLASSIFIER_REGISTRY_URL=/models
USER 10001:10001
EXPOSE 50051 9100
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
    CMD ["python", "-m", "standalone.probes", "grpc://127.0.0.1:50051"]
ENTRYPOINT ["python", "-m", "classifier_service"]
CMD ["serve"]

FROM base AS etl
COPY --from=etl-packages /opt/venv /opt/venv
COPY analytics analytics
COPY storage storage
COPY table_files table_files
COPY warehouse warehouse
COPY protos protos
COPY classifier_service classifier_service
COPY etl etl
COPY standalone standalone
# A new volume takes over the owner of the directory that it is mounted on.
RUN python -m compileall -q /app \
    && install -d -o support -g support /data /models /backups \
        /secrets/database /secrets/cache /secrets/portal /secrets/classifier /secrets/jobs /secrets/prepare
ENV CLASSIFIER_REGISTRY_URL=/models
USER 10001:10001
# Jobs end by themselves, and `etl status` shows the work of the watchers.
HEALTHCHECK NONE
ENTRYPOINT ["python", "-m", "standalone.cli"]
CMD ["etl", "list"]
