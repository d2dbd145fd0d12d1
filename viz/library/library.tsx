import { signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { Modal } from '../app/modal.tsx';
import { text } from '../state/state.ts';
import { libraryIsOpen } from '../state/dialogs.ts';
import { byFamily, examples, matching } from './index.ts';
import type { Example } from './index.ts';
import { openProgram, saveProgram } from './program.ts';
import './library.css';

const search = signal('');

/** The examples, by family, with a search; a chosen one becomes the program, which can be undone in the editor. */
export function Library() {
  const all = useMemo(examples, []);
  const found = matching(all, search.value);
  const families = byFamily(found);
  return (
    <Modal class="library" title="library-title" isOpen={libraryIsOpen}>
      <div class="library-head">
        <h2 id="library-title">Examples</h2>
        <input
          type="search"
          placeholder={`Search ${all.length}: names, words, “wasm forbidden” …`}
          aria-label="Search examples"
          value={search.value}
          onInput={({ currentTarget }) => {
            search.value = currentTarget.value;
          }}
          onKeyDown={(event) => {
            const first = found[0];
            if (event.key === 'Enter' && first !== undefined && search.value.trim() !== '') open(first);
            else if (event.key === 'ArrowDown') document.querySelector<HTMLElement>('.library-one')?.focus();
            else return;
            event.preventDefault();
          }}
        />
        <button type="button" disabled={text.value === ''} onClick={saveProgram}>
          Save the program
        </button>
        <form method="dialog">
          <button type="submit" class="plain">
            Close
          </button>
        </form>
      </div>
      <p class="unseen" role="status">
        {found.length} examples
      </p>
      <div class="library-list" onKeyDown={step}>
        {[...families].map(([family, ones]) => (
          <section key={family} aria-label={family}>
            <h3 class="library-family">
              {family} <span class="quiet">{ones.length}</span>
            </h3>
            <ul>
              {ones.map((one) => (
                <li key={one.name}>
                  <button type="button" class="plain library-one" onClick={() => open(one)}>
                    <span class="library-name">{one.name}</span>
                    <span class="library-about quiet">{one.about}</span>
                    <Said of={one} />
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {found.length === 0 && <p class="quiet">No example has all of these words.</p>}
      </div>
    </Modal>
  );
}

function Said({ of: { verdicts } }: { of: Example }) {
  const wasm = verdicts.find(({ model }) => model === 'wasm') ?? verdicts[0];
  if (wasm === undefined) return null;
  return (
    <span class={`library-verdict library-${wasm.verdict}`}>
      {wasm.model} {wasm.verdict}
    </span>
  );
}

function open({ name, text }: Example): void {
  openProgram(name, text);
  libraryIsOpen.value = false;
}

/** Arrow keys go from one example to the next. */
function step(event: KeyboardEvent): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by === undefined || !(event.currentTarget instanceof HTMLElement)) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('.library-one')];
  const at = all.findIndex((one) => one === document.activeElement);
  event.preventDefault();
  all[at + by]?.focus();
}
