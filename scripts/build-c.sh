#!/bin/sh
# Compiles the programs of test/c/ for wasm32 with threads: NAME.wasm in the given folder for each line of test/c/builds.txt.
# Needs Debian's clang (14) and lld, nothing else: the programs use no library.
set -eu
out=$1
cd "$(dirname "$0")/../test/c"
mkdir -p "$out"
sed 's/#.*//' builds.txt | while read -r name program options; do
  [ -n "$name" ] || continue
  # shellcheck disable=SC2086 # the options are words
  clang --target=wasm32 -O1 -Wall -Werror -fno-builtin -matomics -mbulk-memory $options -nostdlib \
    -Wl,--no-entry,--shared-memory,--import-memory,--max-memory=65536,-z,stack-size=1024 -o "$out/$name.wasm" "$program"
done
