import { selection } from '../state/state.ts';
import { useExplanation } from './asking.ts';
import type { ExplainAnswer, NamedEvent } from './calls.ts';
import { Picture } from './picture.tsx';
import { condition, step, typed, way } from './state.ts';
import { Walk } from './walk.tsx';
import './why.css';

/** Why an outcome is forbidden, or what is surprising about an allowed one. */
export function Why() {
  const asking = useExplanation();
  return (
    <div class="why">
      <AskField />
      {asking.kind === 'nothing' && (
        <p class="quiet">Choose a forbidden outcome in the table to see why, or type one above.</p>
      )}
      {asking.kind === 'asking' && (
        <p class="quiet">
          Looking at the candidate executions …{' '}
          {asking.candidates > 0 && `${asking.candidates.toLocaleString('en')} so far`}
        </p>
      )}
      {asking.kind === 'failed' && <p class="why-failed">{asking.message}</p>}
      {asking.kind === 'answered' && <Answer model={asking.model} answer={asking.answer} />}
    </div>
  );
}

/** An outcome that is in no row of the table can be asked for in words. */
function AskField() {
  return (
    <form
      class="why-ask"
      onSubmit={(event) => {
        event.preventDefault();
        const text = new FormData(event.currentTarget).get('outcome');
        typed.value = typeof text === 'string' && text.trim() !== '' ? text.trim() : null;
        condition.value = null;
        way.value = 0;
        step.value = 0;
      }}
    >
      <label for="why-outcome">Outcome</label>
      <input
        id="why-outcome"
        name="outcome"
        type="text"
        placeholder="T1:0:0=0, T2:0:0=0"
        key={typed.value}
        defaultValue={typed.value ?? ''}
      />
      <button type="submit">Explain</button>
      {(typed.value !== null || condition.value !== null) && selection.value !== null && (
        <button
          type="button"
          class="plain"
          onClick={() => {
            typed.value = null;
            condition.value = null;
          }}
        >
          Back to the selected one
        </button>
      )}
    </form>
  );
}

function Answer({ model, answer }: { model: string; answer: ExplainAnswer }) {
  switch (answer.kind) {
    case 'forbidden':
      return <Forbidden model={model} answer={answer} />;
    case 'allowed':
      return (
        <>
          <h2>
            <code>{answer.outcome}</code>
          </h2>
          <Events of={answer.events} />
          {answer.text.split('\n').map((line, i) => (
            <p key={`${i} ${line}`} class="why-line">
              {line}
            </p>
          ))}
          <Picture svg={answer.svg} edge={null} />
        </>
      );
    case 'impossible':
      return (
        <>
          <h2>
            Impossible: <code>{answer.outcome}</code>
          </h2>
          <p>No execution of the program has this outcome, whatever the memory model.</p>
          {answer.never.length === 0 && (
            <p>Each of these values can be observed, but never all of them in one execution.</p>
          )}
          <ul>
            {answer.never.map(({ text, instead }) => (
              <li key={text}>
                <code>{text}</code>:{' '}
                {instead.length === 0
                  ? 'nothing is ever observed there'
                  : `what can be observed is ${instead.join(' or ')}`}
              </li>
            ))}
          </ul>
        </>
      );
    case 'open':
      return (
        <p>
          {answer.forbidden ? 'Forbidden, but by what is open' : 'Open'}: {answer.bound}
        </p>
      );
  }
}

function Forbidden({ model, answer }: { model: string; answer: Extract<ExplainAnswer, { kind: 'forbidden' }> }) {
  const { ways, checked, others, bound, outcome } = answer;
  const index = Math.min(way.value, Math.max(0, ways.length - 1));
  const it = ways[index];
  return (
    <>
      <h2>
        {model} forbids <code>{outcome}</code>
      </h2>
      {it === undefined ? (
        <p class="quiet">No candidate execution was told.</p>
      ) : (
        <>
          {ways.length > 1 && <WayChoice count={ways.length} index={index} />}
          <Walk of={it} />
          <h3>Axioms</h3>
          <dl class="why-axioms">
            {it.axioms.map(({ name, statement, source }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  {statement} <span class="quiet">[{source}]</span>
                </dd>
              </div>
            ))}
          </dl>
          <h3>Events</h3>
          <p class="quiet">Reads: {it.reads}.</p>
          <Events of={it.events} />
        </>
      )}
      <h3>Checked</h3>
      <ul class="why-checked">
        {checked.map(({ axioms, executions, complete }) => (
          <li key={axioms.join()}>
            {model} less {axioms.join(', ')}: the outcome appears in {complete ? '' : 'at least '}
            {executions} {executions === 1 ? 'execution' : 'executions'}
          </li>
        ))}
      </ul>
      {others > 0 && <p class="quiet">{others} more candidate executions break more than that.</p>}
      {bound !== null && <p>Incomplete: {bound}; there may be more ways, and simpler ones.</p>}
    </>
  );
}

function WayChoice({ count, index }: { count: number; index: number }) {
  return (
    <p class="why-ways">
      <label for="why-way">
        Way {index + 1} of {count} to come by these values
      </label>
      <select
        id="why-way"
        value={index}
        onChange={({ currentTarget: { value } }) => {
          way.value = Number(value);
          step.value = 0;
        }}
      >
        {Array.from({ length: count }, (_, i) => (
          <option key={i} value={i}>
            {i + 1}
          </option>
        ))}
      </select>
    </p>
  );
}

function Events({ of: events }: { of: readonly NamedEvent[] }) {
  return (
    <div class="why-scroll">
      <table class="why-events">
        <thead class="unseen">
          <tr>
            <th scope="col">name</th>
            <th scope="col">thread</th>
            <th scope="col">event</th>
            <th scope="col">instruction</th>
          </tr>
        </thead>
        <tbody>
          {events.map(({ id, name, thread, label, instruction, line }) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              <td>{name.startsWith('init') ? '' : thread}</td>
              <td>
                <code>{label}</code>
              </td>
              <td class="quiet">{line === null || name.startsWith('init') ? '' : `${instruction}, line ${line}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
