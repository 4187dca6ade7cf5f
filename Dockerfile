# Build: the pinned libraries, wheels only, in an environment of their own, without what installs and what tests them.
# ops/try-dockerfile goes through these steps on a machine without an engine.
FROM python:3.11-slim AS build
WORKDIR /app
COPY requirements.lock ./
RUN python -m venv /opt/rafiq \
    && /opt/rafiq/bin/python -m pip install --no-cache-dir --disable-pip-version-check \
        --only-binary :all: --require-hashes --requirement requirements.lock \
    && /opt/rafiq/bin/python -m pip uninstall --quiet --yes pip setuptools \
    && find /opt/rafiq -type d -name tests -prune -exec rm -r {} +
COPY bot ./bot
COPY workflows ./workflows
COPY locales ./locales
RUN /opt/rafiq/bin/python -m compileall -q bot workflows

# Run: one user without rights, a folder for the data and one for the backups, no shell called.
FROM python:3.11-slim
RUN groupadd --gid 10001 rafiq \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin rafiq \
    && install --directory --owner=10001 --group=10001 --mode=0700 /data /backups
COPY --from=build /opt/rafiq /opt/rafiq
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/opt/rafiq/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    RAFIQ_DATA=/data \
    RAFIQ_PROBE_PORT=9464
USER 10001:10001
VOLUME ["/data"]
EXPOSE 8080 9464
# The process says itself whether it lives. Whether it can take messages, /readyz says: that is for whoever passes calls on.
HEALTHCHECK --interval=30s --timeout=15s --start-period=30s --retries=3 CMD ["python", "-m", "bot", "probe", "livez"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["poll"]
