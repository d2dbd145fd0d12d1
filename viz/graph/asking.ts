import { batch } from '@preact/signals';
import { run, selection } from '../state/state.ts';
import type { Selection } from '../state/state.ts';
import { quick, search } from '../work/client.ts';
import { Interrupted } from '../work/refused.ts';
import type { ExecutionAnswer, ExecutionAsked } from './calls.ts';
import {
  arranged,
  data,
  drawn,
  edges,
  isWaiting,
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
  const { model, outcome } = it;
  return { run: number, model, outcome, number: it.number, finding: it.finding ?? null, scaffold: scaffold.value };
}

function keyOf({ run: number, model, outcome, number: n, finding, scaffold: all }: ExecutionAsked): string {
  return JSON.stringify([number, model, outcome, n, finding, all]);
}

/** The latest thing asked: what comes of those before is left. */
let latest = '';

/** Asks for the execution that is selected, and draws it. Reads signals: for an effect. */
export function followSelection(): void {
  const [it, number] = [selection.value, run.value];
  if (it === null || number === null) {
    latest = '';
    batch(() => {
      drawn.value = null;
      refusal.value = null;
      isWaiting.value = false;
    });
    return;
  }
  const asked = askedOf(it, number);
  const key = keyOf(asked);
  if (key === latest) return;
  latest = key;
  isWaiting.value = true;
  const began = performance.now();
  search.ask('execution', asked).then(
    (answer) => {
      if (latest !== key) return;
      batch(() => {
        const old = drawn.peek();
        const label = labelOf(asked, answer);
        const witness = keyOf({ ...asked, number: answer.number, scaffold: true });
        const realKey = keyOf({ ...asked, number: answer.number });
        if (old !== null && old.witness !== witness) previous.value = old;
        drawn.value = { answer, key: realKey, witness, label };
        arranged.value = { key: realKey, it: answer.arrangement };
        moves.value = new Map();
        own.value = null;
        hovered.value = null;
        focused.value = null;
        stop.value = null;
        refusal.value = null;
        isWaiting.value = false;
      });
      measure('execution answered', began, performance.now());
      requestAnimationFrame(() => setTimeout(() => measure('execution drawn', began, performance.now())));
    },
    (error: unknown) => {
      if (latest !== key) return;
      batch(() => {
        drawn.value = null;
        isWaiting.value = false;
        refusal.value = error instanceof Interrupted ? 'The search was interrupted.' : messageOf(error);
      });
      latest = '';
    },
  );
}

/** For the browser's own tools, and for tests. */
function measure(what: string, start: number, end: number): void {
  performance.measure(what, { start, end });
}

const MOST_LABEL = 44;

function labelOf({ model, finding }: ExecutionAsked, { number, data: it }: ExecutionAnswer): string {
  if (finding !== null) return `finding ${finding + 1} (${model})`;
  const values = it.figure.outcome.map((part) => part.replace(/ = i(32|64) /, ' = ')).join(', ');
  const shown = values.length > MOST_LABEL ? `${values.slice(0, MOST_LABEL - 1)}…` : values;
  return `execution ${number + 1} of ${shown} (${model})`;
}

function messageOf(error: unknown): string {
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
    () => {
      if (drawn.peek()?.key === it.key) own.value = { relations: [], edges: [] };
    },
  );
}

let asked = 0;

/** Arranges what is drawn anew when other relations are shown. For an effect. */
export function followRelations(): void {
  const it = drawn.value;
  const wanted = edges.value;
  const figure = data.value?.figure;
  if (it === null || figure === undefined) return;
  const placed = arranged.peek();
  if (placed?.key === it.key && isArranged(placed.it.edges, wanted)) return;
  const mine = ++asked;
  const { columns, initial, nodes } = figure;
  quick.ask('arrange', { figure: { columns, initial, nodes }, edges: wanted }).then(
    (answer) => {
      if (mine === asked && drawn.peek()?.key === it.key) arranged.value = { key: it.key, it: answer };
    },
    () => {},
  );
}

function isArranged(placed: readonly { readonly id: string }[], wanted: readonly { readonly id: string }[]): boolean {
  if (placed.length !== wanted.length) return false;
  const ids = new Set(placed.map(({ id }) => id));
  return wanted.every(({ id }) => ids.has(id));
}
