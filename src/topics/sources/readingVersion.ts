/** Grows with every change of how sources are read: what the index has of an older one is read again. */
export const readingVersion = 4;
