const semver = require(process.env.SEMVER || 'semver');
const lines = require('fs').readFileSync(0, 'utf8').split('\n').filter(line => line);
for (const line of lines) {
  const [left, right] = line.split(' ').map(text => semver.parse(text));
  console.log(!left || !right ? '!' : '<=>'[left.compare(right) + 1]);
}
