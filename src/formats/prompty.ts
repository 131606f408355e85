import * as l10n from '@vscode/l10n';
import type { Format, ImportedDraft } from './imported.ts';
import { promptOfMessages, type PromptMessage } from './messages/promptOfMessages.ts';
import { casesOfMessages, promptSuite } from './messages/promptSuite.ts';
import { functionTools } from './openai/promptObject.ts';
import { promptyInputs } from './prompty/inputs.ts';
import { Findings } from './reading/findings.ts';
import { brokenAt } from './reading/foreignFile.ts';
import { readFrontMatter } from './reading/frontMatter.ts';
import { originOf, safeParameters } from './reading/parameters.ts';
import { isRecord, recordsOf, scalarText, type Fields } from './reading/values.ts';
import { linePositions } from './source/linePositions.ts';
import { fromHandlebars, handlebarsParts } from './template/fromHandlebars.ts';
import { fromJinja } from './template/fromJinja.ts';
import { variablesOf } from './template/variablesOf.ts';

const read = new Set([
	'name',
	'description',
	'model',
	'inputs',
	'sample',
	'tools',
	'template',
	'connection',
	'api',
	'configuration',
	'parameters',
]);
const marker = /^[ \t]*#?[ \t]*(system|user|assistant|developer|function|tool)(?:\[[^\]\n]*\])?[ \t]*:[ \t]*$/gim;

/** A prompt of Prompty, version 1 or 2. Its connection is never taken over. */
export const prompty: Format = {
	id: 'prompty',
	label: 'Prompty (.prompty)',
	detect: ({ name }) => (/\.prompty$/i.test(name) ? 1 : 0),
	async read(file, folder) {
		const findings = new Findings();
		const { fields, lineOf, body, bodyLine } = readFrontMatter(file, { plus: true });
		const format = templateFormat(fields['template']);
		const prompt = promptOfMessages(
			splitRoles(body, bodyLine).map(({ role, content, line }) => ({
				role,
				line,
				content: converted(content, format, line, findings),
			})),
			findings,
		);
		if (!prompt) {
			throw brokenAt({ line: bodyLine, column: 1 }, l10n.t('There is no message of the system or the user'));
		}
		const reading = { folder, from: file.path, findings, line: lineOf('sample') ?? lineOf('inputs') };
		const { known, sample } = await promptyInputs(fields['inputs'], fields['sample'], reading);
		const name = scalarText(fields['name']) ?? file.stem;
		const texts = [prompt.text, prompt.query ?? '', ...(prompt.messages ?? []).map(({ content }) => content)];
		const description = scalarText(fields['description']);
		const tools = functionTools(functionsOf(fields['tools']), findings);
		const draft: ImportedDraft = {
			name,
			...(description !== undefined && { description }),
			text: prompt.text,
			kind: tools.length > 0 ? 'agent' : 'assistant',
			variables: variablesOf(texts, known),
			tools,
			promptRole: prompt.promptRole,
			...modelOf(fields['model'], findings, lineOf('model')),
			...(prompt.query !== undefined && { questions: [prompt.query] }),
			...originOf('prompty', fields, read, findings, lineOf),
		};
		for (const field of ['connection', 'api', 'configuration', 'parameters'].filter(
			(key) => fields[key] !== undefined,
		)) {
			findings.dropped(field, l10n.t('An address, header or key is never taken from a file'), lineOf(field));
		}
		const cases =
			Object.keys(sample).length > 0
				? [{ name: 'sample', vars: sample, expand: false }]
				: casesOfMessages(prompt);
		return {
			format: 'prompty',
			drafts: [draft],
			suites: promptSuite(name, prompt, cases),
			fixtures: [],
			report: findings.report(),
		};
	},
};

function templateFormat(template: unknown): string {
	const format = isRecord(template) ? template['format'] : template;
	return (scalarText(isRecord(format) ? format['kind'] : format) ?? 'jinja2').toLowerCase();
}

/** Without a marker, a text is of the system. Line breaks around a message are not part of it; other white space is. */
function splitRoles(body: string, bodyLine: number): (PromptMessage & { line: number })[] {
	const marks = [...body.matchAll(marker)];
	const positionAt = linePositions(body);
	const isLineBreak = (offset: number) => /[\r\n]/.test(body.charAt(offset));
	const message = (role: string, from: number, to = body.length) => {
		let [start, end] = [from, to];
		while (start < end && isLineBreak(start)) {
			start++;
		}
		while (end > start && isLineBreak(end - 1)) {
			end--;
		}
		return { role, content: body.slice(start, end), line: bodyLine + positionAt(start).line - 1 };
	};
	return [
		message('system', 0, marks[0]?.index),
		...marks.map((mark, index) =>
			message(mark[1]?.toLowerCase() ?? '', mark.index + mark[0].length, marks[index + 1]?.index),
		),
	].filter(({ content }) => content.trim() !== '');
}

function converted(content: string, format: string, line: number, findings: Findings): string {
	const positionAt = linePositions(content);
	const lineAt = (offset: number) => line + positionAt(offset).line - 1;
	return format === 'mustache' || format === 'handlebars'
		? fromHandlebars(handlebarsParts(content), { findings, lineAt })
		: fromJinja(content, { findings, lineAt });
}

/** The name and the settings of a model; how it is reached is named and left out. */
function modelOf(
	written: unknown,
	findings: Findings,
	line: number | undefined,
): Pick<ImportedDraft, 'model' | 'parameters'> {
	if (!isRecord(written)) {
		const name = scalarText(written);
		return name === undefined ? {} : { model: name };
	}
	const { id, provider, options, parameters, apiType: _apiType, api: _api, ...others } = written;
	for (const field of Object.keys(others)) {
		findings.dropped(`model.${field}`, l10n.t('An address, header or key is never taken from a file'), line);
	}
	const name = scalarText(id);
	const vendor = scalarText(provider);
	const known = vendor === 'openai' || vendor === 'anthropic' ? `${vendor}/` : '';
	return {
		...(name !== undefined && !/\$\{/.test(name) && { model: known + name }),
		...safeParameters(options ?? parameters, findings, line),
	};
}

/** Version 2 lists the arguments of a function one by one. */
function functionsOf(tools: unknown): Fields[] {
	return recordsOf(tools).map((tool) => {
		const parameters = tool['parameters'];
		const list =
			isRecord(parameters) && Array.isArray(parameters['properties']) ? parameters['properties'] : parameters;
		if (!Array.isArray(list)) {
			return tool;
		}
		const properties = recordsOf(list).flatMap((one) => {
			const name = scalarText(one['name']);
			const description = scalarText(one['description']);
			return name === undefined
				? []
				: [
						[
							name,
							{
								type: scalarText(one['kind']) ?? 'string',
								...(description !== undefined && { description }),
							},
						] as const,
					];
		});
		return { ...tool, parameters: { type: 'object', properties: Object.fromEntries(properties) } };
	});
}
