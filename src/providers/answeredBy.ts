import type { Emit } from './streamReader.ts';

/** A date or `latest` after a model's name, and the tag of a local model or a router. */
const snapshot = /[-@](\d{4}-?\d{2}-?\d{2}|\d{4}|\d{6}|latest)$/;
const tag = /:[^:/]+$/;

function without(pattern: RegExp, name: string, other: string): string {
	const latest = [name, other].some((one) => one.endsWith('-latest'));
	return pattern.test(other) && !latest ? name : name.replace(pattern, '');
}

/**
 * Whether a server that reports `answered` ran the model `asked`. Case, a path before the name, and a date or tag that only
 * one of the two has do not make a different model.
 */
export function isSameModel(asked: string, answered: string): boolean {
	let [a, b] = [asked, answered].map((name) => name.toLowerCase().replace(/\.gguf$/, '')) as [string, string];
	for (const pattern of [tag, snapshot]) {
		[a, b] = [without(pattern, a, b), without(pattern, b, a)];
	}
	return a === b || a.endsWith(`/${b}`) || b.endsWith(`/${a}`);
}

/** Reports which model answers if it is not the requested one, for example with a router or a fallback after a refusal. */
export class AnsweredBy {
	readonly #asked: string;
	/** The last name that was reported; undefined while it is the requested model. */
	#reported: string | undefined;

	constructor(asked: string) {
		this.#asked = asked;
	}

	/** Takes a name from the server; '' is ignored. */
	note(name: string, emit: Emit): void {
		if (
			name === '' ||
			name === this.#reported ||
			(this.#reported === undefined && isSameModel(this.#asked, name))
		) {
			return;
		}
		this.#reported = name;
		emit({ type: 'answered', model: name });
	}
}
