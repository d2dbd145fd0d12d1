import type { DiagnosticJson } from '../../src/report/diagnostics.ts';
import { pointed } from '../state/state.ts';

/** Why the program is not explored. */
export function Complaints({ diagnostics }: { diagnostics: readonly DiagnosticJson[] }) {
  return (
    <section class="complaints" aria-label="Complaints">
      <h2>The program is not accepted</h2>
      <ol class="findings-list">
        {diagnostics.map(({ message, rule, at, because, expected, actual, hint }) => (
          <li key={`${at.line}:${at.column} ${message}`}>
            <p>
              <button
                type="button"
                class="plain findings-place"
                onClick={() => {
                  pointed.value = { line: at.line, column: at.column };
                }}
              >
                line {at.line}
              </button>{' '}
              {message} <span class="quiet">[{rule}]</span>
            </p>
            {expected !== undefined && (
              <p class="quiet">
                expected <code>{expected}</code>
                {actual !== undefined && (
                  <>
                    , found <code>{actual}</code>
                  </>
                )}
              </p>
            )}
            {because.length > 0 && (
              <ul class="complaints-because">
                {because.map((reason, depth) => (
                  <li key={reason} style={{ marginLeft: `${depth}rem` }}>
                    {reason}
                  </li>
                ))}
              </ul>
            )}
            {hint !== undefined && <p class="quiet">{hint}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
