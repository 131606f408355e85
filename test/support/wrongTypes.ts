import { inspect } from 'node:util';

/** A call with one wrong value in one place. */
export interface WrongCall {
	title: string;
	/** The public name of the field. */
	field: string;
	args: unknown[];
}

/** Values that no argument of the product has. */
const never: unknown[] = [Symbol('wrong'), () => 'wrong', 10n];

/**
 * Every call that differs from a good one in one value of another type, or in one field too many. The places are those of
 * `args`: each argument, and each field of an argument that is a plain object.
 * @param takesNull fields for which null is a value
 */
export function wrongCalls(
	names: readonly string[],
	args: readonly unknown[],
	takesNull: readonly string[],
): WrongCall[] {
	return args.flatMap((arg, position) => {
		const name = names[position] ?? '';
		const put = (value: unknown) => args.map((other, index) => (index === position ? value : other));
		const call = (field: string, value: unknown, wrong: unknown): WrongCall => ({
			title: `${field} = ${shown(wrong)}`,
			field,
			args: put(value),
		});
		if (!isPlain(arg)) {
			return wrongFor(arg).map((wrong) => call(name, wrong, wrong));
		}
		const ofFields = Object.entries(arg).flatMap(([field, value]) =>
			wrongFor(value)
				.filter((wrong) => wrong !== null || !takesNull.includes(field))
				.map((wrong) => call(field, { ...arg, [field]: wrong }, wrong)),
		);
		const whole = [true, null, [], ...never].map((wrong) => call(name, wrong, wrong));
		return [...whole, ...ofFields, call('nobodyKnows', { ...arg, nobodyKnows: 1 }, 1)];
	});
}

function wrongFor(good: unknown): unknown[] {
	const others = [null, { nobodyKnows: 1 }, ...never];
	switch (typeof good) {
		case 'number':
			return [...others, 'abc', true, Number.NaN, Number.POSITIVE_INFINITY, []];
		case 'boolean':
			return [...others, 'true', 1, []];
		case 'string':
			return [...others, true, []];
		default:
			return [...others, 'abc', true, 42];
	}
}

function isPlain(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function shown(value: unknown): string {
	return typeof value === 'object' ? JSON.stringify(value) : inspect(value);
}
