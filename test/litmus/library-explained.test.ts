import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { known } from '../../src/base/assert.ts';
import { makeExec } from '../../src/exec/executor.ts';
import { explain } from '../../src/explore/explain/explain.ts';
import { explainTestJson } from '../../src/report/explain/explain-json.ts';
import { explainText } from '../../src/report/explain/explain-text.ts';
import { conditionOf, targetOf } from '../../src/litmus/target.ts';
import { findModel } from '../../src/model/catalogue.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { checkGroup, checkSurprise } from '../support/explain-checks.ts';
import { programOf } from '../support/explore-file.ts';

/**
 * Every litmus test of the library explained under models of which its author says something: the answer is the author's, the axioms that are named are
 * needed, and every edge that is told is one. One test in `STRIDE` by default; all of them with WEFT_RUNS.
 */
const STRIDE = process.env['WEFT_RUNS'] === undefined ? 9 : 1;
const MODELS = ['wasm', 'wasm-oopsla19-uncorrected', 'js-es2018', 'js-es2018-scdrf', 'js-repaired', 'sc'];
const BOUNDS = { executions: 20_000, events: 500, returns: 3, milliseconds: 5_000 };

const folder = 'models/litmus';
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.wast'))
  .toSorted()
  .filter((_, i) => i % STRIDE === 0);

describe('the library, explained', () => {
  test.each(files)('%s', (path) => {
    const program = programOf(join(folder, path));
    for (const litmus of program.litmus) {
      for (const { model: name, verdict } of litmus.verdicts.filter(({ model }) => MODELS.includes(model))) {
        const model = known(findModel(name), name);
        const explanation = explain(program, makeExec({ readings: DEFAULT_READINGS, fuel: 1_000_000 }), {
          model,
          target: targetOf(conditionOf(litmus)),
          readings: DEFAULT_READINGS,
          bounds: BOUNDS,
          all: true,
          shouldStop: () => false,
          onProgress: () => {},
        });
        const report = { name: litmus.name, source: program.source, explanation, axioms: model.axioms };
        expect(explainText(report, { color: false })).not.toContain('this explanation is wrong');
        expect(explainTestJson(report).model).toBe(name);
        if (explanation.kind === 'allowed') {
          expect(litmus.quantifier === 'forall' ? 'required' : 'forbidden').not.toBe(verdict);
          checkSurprise(explanation.surprise, explanation.witness.execution);
        }
        if (explanation.kind !== 'forbidden') continue;
        expect(litmus.quantifier === 'forall' ? 'forbidden' : 'allowed').not.toBe(verdict);
        for (const { executions } of explanation.smallest) expect(executions).toBeGreaterThan(0);
        for (const group of [...explanation.groups, ...explanation.others.groups]) checkGroup(model, group);
      }
    }
  });
});
