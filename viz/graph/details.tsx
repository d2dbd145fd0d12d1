import type { EventId } from '../../src/event/execution.ts';
import type { Detail, GraphEdge } from './calls.ts';
import { Sample } from './legend.tsx';
import { active, detailOf, differences, edgeOf, edges, focused, other, relations } from './state.ts';

/** Whether there is no pointer but fingers. */
const hasFingers = matchMedia('(hover: none)').matches;

/** What is pointed at, in words: why an edge is there, what an event does. */
export function Details() {
  const it = active.value;
  const edge = it?.kind === 'edge' ? edgeOf.value.get(it.id) : undefined;
  const detail = it?.kind === 'event' ? detailOf.value.get(it.id) : undefined;
  return (
    <div class="graph-details" role="status" aria-live="polite">
      {edge !== undefined ? <EdgeWords edge={edge} /> : null}
      {detail !== undefined ? <EventWords detail={detail} /> : null}
      {edge === undefined && detail === undefined ? (
        <p class="quiet">
          {hasFingers
            ? 'Tap an edge to read why it is there, an event to see its values.'
            : 'Point at an edge to read why it is there, at an event to see its values; drag events apart.'}
        </p>
      ) : null}
    </div>
  );
}

function EdgeWords({ edge }: { readonly edge: GraphEdge }) {
  const relation = relations.value.find(({ id }) => id === edge.of);
  return (
    <p>
      <Sample kind={edge.kind} /> <strong>{relation?.name ?? edge.of}</strong>{' '}
      {edge.isGhost === true ? <span class="quiet">Only in {other.value?.label}: </span> : null}
      <span class="graph-why">{edge.why}</span>
    </p>
  );
}

function EventWords({ detail }: { readonly detail: Detail }) {
  const was = differences.value?.changed.get(detail.event);
  return (
    <>
      <p>
        <strong>{detail.name}</strong>
        {detail.event < 0 ? <span class="quiet"> · only in {other.value?.label}</span> : null}
        {detail.position === null ? null : <span class="quiet"> · {detail.position} in the total order</span>}
      </p>
      {detail.actions.map((action, i) => (
        <p key={i} class="graph-action">
          {action.what} <code>{action.place}</code>
          {action.value === '' ? null : (
            <>
              {' '}
              <code class="graph-value">{action.value}</code>
            </>
          )}
          {action.bytes === '' ? null : <code class="quiet"> {action.bytes}</code>}
          {action.order === '' ? null : <span class="quiet"> {action.order}</span>}
          {action.from.length === 0 ? null : <span class="quiet"> from {action.from.join('; ')}</span>}
        </p>
      ))}
      {detail.remarks.map((remark) => (
        <p key={remark}>{remark}</p>
      ))}
      {was === undefined ? null : (
        <p>
          In {other.value?.label}: <code>{was}</code>
        </p>
      )}
      <Neighbours id={detail.event} />
    </>
  );
}

/** The edges of the event that has the focus, for the keyboard and for those who do not see them. */
function Neighbours({ id }: { readonly id: EventId }) {
  const at = focused.value;
  if (at?.kind !== 'event' || at.id !== id) return null;
  const count = edges.value.filter(({ from, to }) => from === id || to === id).length;
  if (count === 0) return null;
  return (
    <p class="quiet graph-hint">
      {count} {count === 1 ? 'edge' : 'edges'}: <kbd>]</kbd> and <kbd>[</kbd> go through them.
    </p>
  );
}
