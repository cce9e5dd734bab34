#!/usr/bin/env bash
# Installs the package into an empty prefix, builds the outside project against it, and runs its
# gate: run.sh <build folder of seedproof> <work folder>. The healthy layer must pass with the own
# generator and with a built-in one; the deaf layer must fail with exit code 1.
set -euo pipefail
build=$1
work=$2
here=$(cd "$(dirname "$0")" && pwd)

rm -rf "$work"
mkdir -p "$work"
cmake --install "$build" --prefix "$work/prefix" >/dev/null
cmake -S "$here" -B "$work/build" -DCMAKE_PREFIX_PATH="$work/prefix" -DCMAKE_BUILD_TYPE=Release \
  ${SEEDPROOF_CXX:+-DCMAKE_CXX_COMPILER="$SEEDPROOF_CXX"} \
  ${SEEDPROOF_LINK_FLAGS:+-DCMAKE_EXE_LINKER_FLAGS="$SEEDPROOF_LINK_FLAGS"} >/dev/null
cmake --build "$work/build" -j 2

cd "$work"
"$work/build/gate" check EchoNoise -g splitmix -g philox -g counter --check seeding \
  --check interference --check throughput
code=0
"$work/build/gate" check DeafNoise -g philox --check seeding >deaf.txt || code=$?
[ "$code" -eq 1 ] || { echo "the deaf layer ended with $code instead of 1"; cat deaf.txt; exit 1; }
grep -q "seeding/other-layer-seed" deaf.txt || { cat deaf.txt; exit 1; }
"$work/prefix/bin/seedproof" --version
