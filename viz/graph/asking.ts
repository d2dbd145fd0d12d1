import { batch, computed, effect } from '@preact/signals';
import { answers, explored, exploring, run, selection, view } from '../state/state.ts';
import type { Selection } from '../state/state.ts';
import { replayed } from '../state/replayed.ts';
import { quick, search } from '../work/client.ts';
import { Interrupted } from '../work/refused.ts';
import type { ExecutionAnswer, ExecutionAsked } from './calls.ts';
import {
  arranged,
  chosen,
  drawn,
  edges,
  fault,
  figure,
  isWaiting,
  kept,
  moves,
  own,
  ownWanted,
  previous,
  refusal,
  scaffold,
  focused,
  hovered,
  stop,
} from './state.ts';

/** What is asked of the worker for a selection. */
export function askedOf(it: Selection, number: number): ExecutionAsked {
  const { model, outcome, finding = null } = it;
  const file = it.file === true ? (replayed.value?.text ?? null) : null;
  return { run: number, model, outcome, number: it.number, finding, file, scaffold: scaffold.value };
}

function keyOf({ run: number, model, outcome, number: n, finding, file, scaffold: all }: ExecutionAsked): string {
  return JSON.stringify([number, model, outcome, n, finding, file, all]);
}

/** Whether hb or tot is shown, whose edges are made once they are. */
const wantsOrders = computed(() => chosen.value['hb'] === true || chosen.value['tot'] === true);

/** The latest thing asked: what comes of those before is left. `orders` says whether hb and tot were asked for. */
let latest: { readonly key: string; readonly orders: boolean } | null = null;

/** Whether the picture was on the page when it last was asked what to draw. */
let isOpen = false;

/** Asks for the execution that is selected, and draws it, while this is what the page shows: at once, not when the room has been built. */
effect(() => {
  if (view.value === 'execution') followSelection();
  else isOpen = false;
});

let isWarm = false;

/**
 * One execution is asked for ahead, and left, once the first exploration has ended and while its outcomes are read: whoever then asks for a picture finds the worker’s code compiled.
 * The first picture of two hundred events takes a fifth to a third less time then (`npm run bench -- page`).
 */
effect(() => {
  if (isWarm || view.value !== 'outcomes' || exploring.value.kind !== 'idle' || run.value === null) return;
  const shown = answers.value.flatMap(({ model, outcomes }) =>
    outcomes.filter(({ hasWitness }) => hasWitness).map(({ key }) => ({ model, outcome: key, number: 0 })),
  );
  if (shown[0] === undefined) return;
  isWarm = true;
  search.ask('execution', { ...askedOf(shown[0], run.value), chosen: chosen.peek() }).catch(() => {});
});

function followSelection(): void {
  const wasOpen = isOpen;
  isOpen = true;
  const [it, number] = [selection.value, run.value];
  if (it === null || number === null) {
    latest = null;
    batch(() => {
      drawn.value = null;
      refusal.value = null;
      isWaiting.value = false;
    });
    return;
  }
  const asked = askedOf(it, number);
  const mine = { key: keyOf(asked), orders: wantsOrders.value };
  if (mine.key === latest?.key && (latest.orders || !mine.orders)) return;
  latest = mine;
  batch(() => {
    isWaiting.value = true;
    // Of what somebody saw the picture stays until the next one is there.
    const old = drawn.peek();
    if (wasOpen || old === null || old.key === mine.key) return;
    previous.value = old;
    drawn.value = null;
  });
  const began = performance.now();
  search.ask('execution', { ...asked, chosen: chosen.peek() }).then(
    (answer) => {
      if (latest !== mine) return;
      take(asked, answer);
      measure('execution answered', began, performance.now());
      requestAnimationFrame(() => setTimeout(() => measure('execution drawn', began, performance.now())));
    },
    (error: unknown) => {
      if (latest !== mine) return;
      batch(() => {
        drawn.value = null;
        isWaiting.value = false;
        refusal.value = messageOf(error);
      });
      latest = null;
    },
  );
}

function take(asked: ExecutionAsked, answer: ExecutionAnswer): void {
  const old = drawn.peek();
  const witness = keyOf({ ...asked, number: answer.number, scaffold: true });
  const key = keyOf({ ...asked, number: answer.number });
  const selected = selection.peek();
  // There are not as many executions as was thought.
  if (latest !== null && answer.number !== asked.number && selected !== null) {
    latest = { ...latest, key };
    selection.value = { ...selected, number: answer.number };
  }
  batch(() => {
    if (old !== null && old.witness !== witness) previous.value = old;
    const program = explored.peek()?.of ?? '';
    // Executions of different programs have nothing to be compared by.
    for (const one of [previous, kept]) if (one.peek()?.program !== program) one.value = null;
    drawn.value = { answer, key, witness, program, label: labelOf(asked, answer) };
    refusal.value = null;
    isWaiting.value = false;
    // The same picture with more relations: what somebody did to it stays, and edges of the model's file are arranged with the others.
    if (old?.key === key && own.peek() !== null) return;
    arranged.value = { key, it: answer.arrangement };
    if (old?.key === key) return;
    moves.value = new Map();
    own.value = null;
    hovered.value = null;
    focused.value = null;
    stop.value = null;
    fault.value = null;
  });
}

/** For the browser's own tools, and for tests. */
function measure(what: string, start: number, end: number): void {
  performance.measure(what, { start, end });
}

const MOST_LABEL = 44;

function labelOf({ model, finding, file }: ExecutionAsked, { number, data: it }: ExecutionAnswer): string {
  if (file !== null) return `the opened file’s (${model})`;
  if (finding !== null) return `finding ${finding + 1} (${model})`;
  const values = it.figure.outcome.map((part) => part.replace(/ = i(32|64) /, ' = ')).join(', ');
  const shown = values.length > MOST_LABEL ? `${values.slice(0, MOST_LABEL - 1)}…` : values;
  return `execution ${number + 1} of ${shown} (${model})`;
}

function messageOf(error: unknown): string {
  if (error instanceof Interrupted) return 'The search was interrupted.';
  return error instanceof Error ? error.message : String(error);
}

/** Asks for the relations of the model's file, once they are wanted. For an effect. */
export function followOwn(): void {
  const it = drawn.value;
  const [selected, number] = [selection.peek(), run.peek()];
  if (!ownWanted.value || it === null || own.value !== null || selected === null || number === null) return;
  search.ask('ownRelations', askedOf(selected, number)).then(
    (answer) => {
      if (drawn.peek()?.key === it.key) own.value = answer;
    },
    (error: unknown) => {
      if (drawn.peek()?.key !== it.key) return;
      own.value = { relations: [], edges: [] };
      fault.value = `The model’s own relations cannot be shown: ${messageOf(error)}`;
    },
  );
}

let asked = 0;

/** Arranges what is drawn anew when other relations are shown. For an effect. */
export function followRelations(): void {
  const it = drawn.value;
  const wanted = edges.value;
  const events = figure.value;
  if (it === null || events === null) return;
  const { columns, initial, nodes } = events;
  const placed = arranged.peek();
  const isPlaced = placed?.key === it.key && placed.it.boxes.length === initial.length + nodes.length;
  if (isPlaced && isArranged(placed.it.edges, wanted)) return;
  const mine = ++asked;
  quick.ask('arrange', { figure: { columns, initial, nodes }, edges: wanted }).then(
    (answer) => {
      if (mine !== asked || drawn.peek()?.key !== it.key) return;
      arranged.value = { key: it.key, it: answer };
      fault.value = null;
    },
    (error: unknown) => {
      if (mine === asked && drawn.peek()?.key === it.key)
        fault.value = `The picture cannot be arranged for these relations: ${messageOf(error)}`;
    },
  );
}

function isArranged(placed: readonly { readonly id: string }[], wanted: readonly { readonly id: string }[]): boolean {
  if (placed.length !== wanted.length) return false;
  const ids = new Set(placed.map(({ id }) => id));
  return wanted.every(({ id }) => ids.has(id));
}
