import { spawnSync } from 'node:child_process';

/** Start-up: a whole `weft explore` of a small litmus test against `node -e 0`, as a ratio of medians in the same run. */
const root = new URL('../..', import.meta.url).pathname;
const RUNS = 21;

function medianOf(args: readonly string[]): number {
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    spawnSync(process.execPath, args, { cwd: root, stdio: 'ignore' });
    return performance.now() - start;
  });
  return times.toSorted((a, b) => a - b)[RUNS >> 1] ?? Number.NaN;
}

export function benchStart(): void {
  const node = medianOf(['-e', '0']);
  const weft = medianOf(['dist/weft.cjs', 'explore', 'models/litmus/classic/MP.wast']);
  console.log(
    `start: weft explore MP ${weft.toFixed(0)} ms, node -e 0 ${node.toFixed(0)} ms, ratio ${(weft / node).toFixed(2)} (at most 5)`,
  );
}
