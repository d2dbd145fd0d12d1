import { effect } from '@preact/signals';
import {
  explored,
  exploring,
  failure,
  instance,
  limits,
  mine as ownModel,
  MINE,
  models,
  name,
  readings,
  selection,
  text,
} from '../state/state.ts';
import { Interrupted } from '../work/refused.ts';
import { search } from '../work/client.ts';

/** How long the program must rest before it is explored. */
const REST = 350;

let run = 0;
/** The program is explored when it has rested. */
let rest: ReturnType<typeof setTimeout> | undefined;

/** Explores whatever is on the page whenever it has changed and rested. */
export function exploreOnChange(): void {
  effect(() => {
    const isEmpty = text.value.trim() === '';
    void [models.value, instance.value, readings.value, limits.value, models.value.includes(MINE) && ownModel.value];
    clearTimeout(rest);
    if (isEmpty) {
      interrupt();
      run++;
      explored.value = null;
      exploring.value = { kind: 'idle' };
    } else rest = setTimeout(() => void exploreNow(), REST);
  });
}

/** Ends the search that is under way, and does not begin the one that would follow what was just typed. */
export function interrupt(): void {
  if (exploring.peek().kind === 'running') clearTimeout(rest);
  search.interrupt();
}

/** Explores what is on the page; what was under way is ended and forgotten. */
export async function exploreNow(): Promise<void> {
  search.interrupt();
  const mine = ++run;
  const of = text.peek();
  const asked = models.peek();
  failure.value = null;
  exploring.value = { kind: 'running', model: asked[0] ?? '', executions: 0, since: performance.now() };
  try {
    const answer = await search.ask(
      'explore',
      {
        name: name.peek(),
        text: of,
        instance: instance.peek(),
        models: asked,
        mine: ownModel.peek(),
        readings: readings.peek(),
        strategy: 'auto',
        limits: limits.peek(),
      },
      (news) => {
        if (mine !== run || exploring.value.kind !== 'running') return;
        if (news.kind === 'progress') {
          exploring.value = { ...exploring.value, model: news.model, executions: news.executions };
          return;
        }
        const { answer } = news;
        if (answer.kind !== 'explored') return;
        const next = asked[answer.answers.length + answer.broken.length];
        if (next === undefined) return;
        // What one model says is shown while the next is asked.
        exploring.value = { ...exploring.value, model: next, executions: 0, since: performance.now() };
        explored.value = { answer, of };
      },
    );
    if (mine !== run) return;
    explored.value = { answer, of };
    forgetLostSelection();
  } catch (error) {
    if (mine !== run) return;
    failure.value =
      error instanceof Interrupted
        ? 'Interrupted. This page may not share memory with its worker, so what was found until then is lost.'
        : error instanceof Error
          ? error.message
          : String(error);
  } finally {
    if (mine === run) exploring.value = { kind: 'idle' };
  }
}

/** An execution that no longer exists is no longer looked at; an outcome that its model forbids is one of another model. */
function forgetLostSelection(): void {
  const chosen = selection.peek();
  const answer = explored.peek()?.answer;
  if (chosen === null || answer?.kind !== 'explored') return;
  const { model, outcome, finding } = chosen;
  const own = answer.answers.find((one) => one.model === model);
  const isThere =
    finding === undefined
      ? answer.answers.some(({ outcomes }) => outcomes.some(({ key }) => key === outcome))
      : own?.findings[finding] !== undefined;
  if (own === undefined || !isThere) selection.value = null;
}
