import type { Moment, SeenCell } from './calls.ts';

/** The shared state, and what each thread last saw of it. */
export function Shared({ moment: { shared, threads, queues, more } }: { moment: Moment }) {
  const columns = threads.flatMap(({ id, name }, t) =>
    shared.some(({ seen }) => (seen[t] ?? null) !== null) ? [{ id, name, t }] : [],
  );
  return (
    <section class="time-shared" aria-labelledby="time-shared-title">
      <h2 id="time-shared-title">Shared state</h2>
      {shared.length === 0 ? (
        <p class="quiet">No thread has used any of it yet.</p>
      ) : (
        <div class="time-scroll" tabIndex={0} role="region" aria-label="Shared state, place by place">
          <table>
            <thead>
              <tr>
                <th scope="col">place</th>
                <th scope="col">value</th>
                <th scope="col">bytes</th>
                {columns.map(({ id, name }) => (
                  <th key={id} scope="col" style={{ '--thread': `var(--thread-${id % 8})` }}>
                    <span class="time-thread">{name}</span> knows
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shared.map((row, i) => (
                <tr key={i} data-new={row.isNew ? '' : undefined}>
                  <th scope="row">
                    <code>{row.place}</code> <small class="quiet">{row.type}</small>
                  </th>
                  <td>
                    <code>{row.value ?? '—'}</code> {row.by !== null && <small class="quiet">by {row.by}</small>}
                    {row.isNew && <span class="unseen"> new</span>}
                  </td>
                  <td>
                    <code class="quiet">{row.bytes}</code>
                  </td>
                  {columns.map(({ id, t }) => (
                    <td key={id}>
                      <Seen it={row.seen[t] ?? null} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {more > 0 && <p class="quiet">{more} more places are not shown.</p>}
      {queues.map(({ place, waiting }) => (
        <p key={place}>
          Asleep at <code>{place}</code>: {waiting.join(', then ')}.
        </p>
      ))}
    </section>
  );
}

function Seen({ it }: { it: SeenCell | null }) {
  if (it === null) return <span class="quiet">·</span>;
  return (
    <span class="time-seen" data-latest={it.isLatest ? '' : undefined}>
      {it.kind} <code>{it.value}</code>
      {it.stale ? <mark> stale</mark> : !it.isLatest && <small> since changed</small>}
    </span>
  );
}
