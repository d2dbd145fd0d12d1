#!/bin/sh
# Builds the C programs here with Debian's clang and lld: a binary of each beside it, which is kept in the repository.
set -eu
cd "$(dirname "$0")"
for program in json sha256; do
  clang -O2 --target=wasm32 -nostdlib -fno-builtin -Wl,--no-entry -Wl,--strip-all -o "$program.wasm" "$program.c"
done
