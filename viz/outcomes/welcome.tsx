import { firstSteps } from '../library/first.ts';
import { chooseFiles } from '../library/open.ts';
import { openProgram } from '../library/program.ts';
import { libraryIsOpen } from '../state/dialogs.ts';

/** What the page is for, and where to begin, while there is no program. */
export function Welcome() {
  return (
    <section class="welcome" aria-labelledby="welcome-title">
      <h2 id="welcome-title">What may this program do?</h2>
      <p>
        Type a WebAssembly script with threads that share memory, structures or globals. Everything that it may do under
        a memory model is listed here: each outcome with its executions, step by step in time, and why others cannot be.
      </p>
      <h3>First steps</h3>
      <ul>
        {firstSteps().map(({ name, about, text }) => (
          <li key={name}>
            <button type="button" class="plain welcome-step" onClick={() => openProgram(name, text)}>
              <span class="welcome-name">{name}</span> <span class="quiet">{firstSentence(about)}</span>
            </button>
          </li>
        ))}
      </ul>
      <p class="quiet">
        There are more in the{' '}
        <button type="button" class="plain findings-place" onClick={() => (libraryIsOpen.value = true)}>
          examples
        </button>
        , from papers and by family. Programs, models and replays are also{' '}
        <button type="button" class="plain findings-place" onClick={chooseFiles}>
          opened from files
        </button>
        , or dropped on the page.
      </p>
    </section>
  );
}

function firstSentence(text: string): string {
  return text.split(/(?<=[.?!]) /)[0] ?? text;
}
