import * as l10n from '@vscode/l10n';
import { ConfigReading } from './reading/configReading.ts';
import type { Format } from './imported.ts';
import { isRecord, scalarText, textsOf, type Fields } from './reading/values.ts';
import { suiteText, type SuiteCaseText } from './suiteText.ts';
import { asLiteral } from './template/literal.ts';
import { wazaExpected, wazaGraders } from './waza/graders.ts';

const taskFields = new Set(['id', 'name', 'description', 'tags', 'inputs', 'expected', 'graders', 'enabled']);

function isTask(value: unknown): value is Fields {
	return isRecord(value) && isRecord(value['inputs']) && typeof value['inputs']['prompt'] === 'string';
}

/** The evals of a skill in waza: `eval.yaml` with its tasks, or one task. */
export const waza: Format = {
	id: 'waza',
	label: 'waza eval.yaml',
	detect({ data }) {
		if (isTask(data)) {
			return 0.8;
		}
		return isRecord(data) && Array.isArray(data['tasks']) && ('skill' in data || 'graders' in data) ? 0.9 : 0;
	},
	async read(file, folder) {
		const root = file.requireYaml();
		const reading = new ConfigReading(file, root, folder);
		const { value, findings } = reading;
		const tasks: Fields[] = [];
		if (isTask(value)) {
			tasks.push(value);
		}
		for (const [index, pattern] of textsOf(value['tasks']).entries()) {
			const line = reading.lineOf(['tasks', index]);
			for (const path of (await reading.pathsOf(pattern, line)) ?? []) {
				const text = await reading.readPath(path, line);
				const task = text === undefined ? undefined : reading.parse(text, path);
				if (isTask(task)) {
					tasks.push(task);
				} else {
					findings.dropped(path, l10n.t('It is no task'), line);
				}
			}
		}
		const config = isRecord(value['config']) ? value['config'] : {};
		for (const [field, item] of Object.entries(isTask(value) ? {} : { ...config, metrics: value['metrics'] })) {
			if (item !== undefined && !['trials_per_task', 'timeout_seconds'].includes(field)) {
				findings.dropped(
					field,
					l10n.t('A suite has no place for it'),
					reading.lineOf(field === 'metrics' ? ['metrics'] : ['config', field]),
				);
			}
		}
		const assert = isTask(value) ? [] : wazaGraders(value['graders'], findings);
		const [repeat, timeout] = [config['trials_per_task'], config['timeout_seconds']];
		const defaults = {
			...(typeof repeat === 'number' && repeat >= 1 && { repeat: Math.min(1_000, Math.round(repeat)) }),
			...(typeof timeout === 'number' && timeout > 0 && { timeout: Math.min(86_400, timeout) }),
			...(assert.length > 0 && { assert }),
		};
		const name = scalarText(value['name']) ?? file.stem;
		const description = scalarText(value['description']);
		const names = new Set<string>();
		const cases = tasks.map((task) => taskCase(task, names, reading));
		const text = suiteText({
			...(description !== undefined && !isTask(value) && { description: description.trim() }),
			...(Object.keys(defaults).length > 0 && { defaults }),
			cases,
		});
		return {
			format: 'waza',
			drafts: [],
			suites: cases.length === 0 ? [] : [{ name, text }],
			fixtures: [],
			report: findings.report(),
		};
	},
};

function taskCase(task: Fields, names: Set<string>, { findings }: ConfigReading): SuiteCaseText {
	const title = scalarText(task['name']) ?? scalarText(task['id']) ?? String(names.size + 1);
	const name = names.has(title) ? `${title} (${names.size + 1})` : title;
	names.add(name);
	const inputs = isRecord(task['inputs']) ? task['inputs'] : {};
	for (const field of Object.keys(inputs).filter((one) => one !== 'prompt' && one !== 'context')) {
		findings.dropped(
			`${name}: ${field}`,
			l10n.t('Files are not given to the model: put what it needs into the question'),
		);
	}
	for (const field of Object.keys(task).filter((one) => !taskFields.has(one))) {
		findings.dropped(`${name}: ${field}`, l10n.t('A case has no place for it'));
	}
	const expected = isRecord(task['expected']) ? task['expected'] : {};
	const assert = [...wazaExpected(expected, name, findings), ...wazaGraders(task['graders'], findings)];
	const tags = textsOf(task['tags']);
	return {
		name,
		query: asLiteral(scalarText(inputs['prompt']) ?? ''),
		...(isRecord(inputs['context']) && { vars: inputs['context'], expand: false }),
		...(tags.length > 0 && { tags }),
		...(assert.length > 0 && { assert }),
	};
}
