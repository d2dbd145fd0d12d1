import { useEffect, useState } from 'preact/hooks';
import { answers, models, run, selection } from '../state/state.ts';
import { search } from '../work/client.ts';
import type { ExplainAnswer, ExplainRequest } from './calls.ts';
import { condition, typed } from './state.ts';

export type Asking =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'asking'; readonly candidates: number }
  | { readonly kind: 'answered'; readonly model: string; readonly answer: ExplainAnswer }
  | { readonly kind: 'failed'; readonly message: string };

/** What the user wants explained: what was typed, or the selected outcome. Null if nothing is. */
function wanted(): ExplainRequest | null {
  const number = run.value;
  const chosen = selection.value;
  if (number === null) return null;
  if (typed.value !== null)
    return { run: number, model: chosen?.model ?? models.value[0] ?? 'wasm', outcome: { text: typed.value } };
  if (condition.value !== null)
    return { run: number, model: condition.value.model, outcome: { condition: condition.value.test } };
  if (chosen === null) return null;
  const row = answers.value.flatMap(({ outcomes }) => outcomes).find(({ key }) => key === chosen.outcome);
  return row === undefined ? null : { run: number, model: chosen.model, outcome: { key: row.key } };
}

/** Asks whenever what is wanted changes. */
export function useExplanation(): Asking {
  const request = wanted();
  const key = JSON.stringify(request);
  const [asking, setAsking] = useState<Asking>({ kind: 'nothing' });
  useEffect(() => {
    const gone = new AbortController();
    const set = (it: Asking): void => {
      if (!gone.signal.aborted) setAsking(it);
    };
    if (request === null) set({ kind: 'nothing' });
    else {
      set({ kind: 'asking', candidates: 0 });
      const tell = (candidates: number): void => set({ kind: 'asking', candidates });
      search.ask('explain', request, tell, gone.signal).then(
        (answer) => set({ kind: 'answered', model: request.model, answer }),
        (error: unknown) => set({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
      );
    }
    return () => gone.abort();
  }, [key]);
  return asking;
}
