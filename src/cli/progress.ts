import { SingleBar } from 'cli-progress';

export interface Progress {
  /** `remaining`: the share of the search that is left, if that is known. */
  update(executions: number, remaining?: number): void;
  stop(): void;
}

/** Shows on stderr how far an exploration is; nothing where stderr is no terminal. */
export function showProgress(name: string): Progress {
  if (!process.stderr.isTTY) return { update: () => {}, stop: () => {} };
  const bar = new SingleBar({
    format: `${name}: {value} executions{share}, {duration_formatted} (Ctrl-C reports what was found)`,
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  bar.start(0, 0, { share: '' });
  const started = performance.now();
  return {
    update: (executions, remaining) => {
      const elapsed = performance.now() - started;
      bar.update(executions, { share: remaining === undefined ? '' : shareText(1 - remaining, elapsed) });
    },
    stop: () => bar.stop(),
  };
}

/** How much is done, and how long the rest takes if it goes on so. */
export function shareText(done: number, milliseconds: number): string {
  const share = `, some ${(100 * done).toFixed(1)} % done`;
  if (done <= 0 || done >= 1) return share;
  const seconds = Math.ceil(((milliseconds / 1000) * (1 - done)) / done);
  return `${share}, ${seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`} left`;
}

/** Shows on stderr how many of so many files are done; nothing where stderr is no terminal. */
export function showFileProgress(files: number): Progress {
  if (!process.stderr.isTTY || files < 2) return { update: () => {}, stop: () => {} };
  const bar = new SingleBar({
    format: '{bar} {value} of {total} files, {duration_formatted} (Ctrl-C reports what was judged)',
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  bar.start(files, 0);
  return { update: (done) => bar.update(done), stop: () => bar.stop() };
}
