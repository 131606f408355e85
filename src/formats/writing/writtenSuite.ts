import { parseSource } from '../source/parseSource.ts';
import { isRecord, recordsOf, scalarText, type Fields } from '../reading/values.ts';
import type { SuiteCaseText, SuiteDefaults } from '../suiteText.ts';

export interface WrittenSuite {
	models: string[];
	defaults: SuiteDefaults;
	cases: SuiteCaseText[];
}

/** The suite that is exported with a prompt, as it is written; cases of other files are not in it. Undefined if there is none. */
export function writtenSuite([suite]: readonly { text: string }[]): WrittenSuite | undefined {
	const value = suite && parseSource(suite.text.replace(/^\ufeff/, ''), 'yaml', () => undefined)?.value();
	if (!isRecord(value)) {
		return undefined;
	}
	const models = Array.isArray(value['models']) ? (value['models'] as unknown[]) : [value['models']];
	return {
		models: models.flatMap((model) => scalarText(model) ?? []),
		defaults: isRecord(value['defaults']) ? value['defaults'] : {},
		cases: recordsOf(value['cases']).filter((one) => !('file' in one)),
	};
}

/** Fields of the draft's own format that an earlier import kept. */
export function keptFields(format: string, origin: { format: string; fields: Fields } | undefined): Fields {
	return origin?.format === format ? origin.fields : {};
}
