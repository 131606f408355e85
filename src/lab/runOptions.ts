import * as l10n from '@vscode/l10n';
import type { FixtureMessage, LabRunOptions, OfferedTool } from '../common/api.ts';
import { AppError } from '../common/errors.ts';
import { thinkingLevels, type ThinkingLevel } from '../common/model.ts';
import { checkOfferedNames } from '../prompts/checkOfferedNames.ts';
import { mockOf, type MockTool } from '../prompts/mockTools.ts';
import { readMessages } from './normaliseFixture.ts';
import { invalid, readList, readObject, readString } from './reader.ts';

export interface CheckedRunOptions {
	messages: FixtureMessage[];
	systemPrompt: string;
	thinking: ThinkingLevel;
	thinkingBudget?: number;
	maxTokens: number;
	model?: string;
	/** Absent for those of the recorded conversation. */
	tools?: MockTool[];
	signal?: AbortSignal;
}

function readTokens(value: unknown, field: string): number | undefined {
	if (value === undefined) {
		return undefined;
	}
	if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) {
		throw new AppError('validation', l10n.t('{0} must be a whole number above 0', field), { info: { field } });
	}
	return value;
}

function readThinking(
	options: Record<string, unknown>,
	budget: number | undefined,
	setting: ThinkingLevel,
): ThinkingLevel {
	const { thinking, enableThinking } = options;
	if (thinking !== undefined) {
		if (!thinkingLevels.includes(thinking as ThinkingLevel)) {
			throw new AppError('validation', l10n.t('thinking must be one of {0}', thinkingLevels.join(', ')), {
				info: { field: 'thinking' },
			});
		}
		return thinking as ThinkingLevel;
	}
	if (enableThinking !== undefined && typeof enableThinking !== 'boolean') {
		throw invalid('enableThinking', l10n.t('true or false'), enableThinking);
	}
	if (enableThinking === false) {
		return 'off';
	}
	const wanted = enableThinking === true || budget !== undefined;
	return wanted && setting === 'off' ? 'low' : setting;
}

const toolFields: ReadonlySet<string> = new Set<keyof OfferedTool>([
	'name',
	'description',
	'inputSchema',
	'result',
	'isError',
	'delay',
	'results',
]);

function readTools(given: unknown): MockTool[] {
	const tools = readList(given, 'tools').map((tool, index) => {
		const field = `tools[${index}]`;
		const fields = readObject(tool, field);
		const unknown = Object.keys(fields).find((name) => !toolFields.has(name));
		if (unknown !== undefined) {
			throw new AppError('validation', l10n.t('{0} has no field "{1}"', field, unknown), {
				info: { field: `${field}.${unknown}` },
			});
		}
		const { description = '', inputSchema = {} } = fields;
		return mockOf({
			...fields,
			name: readString(fields['name'], `${field}.name`),
			description: readString(description, `${field}.description`),
			inputSchema: readObject(inputSchema, `${field}.inputSchema`),
		});
	});
	checkOfferedNames(tools.map(({ name }) => name));
	return tools;
}

/** Checks the options of an API call before anything is sent. Throws a `validation` error that names the field. */
export function checkRunOptions(
	options: LabRunOptions,
	defaults: { thinking: ThinkingLevel; maxTokens: number },
): CheckedRunOptions {
	const given = readObject(options, l10n.t('the options'));
	const messages = readMessages(given['messages'], 'messages');
	if (messages.length === 0) {
		throw new AppError('validation', l10n.t('messages must have at least one message; it is empty'), {
			info: { field: 'messages' },
		});
	}
	const budget = readTokens(given['thinkingBudget'], 'thinkingBudget');
	const checked: CheckedRunOptions = {
		messages,
		systemPrompt: readString(given['systemPrompt'], 'systemPrompt'),
		thinking: readThinking(given, budget, defaults.thinking),
		maxTokens: readTokens(given['maxTokens'], 'maxTokens') ?? defaults.maxTokens,
	};
	if (budget !== undefined) {
		checked.thinkingBudget = budget;
	}
	if (given['model'] !== undefined) {
		checked.model = readString(given['model'], 'model');
	}
	if (given['tools'] !== undefined) {
		checked.tools = readTools(given['tools']);
	}
	if (options.signal) {
		checked.signal = options.signal;
	}
	return checked;
}
