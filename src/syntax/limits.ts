/** Blocks in blocks that the readers accept, so that what walks a function's body may recurse. */
export const MAX_BLOCKS = 1000;

/**
 * Bytes of a binary function's body whose errors are explained: that takes its syntax, up to a hundred bytes for every byte. A larger one in a module that is
 * only checked is judged by the streaming validator alone.
 */
export const MAX_EXPLAINED_BODY = 1_500_000;

/** Locals of one function that the binary readers accept, as in engines; the format allows 2^32 - 1. */
export const MAX_LOCALS = 50_000;
/** The same of all functions of a module together. */
export const MAX_ALL_LOCALS = 10_000_000;

/**
 * How many types the instructions of a module may go through in lists, for each of its bytes and whatever its size: a type of thousands of results can
 * be named again and again in two bytes.
 */
export const TYPES_PER_BYTE = 16;
export const TYPES_OF_ALL = 10_000_000;
/** Operands that lists of results may bring on the stack of one function, for the same reason. */
export const MAX_OPERANDS = 1 << 23;
