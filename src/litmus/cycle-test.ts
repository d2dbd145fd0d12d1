import type { AccessOrder, Cycle, CycleAccess } from './cycles.ts';

const IMMEDIATES: Readonly<Record<AccessOrder, string>> = { un: '', acqrel: ' acq_rel', sc: ' seq_cst' };

/** A cycle as a litmus script: place p is the word at 4 × p; the condition is that the whole cycle happens. */
export function cycleTest({ name, threads, finals }: Cycle): string {
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
    ...[...finals.values()].map((value, i) => is(`main:0:${i}`, value)),
  ];
  return `(module $M shared
  (memory (export "mem") 1 1 shared)

${functions.join('\n\n')})

(register "M")

${[...starts, ...waits, ...(finals.size > 0 ? ['(invoke $M "final")'] : [])].join('\n')}

(litmus "${name}"
  (exists (and ${condition.join(' ')})))
`;
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
  return reads.map(({ value }, i) => is(`T${thread}:0:${i}`, value));
}

function is(observation: string, value: number): string {
  return `(= ${observation} (i32.const ${value}))`;
}
