import { showOwnModel } from '../editor/own.ts';
import { MINE } from '../state/state.ts';
import type { BrokenModel } from './calls.ts';

/** Models under which nothing was explored, why, and where in the user’s own that is. */
export function Broken({ models }: { models: readonly BrokenModel[] }) {
  if (models.length === 0) return null;
  return (
    <ul class="outcomes-broken" aria-label="Models that were left out">
      {models.map(({ model, message, place }) => (
        <li key={model}>
          <span aria-hidden="true">✗</span> Nothing was explored under <strong>{model}</strong>: {message}.{' '}
          {model === MINE && place !== null && (
            <button type="button" class="plain findings-place" onClick={() => showOwnModel(place.line, place.column)}>
              Show line {place.line}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
