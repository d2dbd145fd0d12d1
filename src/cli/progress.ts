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
