FROM node:24.21.0-alpine
WORKDIR /app
COPY package.json package-lock.json ./
# The image brings Node.js, and the database runs beside it: the optional builds of both stay out.
RUN npm ci --omit=dev --omit=optional --ignore-scripts && npm cache clean --force
COPY . .
RUN install -d -o node -g node /home/node/data
USER node
VOLUME /home/node/data
# Rows live for an instant: a small young generation, and an old one that is swept before it is large, keep a long
# backfill smaller, and cost it no time.
ENV NODE_ENV=production CMS_FEES_HOME=/home/node/data NODE_OPTIONS="--max-semi-space-size=8 --max-old-space-size=256"
ENTRYPOINT ["node", "bin/cms-fees.js"]
CMD ["start"]
