/** Helpers for JSON of unknown shape. None of them throws. */

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function records(value: unknown): Record<string, unknown>[] {
	return Array.isArray(value) ? value.filter(isRecord) : [];
}

export function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

/** Arguments of a call: parsed if they are JSON, otherwise as written. */
export function parsedInput(value: unknown): unknown {
	if (typeof value !== 'string') {
		return value ?? {};
	}
	try {
		return value === '' ? {} : (JSON.parse(value) as unknown);
	} catch {
		return value;
	}
}
