import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { INSTRUCTIONS } from '../../src/syntax/instructions.ts';

/** Instructions’ names, and the identifiers of the text. */
export function words(context: CompletionContext): CompletionResult | null {
  const word = context.matchBefore(/[$\w][\w.$]*/);
  if (word === null || (word.from === word.to && !context.explicit)) return null;
  if (word.text.startsWith('$')) {
    const used = new Set(context.state.doc.toString().match(/\$[\w.!#%&'*+\-/:<=>?@^`|~]+/g));
    used.delete(word.text);
    return { from: word.from, options: [...used].map((label) => ({ label, type: 'variable' })) };
  }
  if (word.text.length < 2 && !context.explicit) return null;
  return { from: word.from, options: INSTRUCTION_WORDS, validFor: /^[\w.]*$/ };
}

const INSTRUCTION_WORDS = INSTRUCTIONS.map(({ mnemonic }) => ({ label: mnemonic, type: 'keyword' }));
