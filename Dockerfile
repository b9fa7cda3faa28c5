# Styles and scripts
FROM node:22-slim AS static
WORKDIR /oakmont
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY static static
RUN npm run build

# Python packages, by their hashes
FROM python:3.13-slim AS packages
COPY requirements.txt .
RUN python -m venv /packages \
    && /packages/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

# The site: one image for web, worker and beat
FROM python:3.13-slim
ENV PATH=/packages/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /oakmont
COPY --from=packages /packages /packages
COPY manage.py ./
COPY locale locale
COPY templates templates
COPY accounts accounts
COPY catalogue catalogue
COPY booking booking
COPY config config
COPY --from=static /oakmont/static/dist static/dist
RUN python manage.py collectstatic --no-input --verbosity 0 \
    && useradd --system --no-create-home oakmont
USER oakmont
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
