export type Vars = Record<string, unknown>;

/** How many combinations `expandVars` gives. */
export function combinationCount(vars: Vars): number {
	return Object.values(vars).reduce<number>((count, value) => count * (isExpanded(value) ? value.length : 1), 1);
}

/** Whether a list makes cases: as in promptfoo, one that begins with a text. Other lists are values. */
export function isExpanded(value: unknown): value is unknown[] {
	return Array.isArray(value) && typeof value[0] === 'string';
}

/** All combinations of the items of lists; the last variable changes fastest. The vars themselves if there is no list. */
export function* expandVars(vars: Vars): Generator<Vars> {
	const lists = Object.entries(vars).filter((entry): entry is [string, unknown[]] => isExpanded(entry[1]));
	const count = combinationCount(vars);
	for (let index = 0; index < count; index++) {
		const combination = { ...vars };
		let rest = index;
		for (const [name, items] of lists.toReversed()) {
			combination[name] = items[rest % items.length];
			rest = Math.floor(rest / items.length);
		}
		yield combination;
	}
}
