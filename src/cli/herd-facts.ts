import { observableOf } from '../litmus/observable.ts';
import type { HerdFacts } from '../report/herd-text.ts';
import type { Program } from '../runtime/program.ts';
import { digest } from './digest.ts';

/** What an answer in herd's form says beside the result. */
export function herdFacts(program: Program, seconds: number): HerdFacts {
  const hash = digest('md5', program.source.text);
  return { seconds, hash, threads: [...observableOf(program).threads.keys()] };
}
