import type { EventId, Execution } from '../event/execution.ts';
import type { Model, Verdict } from './model.ts';

type Inconsistent = Extract<Verdict, { consistent: false }>;

/** Why an execution is inconsistent: the axiom with its statement, and the events that it names, as people know them. */
export function explainVerdict(model: Model, execution: Execution, verdict: Inconsistent): string {
  const axiom = model.axioms.find(({ name }) => name === verdict.axiom);
  const events = verdict.events.map((id) => describeEvent(execution, id));
  const involved = verdict.axiom === 'hb-irreflexive' ? cycle(events) : roles(events);
  return `${model.name} forbids it by ${verdict.axiom} (${axiom?.statement ?? 'no such axiom'}): ${involved}`;
}

function cycle(events: readonly string[]): string {
  return [...events, ...events.slice(0, 1)].join(' → ');
}

/** Two events are W and R, three are W, W′ and R. */
function roles(events: readonly string[]): string {
  const names = events.length === 3 ? ['W', 'W′', 'R'] : ['W', 'R'];
  return events.map((event, i) => `${names[i] ?? 'event'} = ${event}`).join(', ');
}

function describeEvent(execution: Execution, id: EventId): string {
  const event = execution.events[id];
  if (event === undefined) return `event ${id}`;
  const thread = execution.threads.find((t) => t.id === event.thread)?.name ?? `thread ${event.thread}`;
  return `${thread} #${event.index} ${event.site.text}`;
}
