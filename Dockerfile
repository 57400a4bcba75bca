# syntax=docker/dockerfile:1
# Housecall with mediasoup's own worker, for a PostgreSQL of yours (DATABASE_URL). See docs/OPERATIONS.md, "Containers".
FROM node:24-bookworm-slim AS build
WORKDIR /app
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json .npmrc ./
COPY web/package.json web/
# No script of a package runs: the media worker is fetched below, and the embedded database is left out.
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --no-audit
COPY . .
# A mirror of mediasoup's releases, for networks that do not reach github.com; its own worker comes from there otherwise.
ARG MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL
RUN npm run build && npm run setup:media && sh scripts/prune-for-image.sh

FROM node:24-bookworm-slim
LABEL org.opencontainers.image.title="Housecall" org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
COPY --from=build --chown=root:root /app /app
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000 44400/udp 44400/tcp 44401/udp 44401/tcp
# The process lives; whether it can serve is for the proxy to ask (/readyz).
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
# Node itself is process 1 and hears SIGTERM; it starts media workers only and waits for them.
# The sizes are those of `npm start`: shorter and rarer pauses to collect garbage (docs/OPERATIONS.md).
CMD ["node", "--disable-warning=ExperimentalWarning", "--max-semi-space-size=16", "--min-semi-space-size=16", "--initial-old-space-size=256", "src/main.ts"]
