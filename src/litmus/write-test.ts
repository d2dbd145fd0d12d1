import { known } from '../base/assert.ts';
import type { Letter, Place } from '../model/bounded/alphabet.ts';
import { valuesRead, valuesWritten } from '../model/bounded/execution.ts';
import { letterOf, placeOf } from '../model/bounded/programs.ts';
import { readSlotsOf } from '../model/bounded/reads-from.ts';
import type { BoundedExecution } from '../model/bounded/sc-drf.ts';
import type { ExpectedVerdict } from '../syntax/script.ts';

/** One event of a small execution with its values as numbers, of as many bytes as its place has; null where it has none. */
export interface ShownEvent {
  readonly thread: number;
  readonly letter: Letter;
  readonly place: Place | null;
  readonly read: number | null;
  readonly written: number | null;
}

/** What a small execution's events read and write, in the program's order. */
export function shownEvents({ program, rf }: Pick<BoundedExecution, 'program' | 'rf'>): readonly ShownEvent[] {
  const slots = readSlotsOf(program, 'all');
  const written = valuesWritten(program);
  return written.map((value, e) => {
    const letter = letterOf(program, e);
    const place = placeOf(program, e);
    const event = { thread: known(program.thread[e], 'thread'), letter, place, read: null, written: null };
    if (place === null) return event;
    const reads = letter.kind !== 'wr' ? number(valuesRead(slots, rf, written, e, place.size)) : null;
    const writes = letter.kind !== 'rd' ? number(Array.from({ length: place.size }, () => value)) : null;
    return { ...event, read: reads, written: writes };
  });
}

/** The bytes as a little-endian number. */
function number(bytes: readonly number[]): number {
  return bytes.reduce((sum, byte, k) => sum + byte * 2 ** (8 * k), 0);
}

export interface TestVerdict {
  readonly model: string;
  readonly verdict: ExpectedVerdict;
  readonly source: string;
  readonly reason: string;
}

export interface TestText {
  readonly name: string;
  /** Lines of the comment at its head. */
  readonly comment: readonly string[];
  readonly verdicts: readonly TestVerdict[];
}

/** A small execution as a litmus test: the program, and the condition that every read reads what it reads in the execution. */
export function writeTest(execution: BoundedExecution, { name, comment, verdicts }: TestText): string {
  const events = shownEvents(execution);
  const threads = execution.program.sizes.map((_, t) => events.filter(({ thread }) => thread === t));
  const functions = threads.map((thread, t) => functionText(`t${t + 1}`, thread));
  const facts = threads.flatMap((thread, t) =>
    thread.filter(({ read }) => read !== null).map(({ read }, i) => `(= T${t + 1}:0:${i} (i32.const ${read}))`),
  );
  const module = `(module $M shared\n  (memory (export "mem") 1 1 shared)\n\n${functions.join('\n\n')})`;
  const starts = threads.map((_, t) => `(thread $T${t + 1} (shared (module $M)) (invoke $M "t${t + 1}"))`);
  const waits = threads.map((_, t) => `(wait $T${t + 1})`);
  const condition = `  (exists (and ${facts.join(' ')}))`;
  const litmus = `(litmus ${JSON.stringify(name)}\n${[condition, ...verdicts.map(verdictText)].join('\n')})`;
  const parts = [comment.map((line) => `;; ${line}`).join('\n'), module, '(register "M")'];
  return `${[...parts, [...starts, ...waits].join('\n'), litmus].filter((part) => part !== '').join('\n\n')}\n`;
}

function verdictText({ model, verdict, source, reason }: TestVerdict): string {
  return `  (verdict ${JSON.stringify(model)} ${verdict} ${JSON.stringify(source)} ${JSON.stringify(reason)})`;
}

function functionText(name: string, events: readonly ShownEvent[]): string {
  const results = events.filter(({ read }) => read !== null).map(() => ' i32');
  const result = results.length === 0 ? '' : ` (result${results.join('')})`;
  return [`  (func (export "${name}") shared${result}`, ...events.map((event) => `    ${instruction(event)}`)]
    .join('\n')
    .concat(')');
}

const IMMEDIATES: Readonly<Record<Letter['order'], string>> = { init: '', unord: '', acqrel: ' acq_rel', seqcst: '' };

function instruction({ letter, place, written }: ShownEvent): string {
  const order = IMMEDIATES[letter.order];
  if (place === null) return `(atomic.fence${order})`;
  const atomic = letter.order === 'unord' ? '' : '.atomic';
  const bits = place.size === 4 ? '' : String(8 * place.size);
  const unsigned = place.size === 4 ? '' : '_u';
  const address = `${order} (i32.const ${place.offset})`;
  switch (letter.kind) {
    case 'wr':
      return `(i32${atomic}.store${bits}${address} (i32.const ${written}))`;
    case 'rmw':
      return `(i32.atomic.rmw${bits}.xchg${unsigned}${address} (i32.const ${written}))`;
    case 'rd':
    case 'fence':
      return `(i32${atomic}.load${bits}${unsigned}${address})`;
  }
}
