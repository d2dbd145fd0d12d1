import { INSTR_CHAPTERS } from './instr-rule-rows.ts';
import { MATCHING_CHAPTER, MODULE_CHAPTER, TYPE_CHAPTER } from './rule-rows.ts';

/** A typing rule: what `weft rules` lists. Each has one function, tagged `@rule` with its id. */
export interface RuleRow {
  /** SpecTec's form: `Relation/case`. */
  readonly id: string;
  readonly source: string;
  /** One line. */
  readonly statement: string;
  /** Weft's own, without a counterpart in the sources' rules. */
  readonly ours?: true;
  /** It has no premise, so nothing is rejected by it. */
  readonly axiom?: true;
}

/** A chapter of the specification, and the file with the modules that its rules accept and reject. */
export interface Chapter {
  readonly name: string;
  readonly tests: string;
  readonly rules: readonly RuleRow[];
}

/** In the order of the specification. */
export const CHAPTERS: readonly Chapter[] = [TYPE_CHAPTER, MATCHING_CHAPTER, ...INSTR_CHAPTERS, MODULE_CHAPTER];

/** A rule with where its tests are: `<id> accepts …` and, unless it is an axiom, `<id> rejects …`. */
export interface Rule extends RuleRow {
  readonly chapter: string;
  readonly tests: string;
}

/** Every typing and matching rule. */
export const RULES: readonly Rule[] = CHAPTERS.flatMap(({ name, tests, rules }) =>
  rules.map((rule) => ({ ...rule, chapter: name, tests })),
);
