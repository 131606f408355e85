/** Least lengths of a prompt in UTF-16 code units. */
export const contentLimits = { test: 50, commit: 100 } as const;
