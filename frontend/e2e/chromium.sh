#!/usr/bin/env bash
# Makes sure that there is a Chromium for the stories: installs it from the
# system's packages where it can, says what to do where it cannot.
set -euo pipefail

for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
  if [ -n "$name" ] && command -v "$name" >/dev/null; then exit 0; fi
done

if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "installing Chromium from the system's packages"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-core >/dev/null
  exit 0
fi

echo "Chromium is missing and the stories need it: install the package chromium with your" >&2
echo "system's package manager, or name the program in CHROMIUM=/path/to/chrome." >&2
exit 1
