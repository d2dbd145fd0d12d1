import { signal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { VIEWS, view } from '../state/state.ts';
import { showsProgram, turnView } from '../state/side.ts';
import { exploreNow, interrupt } from './exploring.ts';
import { libraryIsOpen } from '../state/dialogs.ts';
import { chooseFiles } from '../library/open.ts';
import { shareLink } from './header.tsx';

const isOpen = signal(false);

/** Keys of the whole page; rooms have their own, and tell them beside what they are for. */
const KEYS: readonly (readonly [keys: string, what: string])[] = [
  ['Ctrl+Enter', 'explore the program'],
  ['Escape', 'interrupt the search'],
  ['Alt+1 … Alt+4', 'outcomes, execution, time, why'],
  ['Alt+←, Alt+→', 'the view before, after'],
  ['Alt+P', 'to the program'],
  ['Alt+E', 'examples'],
  ['Alt+O', 'open files: programs, models, replays'],
  ['Alt+S', 'a link to all of this'],
  ['Ctrl+I', 'type, share and order of what is at the cursor'],
  ['Ctrl+/, Ctrl+F', 'comment, search in the editor'],
  ['Escape, then Tab', 'leave the editor'],
  ['?', 'these keys'],
];

/** The dialog with the keys, and the keys themselves. */
export function Shortcuts() {
  const dialog = useRef<HTMLDialogElement>(null);
  // Keys are taken from the first picture on, and not only after it was painted.
  useLayoutEffect(() => {
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  useEffect(() => {
    if (isOpen.value) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen.value]);
  return (
    <dialog
      ref={dialog}
      class="app-dialog"
      aria-labelledby="keys-title"
      onClose={() => {
        isOpen.value = false;
      }}
    >
      <h2 id="keys-title">Keys</h2>
      <dl class="app-keys">
        {KEYS.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  const done = handle(event);
  if (done) event.preventDefault();
}

function handle(event: KeyboardEvent): boolean {
  const { key, altKey, ctrlKey, metaKey } = event;
  if (key === 'Enter' && (ctrlKey || metaKey)) {
    void exploreNow();
    return true;
  }
  if (key === 'Escape') {
    interrupt();
    return false;
  }
  if (altKey && !ctrlKey && !metaKey) return handleAlt(event);
  if (key === '?' && !isTyping(event.target)) {
    isOpen.value = true;
    return true;
  }
  return false;
}

function handleAlt({ key, code }: KeyboardEvent): boolean {
  const digit = /^Digit([1-4])$/.exec(code)?.[1];
  if (digit !== undefined) {
    view.value = VIEWS[Number(digit) - 1] ?? view.value;
    showsProgram.value = false;
    return true;
  }
  switch (key.startsWith('Arrow') ? key : code) {
    case 'ArrowRight':
      turnView(1);
      return true;
    case 'ArrowLeft':
      turnView(-1);
      return true;
    case 'KeyP':
      showsProgram.value = true;
      requestAnimationFrame(() =>
        document.querySelector<HTMLElement>('.app-program [contenteditable], .app-program textarea')?.focus(),
      );
      return true;
    case 'KeyE':
      libraryIsOpen.value = true;
      return true;
    case 'KeyO':
      chooseFiles();
      return true;
    case 'KeyS':
      void shareLink();
      return true;
    default:
      return false;
  }
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
