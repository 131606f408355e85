import { turnStrings } from '../../../src/host/kit/turnStrings.ts';

/** English, as the host sends it. */
export const testTurnStrings = turnStrings({ t: (message) => message });
