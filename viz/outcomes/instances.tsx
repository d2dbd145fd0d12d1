import { instance } from '../state/state.ts';

/** Of a program with parameters: which choice of theirs is explored. */
export function Instances({ all }: { all: readonly string[] }) {
  if (all.length < 2) return null;
  return (
    <p class="outcomes-instances">
      <label>
        Parameters{' '}
        <select
          value={Math.min(instance.value, all.length - 1)}
          onChange={({ currentTarget }) => {
            instance.value = Number(currentTarget.value);
          }}
        >
          {all.map((words, i) => (
            <option key={words} value={i}>
              {words}
            </option>
          ))}
        </select>
      </label>{' '}
      <span class="quiet">
        choice {Math.min(instance.value, all.length - 1) + 1} of {all.length}
      </span>
    </p>
  );
}
