import * as l10n from '@vscode/l10n';
import { parse as parseCsv } from 'csv-parse/sync';
import { contentText, promptOfMessages, type AskedPrompt, type PromptMessage } from '../messages/promptOfMessages.ts';
import { parseJsonText } from '../reading/foreignFile.ts';
import { isRecord, listOf, scalarText } from '../reading/values.ts';
import { modelOf } from './models.ts';
import type { ConfigReading } from '../reading/configReading.ts';

export interface FoundPrompt extends AskedPrompt {
	name: string;
}

const code = /\.(?:[cm]?[jt]s|py|rb|sh|exe)(?::\w+)?$/;
const fileForm = /^(?:file:\/\/.+|[^\s{}]+\.(?:txt|jsonl?|ya?ml|md|j2|csv|[cm]?[jt]s|py))(?::\w+)?$/;

/** The prompts of a config, in its order. */
export async function readPrompts(reading: ConfigReading): Promise<FoundPrompt[]> {
	const written = reading.value['prompts'];
	const entries: [unknown, (string | number)[]][] =
		isRecord(written) && !('raw' in written) && !('id' in written)
			? Object.entries(written).map(([id, label]) => [{ id, label }, ['prompts', id]])
			: Array.isArray(written)
				? written.map((entry: unknown, index) => [entry, ['prompts', index]])
				: written === undefined
					? []
					: [[written, ['prompts']]];
	const found: FoundPrompt[] = [];
	for (const [entry, path] of entries) {
		const line = reading.lineOf(path);
		const label = isRecord(entry) ? (scalarText(entry['label']) ?? scalarText(entry['id'])) : undefined;
		const source = isRecord(entry) ? (entry['raw'] ?? entry['id'] ?? entry['label']) : entry;
		if (isRecord(entry) && (entry['function'] !== undefined || entry['config'] !== undefined)) {
			reading.findings.dropped(
				label ?? 'prompt',
				l10n.t('Settings and functions of a prompt are not taken over'),
				line,
			);
		}
		if (typeof source !== 'string') {
			reading.findings.dropped(label ?? 'prompt', l10n.t('It is no text'), line);
			continue;
		}
		const texts = await textsOf(source, label, line, reading);
		for (const { name, text } of texts) {
			const prompt = readPrompt(text, line, reading);
			const given = name ?? (label === undefined || label === source ? undefined : label);
			if (prompt) {
				found.push({ ...prompt, name: given ?? '' });
			}
		}
	}
	return found;
}

/** The texts that one entry stands for. */
async function textsOf(
	source: string,
	label: string | undefined,
	line: number | undefined,
	reading: ConfigReading,
): Promise<{ name?: string; text: string }[]> {
	if (/^(?:exec|https?|package):/.test(source) || (fileForm.test(source) && code.test(source))) {
		reading.findings.dropped(source, l10n.t('Programs that make prompts are not run'), line);
		return [];
	}
	if (!fileForm.test(source)) {
		return [{ text: source }];
	}
	const paths = (await reading.pathsOf(source, line)) ?? [];
	const texts: { name?: string; text: string }[] = [];
	for (const path of paths) {
		const text = code.test(path) ? undefined : await reading.readPath(path, line);
		if (text === undefined) {
			continue;
		}
		const own = splitPrompts(text, path).filter((one) => one.trim() !== '');
		const stem =
			label !== undefined && label !== source ? label : (path.split('/').at(-1) ?? path).replace(/\.\w+$/, '');
		texts.push(...own.map((one, index) => ({ name: own.length === 1 ? stem : `${stem} ${index + 1}`, text: one })));
	}
	return texts;
}

/** A text file holds several prompts between lines of three dashes, JSON Lines one a line, and CSV one a row. */
function splitPrompts(text: string, path: string): string[] {
	if (/\.txt$/i.test(path)) {
		return text.split(/\n---[ \t]*(?:\n|$)/).map((one) => one.trim());
	}
	if (/\.jsonl$/i.test(path)) {
		return text.split('\n');
	}
	if (/\.csv$/i.test(path)) {
		const rows: string[][] = parseCsv(text, { relax_column_count: true, skip_empty_lines: true });
		const column = Math.max(0, rows[0]?.indexOf('prompt') ?? 0);
		return rows.slice(rows[0]?.includes('prompt') ? 1 : 0).map((row) => row[column] ?? '');
	}
	return [text.trimEnd()];
}

/** A prompt is a text, or messages in JSON or YAML. */
function readPrompt(text: string, line: number | undefined, reading: ConfigReading): AskedPrompt | undefined {
	const messages = messagesOf(text, line, reading);
	if (!messages) {
		return { text: reading.template(text.trimEnd(), line) as string, promptRole: 'user' };
	}
	const prompt = promptOfMessages(messages, reading.findings);
	if (!prompt) {
		reading.findings.dropped(l10n.t('a prompt'), l10n.t('None of its messages is of the system or the user'), line);
	} else if (prompt.answer !== undefined) {
		reading.findings.dropped(
			l10n.t('the last message'),
			l10n.t('An answer that the model goes on with is not supported'),
			line,
		);
	}
	return prompt;
}

function messagesOf(text: string, line: number | undefined, reading: ConfigReading): PromptMessage[] | undefined {
	const value = /^\s*[[{]/.test(text)
		? jsonMessages(text)
		: /^\s*- role:/.test(text)
			? yamlMessages(text, reading)
			: undefined;
	const list = isRecord(value) && Array.isArray(value['messages']) ? value['messages'] : value;
	if (!Array.isArray(list) || !list.some((one) => isRecord(one) && typeof one['role'] === 'string')) {
		return undefined;
	}
	return listOf(list)
		.filter(isRecord)
		.map((message) => ({
			role: scalarText(message['role']) ?? '',
			content: reading.template(contentText(message['content'], reading.findings, line), line) as string,
			...(line !== undefined && { line }),
		}));
}

/** Outside of strings, `{{ x | dump }}` stands for the text of x, which is the same as `"{{ x }}"`. */
function jsonMessages(text: string): unknown {
	const quoted = text.replace(
		/"(?:[^"\\]|\\.)*"|\{\{-?\s*([\w.[\]'"]+)\s*\|\s*(?:dump|tojson)(?:\(\))?\s*-?\}\}/g,
		(match, expression: string | undefined) =>
			expression === undefined ? match : JSON.stringify(`{{ ${expression} }}`),
	);
	try {
		return parseJsonText(quoted, () => ({ line: 1, column: 1 }));
	} catch {
		// It is a text with a bracket at its start.
		return undefined;
	}
}

function yamlMessages(text: string, reading: ConfigReading): unknown {
	try {
		return reading.parse(text, 'prompts');
	} catch {
		return undefined;
	}
}

/** The models of a config, and the tokens of an answer if all agree. Addresses, headers and keys are left out and named. */
export function readModels(reading: ConfigReading): { models: string[]; maxTokens?: number } {
	const key = 'providers' in reading.value ? 'providers' : 'targets';
	const written = reading.value[key];
	const entries = Array.isArray(written) ? (written as unknown[]) : written === undefined ? [] : [written];
	const models: string[] = [];
	const limits = new Set<unknown>();
	for (const [index, entry] of entries.entries()) {
		const line = reading.lineOf(Array.isArray(written) ? [key, index] : [key]);
		const keyed = isRecord(entry) && !('id' in entry) ? Object.entries(entry)[0] : undefined;
		const id = keyed ? keyed[0] : isRecord(entry) ? entry['id'] : entry;
		const options = keyed ? keyed[1] : entry;
		const model = typeof id === 'string' ? modelOf(id) : undefined;
		if (model === undefined) {
			const note = l10n.t('This provider is not taken over: choose a model for the run');
			reading.findings.dropped(typeof id === 'string' ? id : key, note, line);
			continue;
		}
		models.push(model);
		const config = isRecord(options) && isRecord(options['config']) ? options['config'] : {};
		const limit = config['max_tokens'] ?? config['maxTokens'] ?? config['max_completion_tokens'];
		limits.add(limit);
		for (const field of Object.keys(config).filter((one) => !/^max_?(?:completion_)?tokens$/i.test(one))) {
			const note = /url|host|header|key|endpoint|base|proxy|organi[sz]ation|auth|token/i.test(field)
				? l10n.t('An address, header or key is never taken from a file')
				: l10n.t('A suite has no place for this setting of a model');
			reading.findings.dropped(`${model}: ${field}`, note, line);
		}
		if (isRecord(entry) && entry['prompts'] !== undefined) {
			reading.findings.dropped(`${model}: prompts`, l10n.t('Each model is asked with each prompt'), line);
		}
	}
	const [limit, ...others] = limits;
	const isShared = typeof limit === 'number' && Number.isInteger(limit) && limit > 0 && others.length === 0;
	if (!isShared && [...limits].some((one) => one !== undefined)) {
		reading.findings.dropped('max_tokens', l10n.t('The models have different limits: set them at the run'));
	}
	return { models: [...new Set(models)], ...(isShared && { maxTokens: limit }) };
}
