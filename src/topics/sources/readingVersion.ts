/** Increases with every change of how sources are read, so that articles read by an older version are read again. */
export const readingVersion = 4;
