import { useEffect, useState } from 'preact/hooks';
import { Modal } from '../app/modal.tsx';
import { SWITCHES } from '../../src/syntax/readings.ts';
import { choicesAreOpen } from '../state/dialogs.ts';
import { limits, mine, MINE, models, readings } from '../state/state.ts';
import { quick } from '../work/client.ts';
import type { ListedModel } from './calls.ts';
import { beginModel, modelIsShown } from './own.ts';
import './choices.css';

/** Under which models, which readings of open questions, and how far the program is explored. */
export function Choices() {
  const changed = Object.keys(readings.value).length;
  return (
    <>
      <button
        type="button"
        class="choices-open"
        aria-haspopup="dialog"
        onClick={() => {
          choicesAreOpen.value = true;
        }}
      >
        <span class="unseen">Models and readings: </span>
        <span class="choices-models">{models.value.join(', ')}</span>
        {changed > 0 && (
          <span class="quiet">
            {changed} {changed === 1 ? 'reading' : 'readings'}
          </span>
        )}
      </button>
      {choicesAreOpen.value && <ChoicesDialog />}
    </>
  );
}

function ChoicesDialog() {
  const listed = useListedModels();
  return (
    <Modal class="choices" title="choices-title" isOpen={choicesAreOpen}>
      <div class="choices-head">
        <h2 id="choices-title">Models, readings and limits</h2>
        <form method="dialog">
          <button type="submit" class="plain">
            Close
          </button>
        </form>
      </div>
      <div class="choices-body">
        <fieldset>
          <legend>Models, compared side by side</legend>
          {listed === null ? (
            <p class="quiet">…</p>
          ) : (
            listed.map((model) => <ModelChoice key={model.name} of={model} />)
          )}
          {listed !== null && <OwnModel listed={listed} />}
        </fieldset>
        <fieldset>
          <legend>Readings of what the proposals leave open</legend>
          {SWITCHES.map(({ name, question, source, readings: possible }) => (
            <div key={name} class="choices-switch">
              <label for={`switch-${name}`}>{question}</label>
              <select
                id={`switch-${name}`}
                value={readings.value[name] ?? possible[0]?.value}
                onChange={({ currentTarget: { value } }) => choose(name, value, possible[0]?.value)}
              >
                {possible.map(({ value, meaning }) => (
                  <option key={value} value={value}>
                    {value}: {meaning}
                  </option>
                ))}
              </select>
              <p class="quiet">
                {name} — {source}
              </p>
            </div>
          ))}
        </fieldset>
        <fieldset>
          <legend>Limits</legend>
          <Limit of="executions" label="Executions" factor={1} />
          <Limit of="events" label="Events of a thread" factor={1} />
          <Limit of="milliseconds" label="Seconds" factor={1000} />
        </fieldset>
      </div>
    </Modal>
  );
}

/** At least one model is chosen. */
function ModelCheckbox({ name, title }: { name: string; title: string }) {
  const isChosen = models.value.includes(name);
  return (
    <label>
      <input
        type="checkbox"
        checked={isChosen}
        disabled={isChosen && models.value.length === 1}
        onChange={() => {
          models.value = isChosen ? models.value.filter((one) => one !== name) : [...models.value, name];
        }}
      />
      <strong>{name}</strong> <span>{title}</span>
    </label>
  );
}

function ModelChoice({ of: { name, title, source, about, distinctions } }: { of: ListedModel }) {
  return (
    <div class="choices-model">
      <ModelCheckbox name={name} title={title} />
      <details>
        <summary>{source}</summary>
        <p>{about}</p>
        {distinctions.length > 0 && (
          <ul>
            {distinctions.map(({ test, allows, beside }) => (
              <li key={`${test} ${beside}`}>
                {allows ? 'allows' : 'forbids'} {test}, which {beside} {allows ? 'forbids' : 'allows'}
              </li>
            ))}
          </ul>
        )}
      </details>
    </div>
  );
}

/** The user’s own model: a copy of one that ships, to be changed beside the program. */
function OwnModel({ listed }: { listed: readonly ListedModel[] }) {
  const [from, setFrom] = useState('wasm');
  const show = (): void => {
    modelIsShown.value = true;
    choicesAreOpen.value = false;
  };
  if (mine.value === null) {
    return (
      <p class="choices-own">
        <label for="own-from">Your own: begin with a copy of</label>
        <select id="own-from" value={from} onChange={({ currentTarget }) => setFrom(currentTarget.value)}>
          {listed.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
        <button type="button" onClick={() => void beginModel(from).then(show)}>
          Write it
        </button>
      </p>
    );
  }
  return (
    <div class="choices-model choices-own">
      <ModelCheckbox name={MINE} title="your own" />
      <button type="button" class="plain" onClick={show}>
        Edit
      </button>
    </div>
  );
}

function choose(name: string, value: string, byDefault: string | undefined): void {
  const others = Object.entries(readings.value).filter(([one]) => one !== name);
  readings.value = Object.fromEntries(value === byDefault ? others : [...others, [name, value]]);
}

function Limit({ of, label, factor }: { of: keyof typeof limits.value; label: string; factor: number }) {
  return (
    <label class="choices-limit">
      {label}
      <input
        type="number"
        min={1}
        value={limits.value[of] / factor}
        onChange={({ currentTarget: { valueAsNumber } }) => {
          if (valueAsNumber >= 1) limits.value = { ...limits.value, [of]: Math.round(valueAsNumber * factor) };
        }}
      />
    </label>
  );
}

function useListedModels(): readonly ListedModel[] | null {
  const [listed, setListed] = useState<readonly ListedModel[] | null>(null);
  useEffect(() => {
    void quick.ask('listModels', null).then(setListed);
  }, []);
  return listed;
}
