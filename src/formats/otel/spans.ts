import { isRecord, listOf, recordsOf, type Fields } from '../reading/values.ts';

/** A span or event with attributes of the GenAI conventions. */
export interface GenAiSpan {
	attributes: Fields;
	traceId: string;
	line?: number;
}

/** Deep enough for everything that exporters nest. */
const maxDepth = 12;

/** All objects with `gen_ai` attributes in OTLP JSON, lists of spans, or one map of attributes. */
export function* findSpans(value: unknown, line?: number, traceId = '', depth = 0): Generator<GenAiSpan> {
	if (depth > maxDepth) {
		return;
	}
	if (Array.isArray(value)) {
		for (const item of value as unknown[]) {
			yield* findSpans(item, line, traceId, depth + 1);
		}
		return;
	}
	if (!isRecord(value)) {
		return;
	}
	const context = isRecord(value['spanContext'])
		? value['spanContext']
		: isRecord(value['context'])
			? value['context']
			: value;
	const id = context['traceId'] ?? context['trace_id'];
	const trace = typeof id === 'string' ? id : traceId;
	const attributes = attributesOf(value['attributes']) ?? (hasGenAi(value) ? value : undefined);
	if (attributes && hasGenAi(attributes)) {
		yield { attributes, traceId: trace, ...(line !== undefined && { line }) };
	}
	for (const key of ['resourceSpans', 'scopeSpans', 'spans', 'events', 'resourceLogs', 'scopeLogs', 'logRecords']) {
		yield* findSpans(value[key], line, trace, depth + 1);
	}
}

export function hasGenAi(value: Fields): boolean {
	return Object.keys(value).some((key) => key.startsWith('gen_ai.'));
}

/** A map, or the list of OTLP. */
function attributesOf(written: unknown): Fields | undefined {
	if (Array.isArray(written)) {
		return Object.fromEntries(
			recordsOf(written).flatMap(({ key, value }) =>
				typeof key === 'string' && key !== '__proto__' ? [[key, anyValue(value)]] : [],
			),
		);
	}
	return isRecord(written) ? written : undefined;
}

/** `AnyValue` of OTLP/JSON: numbers of 64 bits are texts. */
function anyValue(value: unknown): unknown {
	if (!isRecord(value)) {
		return value;
	}
	if (value['intValue'] !== undefined) {
		return Number(value['intValue']);
	}
	if (isRecord(value['arrayValue'])) {
		return listOf(value['arrayValue']['values']).map(anyValue);
	}
	if (isRecord(value['kvlistValue'])) {
		return attributesOf(value['kvlistValue']['values']) ?? {};
	}
	return value['stringValue'] ?? value['doubleValue'] ?? value['boolValue'] ?? value['bytesValue'];
}
