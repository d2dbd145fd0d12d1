import type { EventId } from '../../src/event/execution.ts';
import { hovered } from './state.ts';

interface StepListProps {
  readonly title: string;
  readonly of: string;
  readonly steps: readonly {
    readonly event: EventId;
    readonly name: string;
    readonly text: string;
    readonly kind?: string;
  }[];
}

/** What happens to a length or a wait queue, in order. */
export function StepList({ title, of, steps }: StepListProps) {
  return (
    <section class="graph-steps">
      <h2>
        {title} <code>{of}</code>
      </h2>
      <ol>
        {steps.map((step, i) => (
          <li
            key={i}
            data-step={step.kind}
            onPointerEnter={() => (hovered.value = { kind: 'event', id: step.event })}
            onPointerLeave={() => (hovered.value = null)}
          >
            <span class="quiet">{step.name}</span> {step.text}
          </li>
        ))}
      </ol>
    </section>
  );
}
