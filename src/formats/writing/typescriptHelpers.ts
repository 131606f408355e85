/** What code of a prompt reads its variables with, by the rules of our templates. */
export const typescriptHelpers = `/** The value of a name or path, looked for from the innermost item outwards; undefined if there is none. */
function find(name: string, frames: unknown[]): unknown {
	if (name === '.') {
		return frames.at(-1);
	}
	const [first = '', ...rest] = name.split('.');
	const holder = frames.findLast((frame) => own(frame, first) !== undefined);
	return [first, ...rest].reduce(own, holder);
}

function own(holder: unknown, key: string): unknown {
	return typeof holder === 'object' && holder !== null && Object.hasOwn(holder, key)
		? (holder as Record<string, unknown>)[key]
		: undefined;
}

function read(name: string, frames: unknown[]): unknown {
	const value = find(name, frames);
	if (value === undefined) {
		throw new Error(\`The variable "\${name}" has no value\`);
	}
	return value;
}

function orElse(value: unknown, other: string): unknown {
	return value === undefined ? other : value;
}

function text(value: unknown): string {
	return Array.isArray(value)
		? joined(value, ',')
		: value === null
			? ''
			: typeof value === 'object'
				? JSON.stringify(value)
				: String(value);
}

function joined(value: unknown, separator: string): string {
	return items(value)
		.map((item) => (Array.isArray(item) ? JSON.stringify(item) : text(item)))
		.join(separator);
}

function items(value: unknown): unknown[] {
	return Array.isArray(value) ? value : value ? [value] : [];
}
`;
