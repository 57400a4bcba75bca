#!/bin/sh
# Builds the worker of the installed mediasoup from the source that its npm package carries, against Debian's own
# libraries: for machines that reach a Debian mirror and neither github.com nor wrapdb.mesonbuild.com.
# Usage: sh scripts/build-media-worker.sh [folder to build in]; docs/OPERATIONS.md says what it takes and what differs.
set -eu

project=$(cd "$(dirname "$0")/.." && pwd)
package="$project/node_modules/mediasoup"
work=${1:-$(mktemp -d)}
jobs=${JOBS:-$(nproc)}

needs='g++ meson ninja-build pkg-config libssl-dev libuv1-dev libsrtp2-dev libabsl-dev libflatbuffers-dev flatbuffers-compiler'
for program in g++ meson ninja pkg-config flatc; do
  command -v "$program" > /dev/null || { echo "There is no $program here: apt-get install -y $needs" >&2; exit 1; }
done
for header in openssl/ssl.h uv.h srtp2/srtp.h absl/types/optional.h flatbuffers/flatbuffers.h; do
  echo "#include <$header>" | g++ -std=c++20 -E -x c++ - > /dev/null 2>&1 ||
    { echo "There is no $header here: apt-get install -y $needs" >&2; exit 1; }
done

mkdir -p "$work"
rm -rf "$work/worker"
cp -R "$package/worker" "$work/worker"
cd "$work/worker"
# Debian 12 has meson 1.0; nothing newer is used.
sed -i "s/meson_version: '>= 1.1.0'/meson_version: '>= 1.0.0'/" meson.build

# The worker's BIO callback answers 1 to whatever is asked of the BIO, also to whether the kernel does TLS for it, which
# Debian's OpenSSL asks (KTLS) and the official's does not: without a buffer to write to, it crashes at the first handshake.
sed -i 's/(operationType == BIO_CB_RETURN) ? /(operationType \& BIO_CB_RETURN) ? /' src/RTC/DtlsTransport.cpp
grep -q '(operationType & BIO_CB_RETURN) ? ' src/RTC/DtlsTransport.cpp || { echo 'DtlsTransport.cpp has changed: look at onSslBioOut' >&2; exit 1; }

# A folder of the name that the wrap file says is taken in place of a download. Each of these names the system's library,
# and an empty one where the build wants an archive of its own to link.
stand_in() { # <wrap's name> <lines of meson>
  folder="subprojects/$(sed -n 's/^directory = //p' "subprojects/$1.wrap")"
  mkdir -p "$folder"
  : > "$folder/empty.cpp"
  printf "project('%s', 'cpp')\nempty = static_library('%s-empty', 'empty.cpp')\n%s\n" "$1" "$1" "$2" > "$folder/meson.build"
}
stand_in libuv "libuv_dep = dependency('libuv')
libuv = empty"
stand_in openssl "openssl_dep = dependency('openssl')
libcrypto_lib = empty
libssl_lib = static_library('openssl-empty-ssl', 'empty.cpp')"
stand_in flatbuffers "flatbuffers_dep = declare_dependency()
flatbuffers_lib = empty"
stand_in abseil-cpp "absl_strings_dep = dependency('absl_strings')
absl_types_dep = [dependency('absl_optional'), dependency('absl_memory')]
absl_container_dep = absl_types_dep
absl_container_lib = empty"
stand_in unordered-dense "ankerl_unordered_dense_dep = declare_dependency(include_directories: include_directories('include'))"
stand_in libsrtp3 "libsrtp3_dep = declare_dependency(dependencies: dependency('libsrtp2'), include_directories: include_directories('include'))
libsrtp3 = empty"
header() { # <wrap's name> <path in include> <file of ours>
  folder="subprojects/$(sed -n 's/^directory = //p' "subprojects/$1.wrap")/include"
  mkdir -p "$(dirname "$folder/$2")"
  cp "$project/scripts/media-worker/$3" "$folder/$2"
}
header unordered-dense ankerl/unordered_dense.h unordered_dense.h
header libsrtp3 srtp.h srtp.h
printf "option('crypto-library', type: 'string')\noption('crypto-library-kdf', type: 'string')\noption('tests', type: 'string')\n" \
  > "subprojects/$(sed -n 's/^directory = //p' subprojects/libsrtp3.wrap)/meson_options.txt"
printf "option('build_tests', type: 'boolean')\noption('build_benchmarks', type: 'boolean')\n" \
  > "subprojects/$(sed -n 's/^directory = //p' subprojects/libuv.wrap)/meson_options.txt"

meson setup --buildtype release -Db_ndebug=true --wrap-mode nodownload "$work/out"
ninja -C "$work/out" -j "$jobs" mediasoup-worker
strip -o "$work/mediasoup-worker" "$work/out/mediasoup-worker"
echo "$work/mediasoup-worker"
