#!/bin/sh
# The tests need Chromium, a Chinese font, ssh-keygen and Git LFS. Root on Debian gets them; anyone else is told.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="chromium"
command -v ssh-keygen >/dev/null 2>&1 || missing="$missing openssh-client"
command -v git-lfs >/dev/null 2>&1 || missing="$missing git-lfs"
if ! command -v fc-list >/dev/null 2>&1 || [ -z "$(fc-list :lang=zh family 2>/dev/null)" ]; then
  missing="$missing fontconfig fonts-noto-cjk"
fi
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "== installing with apt-get: $missing"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  # shellcheck disable=SC2086
  apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
  echo "Missing for the tests: $missing" >&2
  echo "On Debian or Ubuntu: sudo apt-get install $missing" >&2
  echo "(The site itself builds without them.)" >&2
fi
