import { editorHandlers } from '../editor/handlers.ts';
import { explainHandlers } from '../explain/handlers.ts';
import { graphHandlers } from '../graph/handlers.ts';
import { outcomeHandlers } from '../outcomes/handlers.ts';
import { timeHandlers } from '../time/handlers.ts';
import { isStopped } from './calls.ts';
import type { Asked, CallName, Handler, Hello, Told } from './calls.ts';
import { Refused } from './refused.ts';

const HANDLERS: { readonly [N in CallName]: Handler<N> } = {
  ...editorHandlers,
  ...outcomeHandlers,
  ...graphHandlers,
  ...explainHandlers,
  ...timeHandlers,
};

let stop: Int32Array | null = null;
/** Calls are answered one after the other, in their order. */
let before: Promise<void> = Promise.resolve();

addEventListener('message', ({ data }: MessageEvent<Hello | Asked>) => {
  if ('stop' in data) stop = data.stop;
  else before = before.then(() => answer(data));
});

async function answer({ id, name, takes }: Asked): Promise<void> {
  const shouldStop = (): boolean => stop !== null && isStopped(stop, id);
  const tell = (what: unknown): void => postMessage({ id, kind: 'told', what } satisfies Told);
  try {
    const what = await (HANDLERS[name] as (takes: unknown, control: unknown) => unknown)(takes, { shouldStop, tell });
    postMessage({ id, kind: 'given', what } satisfies Told);
  } catch (error) {
    const kind = error instanceof Refused ? 'refused' : 'failed';
    postMessage({ id, kind, message: error instanceof Error ? error.message : String(error) } satisfies Told);
  }
}
