import { batch } from '@preact/signals';
import { replayed } from '../state/replayed.ts';
import { instance, name, pointed, readings, run, selection, text } from '../state/state.ts';
import { quick, search } from '../work/client.ts';
import type { ScheduleAsked, TimeAnswer, TimeCommand } from './calls.ts';
import { isBusy, kept, now, order, refusal, seed, tree, treeIsOpen, treeSize } from './state.ts';

/** What the walk that is under way was begun with. */
let begun = '';

/** Begins a walk whenever the program or the order is another. Reads signals: for an effect. */
export function followProgram(): void {
  const it = order.value;
  const chosen = it === 'selected' ? selection.value : null;
  const number = it === 'selected' ? run.value : null;
  const file = it === 'file' ? replayed.value : null;
  const key = JSON.stringify([
    text.value,
    instance.value,
    readings.value,
    file?.text,
    it,
    it === 'random' ? seed.value : 0,
    chosen,
    number,
  ]);
  if (key === begun) return;
  begun = key;
  if (text.value.trim() === '') return fail('There is no program yet.');
  if (it === 'file' && file === null) return fail('There is no replay file: open one first.');
  if (it === 'selected' && (chosen === null || number === null))
    return fail('Choose an outcome or a finding first: its execution is walked then.');
  isBusy.value = true;
  void begin(key);
}

async function begin(key: string): Promise<void> {
  try {
    const schedule = await scheduleAsked();
    const from = kept.peek();
    const answer = await quick.ask('timeOpen', {
      program: { name: name.peek(), text: text.peek(), instance: instance.peek() },
      readings: readings.peek(),
      schedule,
      moves: from?.moves ?? null,
      position: from?.position ?? null,
    });
    if (key !== begun) return;
    kept.value = null;
    show(answer, false);
  } catch (error) {
    if (key === begun) fail(messageOf(error));
  } finally {
    isBusy.value = false;
  }
}

/** The selected execution comes from the worker that found it, as a replay file. */
async function scheduleAsked(): Promise<ScheduleAsked> {
  const it = order.peek();
  if (it === 'mine') return { kind: 'mine' };
  if (it === 'random') return { kind: 'random', seed: seed.peek() };
  if (it === 'file') return { kind: 'replay', text: replayed.peek()?.text ?? '' };
  const [chosen, number] = [selection.peek(), run.peek()];
  if (chosen === null || number === null) throw new Error('no execution is selected');
  const { model, outcome, number: n, finding } = chosen;
  const asked = { run: number, model, outcome, number: n, finding: finding ?? null, file: null, scaffold: true };
  const { text: file } = await search.ask('exported', { ...asked, format: 'replay', shown: [] });
  return { kind: 'replay', text: file };
}

const waiting: TimeCommand[] = [];

/** Does what was asked for, one thing after the other; of several moments that wait to be gone to only the last. */
export async function command(it: TimeCommand): Promise<void> {
  if (it.kind === 'seek' && waiting.at(-1)?.kind === 'seek') waiting.pop();
  waiting.push(it);
  if (isBusy.peek()) return;
  isBusy.value = true;
  try {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const session = now.peek()?.session;
      if (session === undefined) break;
      show(await quick.ask('timeDo', { session, command: next }), true);
    }
  } catch (error) {
    fail(messageOf(error));
  } finally {
    waiting.length = 0;
    isBusy.value = false;
  }
}

function show(answer: TimeAnswer, points: boolean): void {
  batch(() => {
    now.value = answer;
    refusal.value = null;
    const { last, threads } = answer.moment;
    if (!points || last === null) return;
    // Where the thread that moved is now.
    const place = threads.find(({ id }) => id === last.thread)?.place ?? last.place;
    pointed.value = place;
  });
}

function fail(why: string): void {
  batch(() => {
    now.value = null;
    refusal.value = why;
  });
}

/** The tree around where the walk is, while somebody looks. For an effect. */
export function followTree(): void {
  const it = now.value;
  if (!treeIsOpen.value || it === null) return;
  const most = treeSize.value;
  quick.ask('timeTree', { session: it.session, most }).then(
    (answer) => {
      if (now.peek() === it) tree.value = answer;
    },
    () => {},
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
