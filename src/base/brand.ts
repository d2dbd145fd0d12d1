declare const brand: unique symbol;

/** A number (or string) of one kind that cannot be mixed up with another kind's. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
