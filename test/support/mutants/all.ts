import { diskMutants } from './disk.ts';
import type { Mutant } from './mutant.ts';
import { storageMutants } from './storage.ts';

/** Every defence whose absence a test must notice. */
export const mutants: readonly Mutant[] = [...diskMutants, ...storageMutants];

/** Why a mutant cannot be applied to the text of its file; undefined when it can. */
export function misfit({ name, file, from }: Mutant, source: string): string | undefined {
	const found = source.split(from).length - 1;
	return found === 1
		? undefined
		: `The mutant "${name}" does not fit ${file} any more: its text stands there ${found} times`;
}
