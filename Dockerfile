# Two stages: wheels are built and bytecode is compiled once, the image carries only what runs.
FROM python:3.11-slim AS build
WORKDIR /src
COPY requirements.lock .
RUN python -m venv /opt/assay && /opt/assay/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md ./
COPY bot bot
COPY extractors extractors
COPY data data
RUN /opt/assay/bin/pip install --no-cache-dir --no-deps . && /opt/assay/bin/python -m compileall -q /opt/assay/lib

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 assay && install -d -o assay /var/lib/assay
COPY --from=build /opt/assay /opt/assay
ENV PATH=/opt/assay/bin:$PATH PYTHONUNBUFFERED=1 ASSAY_DATABASE_URL=sqlite:////var/lib/assay/assay.sqlite3
USER assay
VOLUME /var/lib/assay
# The first process of a container ignores SIGTERM until a program takes care of it; Python takes care of SIGINT from its first moment.
STOPSIGNAL SIGINT
ENTRYPOINT ["assay"]
CMD ["run"]
