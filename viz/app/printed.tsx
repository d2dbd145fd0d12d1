import { signal } from '@preact/signals';
import { models, name, readings, text } from '../state/state.ts';
import './printed.css';

/** Whether the page is being printed. */
const isPrinting = signal(false);
const printing = matchMedia('print');
printing.addEventListener('change', ({ matches }) => (isPrinting.value = matches));
addEventListener('beforeprint', () => (isPrinting.value = true));
addEventListener('afterprint', () => (isPrinting.value = false));

/** On paper: what the program is called, under what it was explored, and the whole of it, of which the editor has the lines in sight only. */
export function Printed() {
  if (!isPrinting.value) return null;
  const changed = Object.entries(readings.value).map(([key, value]) => `${key}=${value}`);
  return (
    <section class="printed" aria-label="Printed program">
      <h1>{name.value}</h1>
      <p class="quiet">{[`explored under ${models.value.join(', ')}`, ...changed].join('; ')}</p>
      <ol>
        {text.value
          .trimEnd()
          .split('\n')
          .map((line, i) => (
            <li key={`${i} ${line}`}>
              <code>{line}</code>
            </li>
          ))}
      </ol>
    </section>
  );
}
