import { judge, makeTally, startPeers, stopPeers, tell } from '../test/property/opinions/judge.ts';
import type { PeerName } from '../test/property/opinions/peers.ts';
import { PROFILES } from '../test/property/opinions/profiles.ts';

/**
 * The long run of second opinions: `npm run test:opinions -- [modules] [first seed] [peers]`, 10,000 modules and as many near misses unless told otherwise. Progress
 * and disagreements go to stderr; Ctrl-C ends it with the report of what it had. Exit code 1 if anybody disagrees.
 */

const [modules = '10000', first = '1', names = 'wasm-tools,wabt,v8,binaryen'] = process.argv.slice(2);
const count = Number(modules);
const seed0 = Number(first);
if (!Number.isInteger(count) || !Number.isInteger(seed0)) {
  process.stderr.write('usage: npm run test:opinions -- [modules] [first seed] [peers]\n');
  process.exit(2);
}

/** Binaryen takes ten times as long as all others: it is asked about one of so many. */
const EVERY_FOR_BINARYEN = 10;
const PROGRESS_MS = 10_000;

const interruption = new AbortController();
process.once('SIGINT', () => {
  interruption.abort();
});

const all = startPeers(names.split(',') as PeerName[]);
const quick = new Map([...all].filter(([name]) => name !== 'binaryen'));
const tally = makeTally();
let disagreements = 0;
let said = Date.now();
let seed = seed0;
for (; seed < seed0 + count && !interruption.signal.aborted; seed++) {
  const profile = PROFILES[seed % PROFILES.length];
  if (profile === undefined) throw new RangeError('no profile');
  const peers = Math.floor(seed / PROFILES.length) % EVERY_FOR_BINARYEN === 0 ? all : quick;
  for (const kind of ['good', 'near miss'] as const) {
    for (const disagreement of await judge({ seed, profile, kind }, peers, tally)) {
      disagreements++;
      process.stderr.write(`${tell(disagreement)}\n`);
    }
  }
  if (Date.now() - said < PROGRESS_MS) continue;
  said = Date.now();
  process.stderr.write(`${seed - seed0 + 1} of ${count} seeds, ${disagreements} disagreements\n`);
}
await stopPeers(all);

const lines = [
  `${interruption.signal.aborted ? 'interrupted: ' : ''}seeds ${seed0} to ${seed - 1}: ${tally.modules} modules, half of them near misses; ${disagreements} disagreements`,
  `asked: ${Object.entries(tally.asked)
    .map(([peer, asked]) => `${peer} ${asked}`)
    .join(', ')}`,
  ...[...tally.excused].map(([gap, times]) => `${times} times ${gap.peer} ${gap.does}: ${gap.why}`),
];
process.stdout.write(`${lines.join('\n')}\n`);
process.exitCode = disagreements === 0 ? 0 : 1;
