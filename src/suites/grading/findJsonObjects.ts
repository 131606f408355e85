const string = /"(?:[ !#-[\]-\uffff]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const space = /[ \t\n\r]*/y;

/** A brace with what may follow it. */
const objectStart = /\{(?=[ \t\n\r]*["}])/g;

interface Open {
	start: number;
	isObject: boolean;
	/** How many objects were complete when it began. */
	completed: number;
}

/**
 * The JSON objects in a text, as their begins and ends: the outermost that are complete. Braces in strings do not count,
 * nor do lists, since `[1]` in prose is rarely meant as JSON. Each position is read at most a few times, whatever is in
 * the text: an object that turns out to be broken breaks all around it, and those in it are known by then.
 */
export function findJsonObjects(text: string): [number, number][] {
	const found: [number, number][] = [];
	/** Where an object begins that cannot be completed. */
	const broken = new Set<number>();
	objectStart.lastIndex = 0;
	for (let match = objectStart.exec(text); match; match = objectStart.exec(text)) {
		const start = match.index;
		const objects = broken.has(start) ? [] : readObject(text, start, broken);
		for (const object of objects) {
			found.push(object);
		}
		objectStart.lastIndex = objects.at(-1)?.[1] ?? start + 1;
	}
	return found;
}

/** The object that begins at `start`; if it is broken, the complete ones in it. */
function readObject(text: string, start: number, broken: Set<number>): [number, number][] {
	const open: Open[] = [{ start, isObject: true, completed: 0 }];
	/** The outermost that are complete so far. */
	const completed: [number, number][] = [];
	let at = start + 1;
	/** Whether a value, or in an object a key, may come; it must after a comma. */
	let state: 'first' | 'next' | 'after' = 'first';
	const skip = (form: RegExp): boolean => {
		form.lastIndex = at;
		const matches = form.test(text);
		at = matches ? form.lastIndex : at;
		return matches;
	};
	for (;;) {
		skip(space);
		const current = open.at(-1);
		const mark = text[at];
		if (!current || mark === undefined) {
			break;
		}
		if (mark === (current.isObject ? '}' : ']') && state !== 'next') {
			at++;
			open.pop();
			if (current.isObject) {
				completed.length = current.completed;
				completed.push([current.start, at]);
			}
			if (open.length === 0) {
				return completed;
			}
			state = 'after';
		} else if (state === 'after') {
			if (mark !== ',') {
				break;
			}
			at++;
			state = 'next';
		} else {
			if (current.isObject) {
				if (!skip(string) || (skip(space), text[at] !== ':')) {
					break;
				}
				at++;
				skip(space);
			}
			const value = text[at];
			if (value === '{' || value === '[') {
				if (broken.has(at)) {
					break;
				}
				open.push({ start: at, isObject: value === '{', completed: completed.length });
				at++;
				state = 'first';
			} else if (skip(string) || skip(scalar)) {
				state = 'after';
			} else {
				break;
			}
		}
	}
	for (const { start: from } of open) {
		broken.add(from);
	}
	return completed;
}
