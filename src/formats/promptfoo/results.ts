import * as l10n from '@vscode/l10n';
import type { Findings } from '../reading/findings.ts';
import { isRecord, recordsOf, scalarText, type Fields } from '../reading/values.ts';
import type { WrittenTest } from './tests.ts';

/**
 * The results of `eval -o x.json`: the config that was run, and each answer as a recorded output of its test, so that it is
 * graded again here. Labels are the provider and, of several prompts, the prompt.
 */
export function readResults(file: Fields, findings: Findings): { config: Fields; tests: WrittenTest[] } {
	const results = isRecord(file['results']) ? recordsOf(file['results']['results']) : [];
	const labels = new Set(results.map(promptLabel));
	const byTest = new Map<string, { fields: Fields; outputs: Record<string, string> }>();
	for (const result of results) {
		const test = isRecord(result['testCase']) ? result['testCase'] : {};
		const vars = isRecord(result['vars']) ? result['vars'] : {};
		const key = JSON.stringify([result['testIdx'] ?? null, vars]);
		const entry = byTest.get(key) ?? { fields: { ...test, vars, options: undefined }, outputs: {} };
		byTest.set(key, entry);
		const response = isRecord(result['response']) ? result['response'] : {};
		const provider = isRecord(result['provider'])
			? (result['provider']['label'] ?? result['provider']['id'])
			: result['provider'];
		const name = scalarText(provider) ?? 'output';
		const label = labels.size > 1 ? `${name} · ${promptLabel(result)}` : name;
		const output = response['output'];
		if (output === undefined || output === null || Object.hasOwn(entry.outputs, label)) {
			const note =
				output === undefined || output === null
					? l10n.t('There is no answer: {0}', scalarText(result['error']) ?? l10n.t('it failed'))
					: l10n.t('Of repeated answers the first is kept');
			findings.dropped(label, note);
		} else {
			entry.outputs[label] = typeof output === 'string' ? output : JSON.stringify(output);
		}
	}
	findings.kept('results', l10n.t('Answers are graded again here; verdicts of the file are not taken over'));
	const tests = [...byTest.values()].map(({ fields: { options: _, ...fields }, outputs }) => ({
		fields: { ...fields, ...(Object.keys(outputs).length > 0 && { outputs }) },
		path: [1],
	}));
	const config = isRecord(file['config']) ? file['config'] : {};
	const { tests: _tests, scenarios: _scenarios, defaultTest: _default, ...head } = config;
	return { config: head, tests };
}

function promptLabel(result: Fields): string {
	const prompt = isRecord(result['prompt']) ? result['prompt'] : {};
	return (scalarText(prompt['label']) ?? scalarText(prompt['raw']) ?? '').slice(0, 60);
}
