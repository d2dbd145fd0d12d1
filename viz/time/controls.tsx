import { replayed } from '../state/replayed.ts';
import { pointed, selection } from '../state/state.ts';
import { command } from './asking.ts';
import type { Tick, TimeCommand } from './calls.ts';
import { KEYS } from './keys.ts';
import { now, order, seed } from './state.ts';
import type { Order } from './state.ts';

const BUTTONS: readonly (readonly [sign: string, name: string, command: TimeCommand])[] = [
  ['⇤', 'To the start', { kind: 'start' }],
  ['«', 'To the event before', { kind: 'previousEvent' }],
  ['‹', 'One step back', { kind: 'back' }],
  ['›', 'One step on', { kind: 'forward' }],
  ['»', 'To the next event', { kind: 'nextEvent' }],
  ['⇥', 'To the end', { kind: 'end' }],
];

/** The order of steps, the buttons, and the scrubber. */
export function Controls() {
  const it = now.value;
  return (
    <div class="time-controls no-print">
      <div class="time-bar">
        <div class="time-buttons" role="group" aria-label="Steps">
          {BUTTONS.map(([sign, name, what]) => (
            <button
              key={name}
              type="button"
              aria-label={name}
              title={name}
              disabled={it === null}
              onClick={() => void command(what)}
            >
              {sign}
            </button>
          ))}
          <button
            type="button"
            class="time-to-line"
            disabled={it === null || pointed.value === null}
            title="On until a thread comes to the line that is marked in the program"
            onClick={() => {
              const line = pointed.peek()?.line;
              if (line !== undefined) void command({ kind: 'line', line });
            }}
          >
            to line {pointed.value?.line ?? '…'}
          </button>
        </div>
        <label class="time-order">
          <span class="quiet">Order</span>
          <select
            value={order.value}
            onChange={({ currentTarget }) => {
              order.value = currentTarget.value as Order;
            }}
          >
            <option value="mine">as I choose</option>
            <option value="random">at random</option>
            <option value="selected" disabled={selection.value === null && order.value !== 'selected'}>
              of the selected execution
            </option>
            {(replayed.value !== null || order.value === 'file') && <option value="file">of the opened file</option>}
          </select>
          {order.value === 'random' && (
            <button
              type="button"
              onClick={() => {
                seed.value++;
              }}
            >
              another ({seed.value})
            </button>
          )}
        </label>
      </div>
      {it !== null && <Scrubber position={it.moment.position} length={it.moment.length} ticks={it.moment.ticks} />}
      <details class="time-keys">
        <summary class="quiet">Keys</summary>
        <dl>
          {KEYS.map(([key, what]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </details>
    </div>
  );
}

function Scrubber({ position, length, ticks }: { position: number; length: number; ticks: readonly Tick[] }) {
  const latest = ticks.findLast(({ at }) => at <= position);
  const rows = [...new Set(ticks.map(({ thread }) => thread))].toSorted((a, b) => a - b);
  return (
    <div class="time-scrubber">
      <input
        type="range"
        min={0}
        max={Math.max(1, length)}
        value={position}
        disabled={length === 0}
        aria-label="Moment"
        aria-valuetext={`step ${position} of ${length}${latest === undefined ? '' : `, after ${latest.name} ${latest.text}`}`}
        onInput={({ currentTarget }) => void command({ kind: 'seek', position: Number(currentTarget.value) })}
      />
      <div class="time-ticks" aria-hidden="true" style={{ height: `${rows.length * 0.875}rem` }}>
        {rows.map((thread, row) => (
          <span
            key={thread}
            class="time-lane"
            style={{ top: `${row * 0.875}rem`, '--thread': `var(--thread-${thread % 8})` }}
          >
            {ticks.find((tick) => tick.thread === thread)?.name}
          </span>
        ))}
        {ticks.map((tick, i) => (
          <span
            key={i}
            class="time-tick"
            data-done={tick.at <= position ? '' : undefined}
            title={`${tick.name} ${tick.text}`}
            style={{
              left: `${(tick.at / Math.max(1, length)) * 100}%`,
              top: `${rows.indexOf(tick.thread) * 0.875}rem`,
              '--thread': `var(--thread-${tick.thread % 8})`,
            }}
          />
        ))}
      </div>
      <p class="quiet time-count">
        step {position} of {length}
        {latest === undefined ? '' : ` · last event: ${latest.name} ${latest.text}`}
      </p>
    </div>
  );
}
