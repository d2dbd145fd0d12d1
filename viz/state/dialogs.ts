import { signal } from '@preact/signals';

/** Whether the examples are shown. */
export const libraryIsOpen = signal(false);
/** Whether the models, readings and limits are shown. */
export const choicesAreOpen = signal(false);
