import { createHash } from 'node:crypto';
import { observableOf } from '../litmus/observable.ts';
import type { HerdFacts } from '../report/herd-text.ts';
import type { Program } from '../runtime/program.ts';

/** What an answer in herd's form says beside the result. */
export function herdFacts(program: Program, seconds: number): HerdFacts {
  const hash = createHash('md5').update(program.source.text).digest('hex');
  return { seconds, hash, threads: [...observableOf(program).threads.keys()] };
}
