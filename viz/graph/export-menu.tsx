import { useEffect, useRef, useState } from 'preact/hooks';
import { run, selection } from '../state/state.ts';
import { search } from '../work/client.ts';
import { askedOf } from './asking.ts';
import type { Format } from './calls.ts';
import { shown } from './state.ts';

type Choice = Format | 'png';

const CHOICES: readonly { readonly format: Choice; readonly name: string; readonly about: string }[] = [
  { format: 'svg', name: 'SVG', about: 'the picture, with what is shown now' },
  { format: 'png', name: 'PNG', about: 'the same in pixels' },
  { format: 'tikz', name: 'TikZ', about: 'for papers' },
  { format: 'dot', name: 'DOT', about: 'for Graphviz' },
  { format: 'replay', name: 'Replay file', about: 'for weft explore --replay' },
  { format: 'wast', name: 'The program', about: 'as a .wast file' },
];

/** Files made of the execution. */
export function ExportMenu() {
  const [failure, setFailure] = useState<string | null>(null);
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event): void => {
      const it = menu.current;
      if (it !== null && !it.contains(event.target as Node)) it.open = false;
    };
    document.addEventListener('pointerdown', close);
    return () => document.removeEventListener('pointerdown', close);
  }, []);
  const save = async (format: Choice): Promise<void> => {
    if (menu.current !== null) menu.current.open = false;
    try {
      await exportAs(format);
      setFailure(null);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <details
      class="graph-export"
      ref={menu}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || menu.current?.open !== true) return;
        menu.current.open = false;
        menu.current.querySelector('summary')?.focus();
        event.stopPropagation();
      }}
    >
      <summary class="button">Export</summary>
      <ul>
        {CHOICES.map(({ format, name, about }) => (
          <li key={format}>
            <button type="button" class="plain" onClick={() => void save(format)}>
              {name} <span class="quiet">{about}</span>
            </button>
          </li>
        ))}
      </ul>
      {failure === null ? null : <p role="alert">{failure}</p>}
    </details>
  );
}

async function exportAs(choice: Choice): Promise<void> {
  const [it, number] = [selection.peek(), run.peek()];
  if (it === null || number === null) return;
  const format = choice === 'png' ? 'svg' : choice;
  const { file, text } = await search.ask('exported', { ...askedOf(it, number), format, shown: [...shown.peek()] });
  if (choice === 'png') download(file.replace(/svg$/, 'png'), await pngOf(text));
  else download(file, new Blob([text], { type: choice === 'svg' ? 'image/svg+xml' : 'text/plain' }));
}

/** Pixels of the picture for one of its own. */
const SCALE = 2;

async function pngOf(svg: string): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.naturalWidth * SCALE, image.naturalHeight * SCALE];
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('This browser cannot make pictures.');
    context.scale(SCALE, SCALE);
    context.drawImage(image, 0, 0);
    return await new Promise((give, fail) =>
      canvas.toBlob((blob) => (blob === null ? fail(new Error('The picture is too large.')) : give(blob)), 'image/png'),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}

function download(file: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
