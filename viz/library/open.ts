import { notice } from '../state/notice.ts';
import { MINE, mine, models } from '../state/state.ts';
import { openProgram, PROGRAM } from './program.ts';

/** All that can be opened, for the browser’s own dialog. */
const KINDS = '.wast,.wat,.bex,.cat,.json';

/** Opens files: first programs and models, then replays of them. What cannot be opened is told. */
export async function openFiles(files: Iterable<File>): Promise<void> {
  const all = [...files].toSorted((a, b) => rankOf(a.name) - rankOf(b.name));
  notice.value = null;
  for (const file of all) {
    const problem = await openOne(file);
    if (problem !== null) notice.value = problem;
  }
}

function rankOf(file: string): number {
  return file.endsWith('.json') ? 1 : 0;
}

/** Why it was not opened; null if it was. */
async function openOne(file: File): Promise<string | null> {
  const content = textOf(await file.arrayBuffer());
  if (content === null) return `${file.name} is no text. The page opens programs, models (.cat) and replay files.`;
  if (file.name.endsWith('.cat')) {
    mine.value = content;
    if (!models.peek().includes(MINE)) models.value = [...models.peek(), MINE];
    return null;
  }
  if (file.name.endsWith('.json')) return (await import('./replay.ts')).openReplay(file.name, content);
  if (!PROGRAM.test(file.name) && !/^\s*(\(|;;)/.test(content))
    return `${file.name} is nothing that the page opens: programs (.wast, .wat, EMME’s .bex), models (.cat), replay files (.json).`;
  openProgram(file.name, content);
  return null;
}

function textOf(bytes: ArrayBuffer): string | null {
  try {
    const content = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return content.includes('\0') ? null : content;
  } catch {
    return null;
  }
}

/** Asks the user for files. */
export function chooseFiles(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.accept = KINDS;
  input.addEventListener('change', () => void openFiles(input.files ?? []));
  input.click();
}

/** Files that are dropped anywhere on the page are opened, not pasted into the text. */
export function takeDrops(): void {
  const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true;
  document.addEventListener(
    'dragover',
    (event) => {
      if (hasFiles(event)) event.preventDefault();
    },
    true,
  );
  document.addEventListener(
    'drop',
    (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      void openFiles(event.dataTransfer?.files ?? []);
    },
    true,
  );
}
