import { SingleBar } from 'cli-progress';

export interface Progress {
  update(executions: number): void;
  stop(): void;
}

/** Shows on stderr how far an exploration is; nothing where stderr is no terminal. */
export function showProgress(name: string): Progress {
  if (!process.stderr.isTTY) return { update: () => {}, stop: () => {} };
  const bar = new SingleBar({
    format: `${name}: {value} executions, {duration_formatted} (Ctrl-C reports what was found)`,
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  bar.start(0, 0);
  return { update: (executions) => bar.update(executions), stop: () => bar.stop() };
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
