import { signal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { name, selection, text, view } from '../state/state.ts';
import { libraryIsOpen } from '../state/dialogs.ts';
import { byFamily, examples, matching } from './index.ts';
import type { Example } from './index.ts';
import './library.css';

const search = signal('');

/** The examples, by family, with a search; a chosen one becomes the program, which can be undone in the editor. */
export function Library() {
  const dialog = useRef<HTMLDialogElement>(null);
  const all = useMemo(examples, []);
  const found = matching(all, search.value);
  const families = byFamily(found);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      class="library"
      aria-labelledby="library-title"
      onClose={() => {
        libraryIsOpen.value = false;
      }}
    >
      <div class="library-head">
        <h2 id="library-title">Examples</h2>
        <input
          type="search"
          // biome-ignore lint/a11y/noAutofocus: a dialog’s first field
          autoFocus
          placeholder={`Search ${all.length}: names, words, “wasm forbidden” …`}
          aria-label="Search examples"
          value={search.value}
          onInput={({ currentTarget }) => {
            search.value = currentTarget.value;
          }}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return;
            event.preventDefault();
            dialog.current?.querySelector<HTMLElement>('.library-one')?.focus();
          }}
        />
        <FileChoice />
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
                  <button type="button" class="plain library-one" onClick={() => open(one.name, one.text)}>
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
    </dialog>
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

/** A program from the user’s disk. */
function FileChoice() {
  return (
    <label class="button library-file">
      Open a file
      <input
        type="file"
        class="unseen"
        accept=".wast,.wat"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file !== undefined) void openFile(file);
        }}
      />
    </label>
  );
}

/** Makes a file’s text the program. */
async function openFile(file: File): Promise<void> {
  open(file.name, await file.text());
}

function open(called: string, program: string): void {
  name.value = called.includes('.') ? called : `${called}.wast`;
  selection.value = null;
  view.value = 'outcomes';
  text.value = program;
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
