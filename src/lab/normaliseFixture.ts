import * as l10n from '@vscode/l10n';
import type {
	AssessmentItem,
	Fixture,
	FixtureContent,
	FixtureConversation,
	FixtureMessage,
	FixtureSection,
} from '../common/api.ts';
import { splitThinking } from '../formats/capture/recordedThinking.ts';
import { invalid, readList, readObject, readOptionalString, readString, type JsonObject } from './reader.ts';

function readPart(value: unknown, place: string): Exclude<FixtureContent, string>[number] {
	const part = readObject(value, place);
	switch (part['type']) {
		case 'text':
		case 'thinking':
			return { type: part['type'], text: readString(part['text'], `${place}.text`) };
		case 'tool-call': {
			const call: Exclude<FixtureContent, string>[number] = {
				type: 'tool-call',
				name: readString(part['name'], `${place}.name`),
			};
			if (part['id'] !== undefined) {
				call.id = readString(part['id'], `${place}.id`);
			}
			if (part['input'] !== undefined) {
				call.input = part['input'];
			}
			return call;
		}
		case 'tool-result': {
			const result: Exclude<FixtureContent, string>[number] = {
				type: 'tool-result',
				content: readString(part['content'], `${place}.content`),
			};
			if (part['id'] !== undefined) {
				result.id = readString(part['id'], `${place}.id`);
			}
			if (part['name'] !== undefined) {
				result.name = readString(part['name'], `${place}.name`);
			}
			if (part['isError'] === true) {
				result.isError = true;
			}
			return result;
		}
		default:
			throw invalid(`${place}.type`, l10n.t('"text", "thinking", "tool-call" or "tool-result"'), part['type']);
	}
}

function readContent(value: unknown, place: string): FixtureContent {
	if (typeof value === 'string') {
		return value;
	}
	if (!Array.isArray(value)) {
		throw invalid(place, l10n.t('a string or a list of parts'), value);
	}
	return value.map((part: unknown, index) => readPart(part, `${place}[${index}]`));
}

/** Reads a list of messages, from a fixture file or from a caller of the API. */
export function readMessages(value: unknown, place: string): FixtureMessage[] {
	return readList(value, place).map((item, index) => {
		const at = `${place}[${index}]`;
		const message = readObject(item, at);
		const role = message['role'];
		if (role !== 'user' && role !== 'assistant') {
			throw invalid(`${at}.role`, l10n.t('"user" or "assistant"'), role);
		}
		const read: FixtureMessage = {
			role,
			content: readContent(message['content'], `${at}.content`),
		};
		if (message['thinking'] !== undefined && message['thinking'] !== null) {
			read.thinking = readString(message['thinking'], `${at}.thinking`);
		}
		return role === 'assistant' ? withoutTags(read) : read;
	});
}

/**
 * Moves thinking in tags at the start of an answer to its own field, so that it is shown as thinking and never sent.
 */
function withoutTags(message: FixtureMessage): FixtureMessage {
	const { content } = message;
	const first = typeof content === 'string' ? content : content[0]?.type === 'text' ? content[0].text : '';
	const { thinking, text } = splitThinking(first);
	if (thinking === '') {
		return message;
	}
	return typeof content === 'string'
		? { ...message, content: text, thinking: [message.thinking ?? [], thinking].flat().join('\n\n') }
		: { ...message, content: [{ type: 'thinking', text: thinking }, { type: 'text', text }, ...content.slice(1)] };
}

function readConversations(value: unknown, place: string): FixtureConversation[] {
	return readList(value, place).map((item, index) => {
		const at = `${place}[${index}]`;
		const conversation = readObject(item, at);
		return {
			label: readOptionalString(conversation['label'], `${at}.label`, `Conversation ${index + 1}`),
			messages: readMessages(conversation['messages'], `${at}.messages`),
		};
	});
}

function readItems(value: unknown, place: string): AssessmentItem[] {
	return readList(value, place).map((entry, index) => {
		const at = `${place}[${index}]`;
		const raw = readObject(entry, at);
		const item: AssessmentItem = {
			label: readOptionalString(raw['label'], `${at}.label`, `Item ${index + 1}`),
			question: readString(raw['question'], `${at}.question`),
			answer: readString(raw['answer'], `${at}.answer`),
		};
		const expected = raw['expected'];
		if (typeof expected === 'number' || typeof expected === 'string') {
			item.expected = expected;
		} else if (expected !== undefined && expected !== null) {
			throw invalid(`${at}.expected`, l10n.t('a number or a string'), expected);
		}
		return item;
	});
}

function readSection(raw: JsonObject, at: string, name: string, assessment: boolean): FixtureSection {
	const field = (key: string) => (at === '' ? key : `${at}.${key}`);
	const section: FixtureSection = {
		name: readOptionalString(raw['name'], field('name'), name),
		instructions: readOptionalString(raw['instructions'], field('instructions')),
		context: readOptionalString(raw['context'], field('context')),
		conversations: assessment ? [] : readConversations(raw['conversations'], field('conversations')),
	};
	if (assessment) {
		section.items = readItems(raw['items'], field('items'));
	}
	return section;
}

function singleSection(raw: JsonObject, name: string): { base: string; section: FixtureSection } {
	let base = '';
	let instructions = '';
	const prompt = raw['systemPrompt'];
	if (typeof prompt === 'string') {
		base = prompt;
	} else if (prompt !== undefined && prompt !== null) {
		const parts = readObject(prompt, 'systemPrompt');
		base = readOptionalString(parts['base'], 'systemPrompt.base');
		instructions = readOptionalString(parts['instructions'], 'systemPrompt.instructions');
	}
	return {
		base,
		section: {
			name,
			instructions,
			context: readOptionalString(raw['previousContent'], 'previousContent'),
			conversations: [{ label: name, messages: readMessages(raw['messages'], 'messages') }],
		},
	};
}

/** A readable name for a file without one: the last part of its path without the extension. */
export function nameOfFile(id: string): string {
	const last = id.split('/').at(-1) ?? id;
	return last.replace(/(\.fixture)?\.jsonl?$/i, '');
}

/**
 * Converts the four forms of a fixture file (sectioned, flat, single, assessment) to the sectioned form. `id` is the
 * file's root and path. Unknown fields are ignored. Throws a `validation` error that names the place.
 */
export function normaliseFixture(json: unknown, id: string): Fixture {
	const raw = readObject(json, l10n.t('the fixture'));
	const name = readOptionalString(raw['name'], 'name', nameOfFile(id)).trim() || nameOfFile(id);
	const type = raw['type'];
	if (type !== undefined && type !== null && type !== 'assessment' && type !== 'conversations') {
		throw invalid('type', l10n.t('"conversations" or "assessment"'), type);
	}
	const assessment = type === 'assessment';
	let baseSystemPrompt = readOptionalString(raw['baseSystemPrompt'], 'baseSystemPrompt');
	let sections: FixtureSection[];
	if (raw['sections'] !== undefined) {
		sections = readList(raw['sections'], 'sections').map((section, index) =>
			readSection(
				readObject(section, `sections[${index}]`),
				`sections[${index}]`,
				`Section ${index + 1}`,
				assessment,
			),
		);
	} else if (raw['conversations'] !== undefined || (assessment && raw['items'] !== undefined)) {
		sections = [readSection({ ...raw, name }, '', name, assessment)];
	} else if (raw['messages'] !== undefined && !assessment) {
		const single = singleSection(raw, name);
		baseSystemPrompt = single.base || baseSystemPrompt;
		sections = [single.section];
	} else {
		throw invalid(
			l10n.t('the fixture'),
			assessment
				? l10n.t('given "sections" or "items"')
				: l10n.t('given "sections", "conversations" or "messages"'),
			raw,
		);
	}
	return {
		id,
		name,
		module: readOptionalString(raw['module'], 'module'),
		description: readOptionalString(raw['description'], 'description'),
		type: assessment ? 'assessment' : 'conversations',
		baseSystemPrompt,
		sections,
	};
}
