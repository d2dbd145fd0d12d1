import { makeExec } from '../exec/executor.ts';
import type { Executor, ExecutorOptions } from '../runtime/executor.ts';
import { makeSemantics } from '../semantics/executor.ts';

/** `--semantics`: the fast executor, or the definitional one. */
export type ExecutorName = 'exec' | 'small-step';

/** An executor whose states the caller does not look into. */
export function executorOf(name: ExecutorName, options: ExecutorOptions): Executor<unknown> {
  return (name === 'exec' ? makeExec(options) : makeSemantics(options)) as Executor<unknown>;
}
