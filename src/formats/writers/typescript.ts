import { fileName } from '../writing/fileName.ts';
import { hasTags, type SnippetLanguage } from '../writing/snippetText.ts';
import { snippetCall } from '../writing/snippetCall.ts';
import { snippetRequest, type SnippetRequest } from '../writing/snippetRequest.ts';
import { typescriptHelpers } from '../writing/typescriptHelpers.ts';
import { variableDefault } from '../writing/variableDefault.ts';
import type { Writer } from '../writing/writer.ts';

/** A function that asks the model of a prompt with the official SDK of its provider. */
export const typescript: Writer = {
	id: 'typescript',
	label: 'TypeScript (SDK of OpenAI or Anthropic)',
	parts: ['model', 'parameters', 'questions', 'tools', 'cases'],
	write(exported, findings) {
		const { draft } = exported;
		const request = snippetRequest(exported, findings);
		const camel = fileName(draft.name).replace(/-+(\w)/g, (_, letter: string) => letter.toUpperCase());
		const isFilled = request.messages.some(({ content }) => hasTags(content));
		const types = { text: 'string', choice: 'string', number: 'number', json: 'unknown' };
		const fields = draft.variables.map(
			(variable) =>
				`\t${literal(variable.name)}${variable.default === undefined ? '' : '?'}: ${types[variable.type]};\n`,
		);
		const defaults = Object.fromEntries(
			draft.variables.flatMap((one) => (one.default === undefined ? [] : [[one.name, variableDefault(one)]])),
		);
		const parameters = [
			...(isFilled ? ['variables: Variables'] : []),
			...(request.needsQuestion ? ['question: string'] : []),
		];
		const client = request.sdk === 'openai' ? 'OpenAI' : 'Anthropic';
		const text = [
			request.sdk === 'openai'
				? "import OpenAI from 'openai';\n"
				: "import Anthropic from '@anthropic-ai/sdk';\n",
			...(isFilled ? [`export interface Variables {\n${fields.join('')}}\n`] : []),
			`// The key is read from the environment: ${client.toUpperCase()}_API_KEY.\nconst client = new ${client}();\n`,
			`export function ask${camel.slice(0, 1).toUpperCase()}${camel.slice(1)}(${parameters.join(', ')}) {\n${
				isFilled ? `\tconst values: object = { ...${indented(defaults, '\t')}, ...variables };\n` : ''
			}\treturn client.${request.sdk === 'openai' ? 'chat.completions' : 'messages'}.create(${call(request)});\n}\n`,
			...(isFilled ? [typescriptHelpers] : []),
		].join('\n');
		return [{ path: `${fileName(draft.name)}.ts`, text }];
	},
};

function call(request: SnippetRequest): string {
	const { messages, system, tools } = snippetCall(request, language);
	const lines = [
		`model: ${literal(request.model)},`,
		...Object.entries(request.parameters).map(([name, value]) => `${name}: ${indented(value)},`),
		...system.map((text) => `system: ${text},`),
		`messages: [\n${messages.map(({ role, text }) => `\t\t\t{ role: ${literal(role)}, content: ${text} },\n`).join('')}\t\t],`,
		...(tools.length > 0 ? [`tools: ${indented(tools)},`] : []),
	];
	return `{\n${lines.map((line) => `\t\t${line}\n`).join('')}\t}`;
}

const language: SnippetLanguage = {
	text: literal,
	variable: ({ name, filters }, frames) => {
		const isOptional = filters.some((filter) => filter.name === 'default');
		const found = `${isOptional ? 'find' : 'read'}(${literal(name)}, [${frames.join(', ')}])`;
		const value = filters.reduce((inner, { name: filter, argument = '' }) => {
			switch (filter) {
				case 'upper':
					return `text(${inner}).toUpperCase()`;
				case 'lower':
					return `text(${inner}).toLowerCase()`;
				case 'trim':
					return `text(${inner}).trim()`;
				case 'json':
					return `JSON.stringify(${inner})`;
				case 'join':
					return `joined(${inner}, ${literal(argument)})`;
				case 'default':
					return `orElse(${inner}, ${literal(argument)})`;
			}
		}, found);
		return `text(${value})`;
	},
	section({ kind, name }, frames, item, body) {
		const isOwn = frames.length === 1 && !name.includes('.');
		const items = `items(${isOwn ? 'read' : 'find'}(${literal(name)}, [${frames.join(', ')}]))`;
		return kind === 'section'
			? `...${items}.flatMap((${item}) => [${body.join(', ')}])`
			: `...(${items}.length === 0 ? [${body.join(', ')}] : [])`;
	},
	joined: (parts) => `[\n${parts.map((part) => `\t\t\t\t${part},\n`).join('')}\t\t\t].join('')`,
};

/** JSON is TypeScript, but for two line separators that old tools break at. */
function literal(value: unknown): string {
	return JSON.stringify(value).replace(/[\u2028\u2029]/g, (one) => `\\u${one.charCodeAt(0).toString(16)}`);
}

function indented(value: unknown, indent = '\t\t'): string {
	return JSON.stringify(value, undefined, '\t')
		.replace(/[\u2028\u2029]/g, (one) => `\\u${one.charCodeAt(0).toString(16)}`)
		.replaceAll('\n', `\n${indent}`);
}
