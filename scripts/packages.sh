# Debian packages, by what needs them. Sourced by the other scripts.
packages_build="g++ cmake ninja-build ccache libboost-dev libeigen3-dev libfmt-dev libcli11-dev nlohmann-json3-dev libbenchmark-dev"
packages_test="libgtest-dev libgmock-dev python3 python3-numpy python3-jsonschema"
packages_matrix="clang libclang-rt-14-dev clang-format clang-tidy"

# Installs those of the given packages that are missing. Says what to do where it cannot.
need_packages() {
  local missing="" package
  for package in "$@"; do
    dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed ||
      missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  if ! command -v apt-get >/dev/null; then
    echo "seedproof: this system has no apt-get; install the equivalents of:$missing" >&2
    return 1
  fi
  local as_root=""
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
      echo "seedproof: not root and no sudo; install these packages first:$missing" >&2
      return 1
    }
    as_root=sudo
  fi
  echo "installing:$missing" >&2
  { $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing ||
    { $as_root apt-get update -q &&
      $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing; }; } \
    >"${TMPDIR:-/tmp}/seedproof-packages.log" 2>&1 || {
    tail -5 "${TMPDIR:-/tmp}/seedproof-packages.log" >&2
    echo "seedproof: could not install:$missing (log: ${TMPDIR:-/tmp}/seedproof-packages.log)" >&2
    return 1
  }
}

# Configures and builds a preset: build_preset <preset> <cmake option>...
build_preset() {
  local preset=$1
  shift
  cmake --preset "$preset" -DCMAKE_CXX_COMPILER_LAUNCHER=ccache "$@" >"build/$preset.configure.log" 2>&1 || {
    tail -20 "build/$preset.configure.log" >&2
    return 1
  }
  cmake --build --preset "$preset" -j "${SEEDPROOF_JOBS:-2}"
}
