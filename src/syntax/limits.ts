/** Blocks in blocks that the readers accept, so that what walks a function's body may recurse. */
export const MAX_BLOCKS = 1000;

/** Locals of one function that the binary readers accept, as in engines; the format allows 2^32 - 1. */
export const MAX_LOCALS = 50_000;
/** The same of all functions of a module together. */
export const MAX_ALL_LOCALS = 10_000_000;
