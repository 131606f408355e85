import { migration1 } from './1.ts';
import { migration2 } from './2.ts';
import { migration3 } from './3.ts';
import { migration4 } from './4.ts';
import { migration5 } from './5.ts';
import { migration6 } from './6.ts';

/** In order: migration n leads from schema n - 1 to schema n. A released migration is never changed. */
export const migrations: readonly (readonly string[])[] = [
	migration1,
	migration2,
	migration3,
	migration4,
	migration5,
	migration6,
];
