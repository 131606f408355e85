import type { Emit } from './streamReader.ts';

/** A date or `latest` behind a model's name, and the tag of a local model or a router. */
const snapshot = /[-@](\d{4}-?\d{2}-?\d{2}|\d{4}|\d{6}|latest)$/;
const tag = /:[^:/]+$/;

function without(pattern: RegExp, name: string, other: string): string {
	const latest = [name, other].some((one) => one.endsWith('-latest'));
	return pattern.test(other) && !latest ? name : name.replace(pattern, '');
}

/**
 * Whether a server that names `answered` ran the model `asked`: letter case, a path before the name, and a date or tag that
 * only one of the two has make no other model.
 */
export function isSameModel(asked: string, answered: string): boolean {
	let [a, b] = [asked, answered].map((name) => name.toLowerCase().replace(/\.gguf$/, '')) as [string, string];
	for (const pattern of [tag, snapshot]) {
		[a, b] = [without(pattern, a, b), without(pattern, b, a)];
	}
	return a === b || a.endsWith(`/${b}`) || b.endsWith(`/${a}`);
}

/** Reports which model answers if a server names another one than was asked: a router, a fallback after a refusal. */
export class AnsweredBy {
	readonly #asked: string;
	/** The last name that was reported; undefined while it is the model that was asked. */
	#reported: string | undefined;

	constructor(asked: string) {
		this.#asked = asked;
	}

	/** Takes a name as the server says it; '' says nothing. */
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
