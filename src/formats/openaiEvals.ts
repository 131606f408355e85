import * as l10n from '@vscode/l10n';
import type { Format, Imported, ImportedDraft } from './imported.ts';
import { contentText, promptOfMessages } from './messages/promptOfMessages.ts';
import { fixturesOf } from './messages/fixtureText.ts';
import { readEvalItems, type EvalItems } from './openai/evalItems.ts';
import { openaiGraders } from './openai/graders.ts';
import { openaiTemplate } from './openai/openaiTemplate.ts';
import { isPromptObject, readPromptObject } from './openai/promptObject.ts';
import { readRegistry } from './openai/registry.ts';
import { usageNote } from './messages/usageNote.ts';
import { Findings } from './reading/findings.ts';
import type { ForeignFile } from './reading/foreignFile.ts';
import { safeParameters } from './reading/parameters.ts';
import { isRecord, listOf, recordsOf, scalarText, type Fields } from './reading/values.ts';
import { suiteText } from './suiteText.ts';
import { asLiteral } from './template/literal.ts';
import { variablesOf } from './template/variablesOf.ts';

/** OpenAI's hosted evals (definitions, runs, data, results), the samples of its registry, and prompt objects. */
export const openaiEvals: Format = {
	id: 'openai-evals',
	label: 'OpenAI evals, registry samples and prompt objects',
	detect({ json, firstLine, name }) {
		if (isPromptObject(json)) {
			return 0.95;
		}
		if (isRecord(firstLine) && (isRecord(firstLine['item']) || ('input' in firstLine && 'ideal' in firstLine))) {
			return 0.9;
		}
		if (isRecord(json)) {
			const isList = recordsOf(json['data']).some(({ object }) => object === 'eval.run.output_item');
			const isEval =
				Array.isArray(json['testing_criteria']) || json['object'] === 'eval' || json['object'] === 'eval.run';
			const isRun = isRecord(json['data_source']) && isRecord(json['data_source']['input_messages']);
			return isList || isEval || isRun ? 0.95 : isRecord(json['item']) ? 0.8 : 0;
		}
		return /\beval/i.test(name) && /\.jsonl$/i.test(name) ? 0.1 : 0;
	},
	read(file) {
		const findings = new Findings();
		const found = readAny(file, findings);
		return { format: 'openai-evals', ...found, report: findings.report() };
	},
};

type Found = Pick<Imported, 'drafts' | 'suites' | 'fixtures'>;

function readAny(file: ForeignFile, findings: Findings): Found {
	const { json, firstLine } = file;
	if (isPromptObject(json)) {
		return { drafts: readPromptObject(json, findings), suites: [], fixtures: [] };
	}
	if (isRecord(firstLine) && 'ideal' in firstLine) {
		return { ...readRegistry(file.rows(), file.stem, findings), fixtures: [] };
	}
	if (isRecord(json) && Array.isArray(json['data'])) {
		return ofItems(
			readEvalItems(
				listOf(json['data']).map((value) => ({ value })),
				findings,
			),
			file.stem,
			findings,
		);
	}
	if (isRecord(json) && !isRecord(json['item'])) {
		return ofEval(json, file.stem, findings);
	}
	return ofItems(readEvalItems(file.rows(), findings), file.stem, findings);
}

/** A definition of an eval, or a run with its messages and data. */
function ofEval(json: Fields, stem: string, findings: Findings): Found {
	const name = scalarText(json['name']) ?? stem;
	const assert = openaiGraders(json['testing_criteria'], findings);
	const source = isRecord(json['data_source']) ? json['data_source'] : {};
	const template = isRecord(source['input_messages']) ? recordsOf(source['input_messages']['template']) : [];
	const prompt = promptOfMessages(
		template.map(({ role, content }) => {
			const text = contentText(content, findings);
			return { role: scalarText(role) ?? '', content: openaiTemplate(text, findings) ?? asLiteral(text) };
		}),
		findings,
	);
	const config = isRecord(json['data_source_config']) ? json['data_source_config'] : {};
	const schema = isRecord(config['item_schema'])
		? config['item_schema']
		: isRecord(config['schema'])
			? config['schema']
			: {};
	const fields = isRecord(schema['properties']) ? Object.keys(schema['properties']) : [];
	const content = isRecord(source['source']) ? source['source']['content'] : undefined;
	const { cases } = readEvalItems(
		listOf(content).map((value) => ({ value })),
		findings,
	);
	const model = scalarText(source['model']);
	const drafts: ImportedDraft[] = prompt
		? [
				{
					name,
					text: prompt.text,
					kind: 'assistant',
					variables: variablesOf([
						prompt.text,
						prompt.query ?? '',
						...(prompt.messages ?? []).map((one) => one.content),
					]),
					tools: [],
					promptRole: prompt.promptRole,
					...(model !== undefined && { model: `openai/${model}` }),
					...safeParameters(source['sampling_params'], findings),
					...(prompt.query !== undefined && { questions: [prompt.query] }),
				},
			]
		: [];
	if (cases.length === 0 && fields.length > 0) {
		findings.kept('item_schema', l10n.t('The cases stand in another file; each has {0}', fields.join(', ')));
	}
	const defaults = {
		...(prompt?.query !== undefined && { query: prompt.query }),
		...(prompt?.messages && { messages: prompt.messages }),
		...(assert.length > 0 && { assert }),
	};
	const suite = {
		description: name,
		...(prompt && { prompt: `draft:${name}` }),
		...(model !== undefined && { models: [`openai/${model}`] }),
		...(Object.keys(defaults).length > 0 && { defaults }),
		cases,
	};
	return {
		drafts,
		suites: assert.length + cases.length === 0 ? [] : [{ name, text: suiteText(suite) }],
		fixtures: [],
	};
}

function ofItems(items: EvalItems, name: string, findings: Findings): Found {
	const { cases, conversations, systems, models, settings, hasUsage } = items;
	const [system, ...others] = new Set(systems);
	const [model] = models;
	const [setting, ...otherSettings] = new Set(settings.map((one) => JSON.stringify(one)));
	if (otherSettings.length > 0) {
		findings.dropped('sample', l10n.t('The answers have different settings of the model: set them at the run'));
	}
	usageNote(hasUsage, findings);
	if (others.length > 0) {
		findings.changed(
			'system',
			l10n.t(
				'The answers have {0} system messages: the first one is the draft, all are in the fixture',
				others.length + 1,
			),
		);
	}
	if (cases.some(({ metadata }) => metadata !== undefined)) {
		findings.kept(
			'grades',
			l10n.t('Recorded grades stand in the metadata of the cases: add assertions to grade the answers here'),
		);
	}
	const drafts: ImportedDraft[] =
		system === undefined
			? []
			: [
					{
						name,
						text: asLiteral(system),
						kind: 'assistant',
						variables: [],
						tools: [],
						promptRole: 'system',
						...(model !== undefined && { model: `openai/${model}` }),
						...(setting !== undefined &&
							otherSettings.length === 0 &&
							safeParameters(JSON.parse(setting), findings)),
					},
				];
	// Asking again needs all messages of each row, and the one draft.
	const isAsked = systems.length === cases.length && others.length === 0 && drafts.length > 0;
	return {
		drafts,
		suites:
			cases.length === 0
				? []
				: [{ name, text: suiteText({ ...(isAsked && { prompt: `draft:${name}` }), cases }) }],
		fixtures: fixturesOf(name, 'OpenAI evals', conversations),
	};
}
