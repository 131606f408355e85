import * as l10n from '@vscode/l10n';
import type { Format, ImportedDraft } from './imported.ts';
import { contentText, promptOfMessages } from './messages/promptOfMessages.ts';
import { promptYmlEvaluators } from './githubModels/evaluators.ts';
import { Findings } from './reading/findings.ts';
import { brokenAt } from './reading/foreignFile.ts';
import { originOf, safeParameters } from './reading/parameters.ts';
import { isRecord, offsetOf, recordsOf, scalarText } from './reading/values.ts';
import { suiteText, type SuiteCaseText } from './suiteText.ts';
import { fromBraces } from './template/fromBraces.ts';
import { variablesOf } from './template/variablesOf.ts';

const documented = new Set(['maxTokens', 'temperature', 'topP']);
const read = new Set(['name', 'description', 'model', 'modelParameters', 'messages', 'testData', 'evaluators']);

/** A prompt of GitHub Models, `.prompt.yml`. */
export const promptYml: Format = {
	id: 'prompt-yml',
	label: 'GitHub Models (.prompt.yml)',
	detect({ data, name }) {
		const isNamed = /\.prompt\.ya?ml$/i.test(name);
		if (isRecord(data) && Array.isArray(data['messages']) && !('prompts' in data)) {
			const isTold = ['testData', 'evaluators', 'modelParameters'].some((key) => key in data);
			return isNamed ? 1 : isTold ? 0.9 : 'model' in data && /\.ya?ml$/i.test(name) ? 0.5 : 0;
		}
		return isNamed ? 0.4 : 0;
	},
	read(file) {
		const findings = new Findings();
		const root = file.requireYaml();
		const value = root.value();
		if (!isRecord(value) || !Array.isArray(value['messages'])) {
			throw brokenAt(file.positionAt(root.start), l10n.t('The file has no list "messages"'));
		}
		const lineOf = (...path: (string | number)[]) => file.lineAt(offsetOf(root, path));
		const prompt = promptOfMessages(
			recordsOf(value['messages']).map(({ role, content }, index) => ({
				role: scalarText(role) ?? '',
				content: fromBraces(contentText(content, findings, lineOf('messages', index)), findings).trimEnd(),
				line: lineOf('messages', index),
			})),
			findings,
		);
		if (!prompt) {
			throw brokenAt(
				file.positionAt(offsetOf(root, ['messages'])),
				l10n.t('There is no message of the system or the user'),
			);
		}
		const name = scalarText(value['name']) ?? file.stem;
		const { parameters = {} } = safeParameters(value['modelParameters'], findings, lineOf('modelParameters'));
		for (const field of Object.keys(parameters).filter((key) => !documented.has(key))) {
			findings.kept(
				field,
				l10n.t('GitHub Models knows maxTokens, temperature and topP; it is kept as it is written'),
				lineOf('modelParameters', field),
			);
		}
		const { origin } = originOf('prompt-yml', value, read, findings, lineOf);
		const texts = [prompt.text, prompt.query ?? '', ...(prompt.messages ?? []).map(({ content }) => content)];
		const model = scalarText(value['model']);
		const description = scalarText(value['description']);
		const draft: ImportedDraft = {
			name,
			...(description !== undefined && { description }),
			text: prompt.text,
			kind: 'assistant',
			variables: variablesOf(texts),
			tools: [],
			promptRole: prompt.promptRole,
			...(model !== undefined && { model }),
			...(Object.keys(parameters).length > 0 && { parameters }),
			...(prompt.query !== undefined && { questions: [prompt.query] }),
			...(origin && { origin }),
		};
		const assert = promptYmlEvaluators(value['evaluators'], findings, (index) => lineOf('evaluators', index));
		const cases = recordsOf(value['testData']).map(({ expected, ...vars }): SuiteCaseText => ({
			...(Object.keys(vars).length > 0 && { vars, expand: false }),
			...(expected !== undefined && expected !== null && { expected }),
		}));
		const defaults = {
			...(prompt.query !== undefined && { query: prompt.query }),
			...(prompt.messages && { messages: prompt.messages }),
			...(typeof parameters['maxTokens'] === 'number' && { maxTokens: parameters['maxTokens'] }),
			...(assert.length > 0 && { assert }),
		};
		const isSuite = cases.length + assert.length > 0;
		const known = model !== undefined && /^(?:openai|anthropic)\//.test(model) ? { models: [model] } : {};
		const text = suiteText({
			description: name,
			prompt: `draft:${name}`,
			...known,
			...(Object.keys(defaults).length > 0 && { defaults }),
			cases,
		});
		return {
			format: 'prompt-yml',
			drafts: [draft],
			suites: isSuite ? [{ name, text }] : [],
			fixtures: [],
			report: findings.report(),
		};
	},
};
