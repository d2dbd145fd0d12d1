import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { exploreProgram, program } from '../../support/explore-file.ts';

const LIBRARY = new URL('../../../models/litmus/', import.meta.url);

test.each(['classic/MP.wast', 'classic/SB.wast', 'classic/IRIW.wast'])(
  'where only outcomes are asked for they are the same, with the same counts, and nothing else is told: %s',
  (file) => {
    const text = readFileSync(new URL(file, LIBRARY), 'utf8');
    for (const model of ['wasm', 'sc']) {
      const all = exploreProgram(program(text), model);
      const alone = exploreProgram(program(text), model, { findings: null });
      const shown = ({ outcomes }: typeof all): unknown[] =>
        outcomes.map(({ values, executions }) => [[...values], executions]);
      expect(shown(alone)).toEqual(shown(all));
      expect(alone.executions).toBe(all.executions);
      expect([...alone.races, ...alone.findings]).toEqual([]);
      expect(alone.outcomes.map(({ witness }) => witness?.races)).toEqual(
        all.outcomes.map(({ witness }) => witness?.races),
      );
    }
  },
);
