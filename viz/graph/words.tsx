import { useState } from 'preact/hooks';
import { plainText } from '../../src/report/draw/labels.ts';
import { data, edges, relations } from './state.ts';

/** The picture in words, once somebody wants them: of a large one they are many. */
export function Words() {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="graph-words" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>In words</summary>
      {isOpen ? <AllWords /> : null}
    </details>
  );
}

/** Events thread by thread, then the edges that are shown. */
function AllWords() {
  const it = data.value;
  if (it === null) return null;
  const { figure } = it;
  const names = new Map(relations.value.map(({ id, name }) => [id, name]));
  return (
    <>
      {figure.initial.map((node) => (
        <p key={node.event.id}>Initially {node.lines.map(plainText).join(', ')}.</p>
      ))}
      {figure.columns.map(({ name, thread }, c) => (
        <section key={thread}>
          <h2>{name}</h2>
          <ol>
            {figure.nodes
              .filter(({ column }) => column === c)
              .map((node) => (
                <li key={node.event.id}>
                  {node.lines.map(plainText).join(', ')}
                  {node.mark === null ? null : ` (${node.mark})`}
                  {node.site === '' ? null : <span class="quiet"> {node.site}</span>}
                </li>
              ))}
          </ol>
        </section>
      ))}
      <h2>Edges</h2>
      <ul>
        {edges.value.map((edge) => (
          <li key={edge.id}>
            <strong>{names.get(edge.of) ?? edge.kind}</strong> {edge.why}
          </li>
        ))}
      </ul>
    </>
  );
}
