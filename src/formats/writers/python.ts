import { isRecord } from '../reading/values.ts';
import { fileName } from '../writing/fileName.ts';
import { pythonHelpers } from '../writing/pythonHelpers.ts';
import { hasTags, type SnippetLanguage } from '../writing/snippetText.ts';
import { snippetCall } from '../writing/snippetCall.ts';
import { snippetRequest, type SnippetRequest } from '../writing/snippetRequest.ts';
import { variableDefault } from '../writing/variableDefault.ts';
import type { Writer } from '../writing/writer.ts';

/** A function that asks the model of a prompt with the official SDK of its provider. */
export const python: Writer = {
	id: 'python',
	label: 'Python (SDK of OpenAI or Anthropic)',
	parts: ['model', 'parameters', 'questions', 'tools', 'cases'],
	write(exported, findings) {
		const { draft } = exported;
		const request = snippetRequest(exported, findings);
		const snake = fileName(draft.name).replaceAll('-', '_');
		const isFilled = request.messages.some(({ content }) => hasTags(content));
		const defaults = Object.fromEntries(
			draft.variables.flatMap((one) => (one.default === undefined ? [] : [[one.name, variableDefault(one)]])),
		);
		const needed = draft.variables.filter((one) => one.default === undefined).map(({ name }) => name);
		const client = request.sdk === 'openai' ? 'OpenAI' : 'Anthropic';
		const parameters = [...(isFilled ? ['variables'] : []), ...(request.needsQuestion ? ['question'] : [])];
		const about = `Variables without a default: ${needed.join(', ') || 'none'}.`;
		const text = [
			`${isFilled ? 'import json\n\n' : ''}from ${request.sdk} import ${client}\n`,
			`# The key is read from the environment: ${client.toUpperCase()}_API_KEY.\nclient = ${client}()\n`,
			`\ndef ask_${snake}(${parameters.join(', ')}):\n${
				isFilled
					? `    ${literal(about, '')}\n    values = {**${literal(defaults, '    ')}, **variables}\n`
					: ''
			}    return client.${request.sdk === 'openai' ? 'chat.completions' : 'messages'}.create(\n${call(request)}    )\n`,
			...(isFilled ? [`\n${pythonHelpers}`] : []),
		].join('\n');
		return [{ path: `${/^\d/.test(snake) ? `prompt_${snake}` : snake}.py`, text }];
	},
};

function call(request: SnippetRequest): string {
	const { messages, system, tools } = snippetCall(request, language);
	const lines = [
		`model=${literal(request.model, '')},`,
		...Object.entries(request.parameters).map(([name, value]) => `${name}=${literal(value, '        ')},`),
		...system.map((text) => `system=${text},`),
		`messages=[\n${messages
			.map(({ role, text }) => `            {"role": ${literal(role, '')}, "content": ${text}},\n`)
			.join('')}        ],`,
		...(tools.length > 0 ? [`tools=${literal(tools, '        ')},`] : []),
	];
	return lines.map((line) => `        ${line}\n`).join('');
}

const language: SnippetLanguage = {
	text: (value) => literal(value, ''),
	variable: ({ name, filters }, frames) => {
		const isOptional = filters.some((filter) => filter.name === 'default');
		const found = `${isOptional ? 'find' : 'read'}(${literal(name, '')}, [${frames.join(', ')}])`;
		const value = filters.reduce((inner, { name: filter, argument = '' }) => {
			switch (filter) {
				case 'upper':
				case 'lower':
					return `text(${inner}).${filter}()`;
				case 'trim':
					return `text(${inner}).strip()`;
				case 'json':
					return `to_json(${inner})`;
				case 'join':
					return `joined(${inner}, ${literal(argument, '')})`;
				case 'default':
					return `or_else(${inner}, ${literal(argument, '')})`;
			}
		}, found);
		return `text(${value})`;
	},
	section({ kind, name }, frames, item, body) {
		const isOwn = frames.length === 1 && !name.includes('.');
		const items = `items(${isOwn ? 'read' : 'find'}(${literal(name, '')}, [${frames.join(', ')}]))`;
		return kind === 'section'
			? `*(part for ${item} in ${items} for part in [${body.join(', ')}])`
			: `*([] if ${items} else [${body.join(', ')}])`;
	},
	joined: (parts) => `"".join([\n${parts.map((part) => `                ${part},\n`).join('')}            ])`,
};

/** Texts of JSON are texts of Python, as are its numbers. */
function literal(value: unknown, indent: string): string {
	const inner = `${indent}    `;
	if (Array.isArray(value)) {
		return value.length === 0
			? '[]'
			: `[\n${value.map((item) => `${inner}${literal(item, inner)},\n`).join('')}${indent}]`;
	}
	if (isRecord(value)) {
		const entries = Object.entries(value).filter(([, item]) => item !== undefined);
		return entries.length === 0
			? '{}'
			: `{\n${entries.map(([key, item]) => `${inner}${JSON.stringify(key)}: ${literal(item, inner)},\n`).join('')}${indent}}`;
	}
	return value === true
		? 'True'
		: value === false
			? 'False'
			: value === null || value === undefined
				? 'None'
				: escaped(JSON.stringify(value));
}

/** Python reads a lone half of a surrogate pair otherwise: whole characters stand as they are. */
function escaped(text: string): string {
	return text.replace(
		/[\u007f-\u009f\u2028\u2029]/g,
		(one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}
