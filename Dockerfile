# Build: the pinned libraries, wheels only, in an environment of their own.
FROM python:3.11-slim AS build
WORKDIR /app
COPY requirements.lock ./
RUN python -m venv /opt/rafiq \
    && /opt/rafiq/bin/python -m pip install --no-cache-dir --disable-pip-version-check \
        --only-binary :all: --require-hashes --requirement requirements.lock
COPY bot ./bot
COPY workflows ./workflows
COPY locales ./locales
RUN /opt/rafiq/bin/python -m compileall -q bot workflows

# Run: one user without rights, one folder to write in, no shell called.
FROM python:3.11-slim
RUN groupadd --gid 10001 rafiq \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin rafiq \
    && install --directory --owner=10001 --group=10001 --mode=0700 /data
COPY --from=build /opt/rafiq /opt/rafiq
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/opt/rafiq/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    RAFIQ_DATA=/data
USER 10001:10001
VOLUME ["/data"]
EXPOSE 8080
# `status` needs the settings, the key and the database to be right; compose.yaml asks the webhook's own door instead.
HEALTHCHECK --interval=60s --timeout=20s --start-period=30s --retries=3 CMD ["python", "-m", "bot", "status"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["poll"]
