import type { Span } from '../base/span.ts';
import type { ProgramCommand } from '../runtime/program.ts';
import type { ScriptLog } from '../runtime/script-state.ts';
import type { AssertionResult } from './result.ts';

interface Tally {
  readonly at: Span;
  held: number;
  failure: string | null;
}

/** How often every assertion held, and every other command that failed in some execution. A class because the counts are hidden. */
export class AssertionTallies {
  /** By where the command starts. */
  readonly #tallies: Map<number, Tally>;

  constructor(commands: readonly ProgramCommand[]) {
    this.#tallies = new Map(assertionsOf(commands).map((at) => [at.start, newTally(at)]));
  }

  /** Which assertions hold in an execution, by what its threads log, and whether one failed for the first time. */
  judge(logs: readonly ScriptLog[], times: number): { readonly held: string; readonly news: boolean } {
    let all = '';
    let news = false;
    for (const { assertions } of logs) {
      for (const { at, holds, message } of assertions) {
        const tally = this.#tallies.get(at.start) ?? newTally(at);
        this.#tallies.set(at.start, tally);
        all += `${holds ? '+' : '-'}${at.start}`;
        if (holds) tally.held += times;
        else if (tally.failure === null) {
          tally.failure = message;
          news = true;
        }
      }
    }
    return { held: all, news };
  }

  /** What is to be said after so many executions. */
  results(executions: number): readonly AssertionResult[] {
    return [...this.#tallies.values()]
      .sort((a, b) => a.at.start - b.at.start)
      .map((tally) => resultOf(tally, executions));
  }
}

/** An assertion that an execution did not reach (a deadlock, a trap elsewhere) does not hold in it. */
function resultOf({ at, held, failure }: Tally, executions: number): AssertionResult {
  const holds = held === executions && held > 0 ? 'always' : held > 0 ? 'sometimes' : 'never';
  return { at, holds, failure: holds === 'always' ? null : (failure ?? 'some executions do not reach it') };
}

function newTally(at: Span): Tally {
  return { at, held: 0, failure: null };
}

function assertionsOf(commands: readonly ProgramCommand[]): Span[] {
  return commands.flatMap((command) => {
    if (command.kind === 'thread') return assertionsOf(command.commands);
    return command.kind.startsWith('assert_') ? [command.at] : [];
  });
}
