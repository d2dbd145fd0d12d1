import type { ByteCell, ByteRow, ByteView } from './calls.ts';
import { hovered } from './state.ts';

/** Bytes as columns: who wrote each byte that is read. A writer has a letter, and a colour beside it. */
export function BytesTable({ view }: { readonly view: ByteView }) {
  const { name, first, last, rows } = view;
  const letters = lettersOf(rows);
  const offsets = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return (
    <section class="graph-bytes" aria-label={`Bytes ${first} to ${last} of ${name}`}>
      <h2>
        Bytes of <code>{name}</code>
      </h2>
      <div class="graph-scroll" tabIndex={0} role="group" aria-label={`Table of the bytes of ${name}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Event</th>
              {offsets.map((offset) => (
                <th key={offset} scope="col" class="graph-offset">
                  {offset}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, r) => (
              <tr
                key={r}
                data-kind={row.kind}
                onPointerEnter={() => (hovered.value = { kind: 'event', id: row.event })}
                onPointerLeave={() => (hovered.value = null)}
              >
                <th scope="row">
                  {letters[r] === undefined ? null : <Letter writer={r} letter={letters[r]} />}
                  {row.kind === 'initially' ? 'initially' : `${row.name} ${row.kind}`}
                </th>
                {row.cells.map((cell, i) => (
                  <Cell key={i} cell={cell} row={row} index={r} letters={letters} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function lettersOf(rows: readonly ByteRow[]): readonly (string | undefined)[] {
  let n = 0;
  return rows.map(({ kind }) => (kind === 'reads' ? undefined : String.fromCharCode(97 + (n++ % 26))));
}

function Letter({ writer, letter }: { readonly writer: number; readonly letter: string }) {
  return (
    <span class="graph-letter" style={{ '--writer': `var(--thread-${writer % 8})` }}>
      {letter}
    </span>
  );
}

interface CellProps {
  readonly cell: ByteCell | null;
  readonly row: ByteRow;
  readonly index: number;
  readonly letters: readonly (string | undefined)[];
}

function Cell({ cell, row, index, letters }: CellProps) {
  if (cell === null) return <td class="graph-untouched" />;
  const writer = row.kind === 'reads' || row.kind === 'updates' ? cell.writer : index;
  const letter = writer === null ? undefined : letters[writer];
  const text = cell.written === null ? hex(cell.value) : `${hex(cell.value)}→${hex(cell.written)}`;
  return (
    <td
      class="graph-byte"
      style={writer === null ? undefined : { '--writer': `var(--thread-${writer % 8})` }}
      data-reads={row.kind === 'reads' ? '' : undefined}
    >
      {text}
      {letter === undefined ? null : <sub>{letter}</sub>}
    </td>
  );
}

function hex(value: number): string {
  return value.toString(16).padStart(2, '0');
}
