FROM node:24-alpine
WORKDIR /app
COPY package.json package-lock.json ./
# The image brings Node.js, and the database runs beside it: the optional builds of both stay out.
RUN npm ci --omit=dev --omit=optional --ignore-scripts
COPY . .
USER node
RUN mkdir -p /home/node/data
ENV CMS_FEES_HOME=/home/node/data
ENTRYPOINT ["node", "bin/cms-fees.js"]
CMD ["start"]
