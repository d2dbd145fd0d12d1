import type { AccessOrder, Cycle, CycleAccess } from './cycles.ts';

const IMMEDIATES: Readonly<Record<AccessOrder, string>> = { un: '', acqrel: ' acq_rel', sc: ' seq_cst' };

/** What a model says of a cycle: its verdict, and all outcomes by observation, each value as outcomes show it. */
export interface CycleAnswer {
  readonly model: string;
  readonly verdict: 'allowed' | 'forbidden';
  readonly outcomes: readonly ReadonlyMap<string, string>[];
}

/**
 * A cycle as a litmus script: place p is the word at 4 × p; the condition is that the whole cycle happens. `answers` are written as
 * verdicts and whole sets of outcomes; `source` says whose they are.
 */
export function cycleTest({ name, threads, finals }: Cycle, answers: readonly CycleAnswer[] = [], source = ''): string {
  const functions = threads.map((accesses, i) => threadFunction(`t${i}`, accesses));
  const finalReads = [...finals.keys()].map((place) => `(i32.load (i32.const ${4 * place}))`);
  if (finals.size > 0) {
    const results = ` (result${' i32'.repeat(finals.size)})`;
    functions.push(`  (func (export "final") shared${results}\n    ${finalReads.join('\n    ')})`);
  }
  const starts = threads.map((_, i) => `(thread $T${i} (shared (module $M)) (invoke $M "t${i}"))`);
  const waits = threads.map((_, i) => `(wait $T${i})`);
  const condition = [
    ...threads.flatMap(readValues),
    ...[...finals.values()].map((value, i) => is(`main:0:${i}`, `i32 ${value}`)),
  ];
  return `(module $M shared
  (memory (export "mem") 1 1 shared)

${functions.join('\n\n')})

(register "M")

${[...starts, ...waits, ...(finals.size > 0 ? ['(invoke $M "final")'] : [])].join('\n')}

(litmus "${name}"
  (exists (and ${condition.join(' ')}))${answers.map((answer) => answerText(answer, source)).join('')})
`;
}

function answerText({ model, verdict, outcomes }: CycleAnswer, source: string): string {
  const sets = new Set(
    outcomes.map(
      (values) => `(outcome ${[...values].map(([observation, value]) => is(observation, value)).join(' ')})`,
    ),
  );
  return `
  (verdict "${model}" ${verdict} "${source}")
  (outcomes "${model}" "${source}"
    ${[...sets].sort().join('\n    ')})`;
}

function threadFunction(name: string, accesses: readonly CycleAccess[]): string {
  const reads = accesses.filter(({ kind }) => kind === 'read');
  const results = reads.length > 0 ? ` (result${' i32'.repeat(reads.length)})` : '';
  return `  (func (export "${name}") shared${results}\n    ${accesses.map(instruction).join('\n    ')})`;
}

function instruction({ kind, place, order, value }: CycleAccess): string {
  const atomic = order === 'un' ? '' : '.atomic';
  const address = `${IMMEDIATES[order]} (i32.const ${4 * place})`;
  return kind === 'read' ? `(i32${atomic}.load${address})` : `(i32${atomic}.store${address} (i32.const ${value}))`;
}

function readValues(accesses: readonly CycleAccess[], thread: number): string[] {
  const reads = accesses.filter(({ kind }) => kind === 'read');
  return reads.map(({ value }, i) => is(`T${thread}:0:${i}`, `i32 ${value}`));
}

/** `value` as outcomes show it: `i32 1`. */
function is(observation: string, value: string): string {
  return `(= ${observation} (${value.replace(' ', '.const ')}))`;
}
