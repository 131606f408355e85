import * as l10n from '@vscode/l10n';
import type { JsonSchema } from '../../common/tools.ts';
import { mockResult, type MockTool, type WrittenResult } from '../../prompts/mockTools.ts';
import { checkTemplates } from './checkTemplates.ts';
import type { Located } from './located.ts';

export interface WrittenTool extends WrittenResult {
	name: string;
	description?: string;
	inputSchema?: JsonSchema;
	results?: (WrittenResult & { when: Record<string, unknown> })[];
}

/** Reads `tools`, whose fields were checked. A tool without any result is reported. */
export function readTools(written: readonly WrittenTool[], located: Located): MockTool[] {
	const seen = new Set<string>();
	return written.flatMap(({ name, description = '', inputSchema, results = [], ...own }, index) => {
		const path = ['tools', index];
		if (seen.size === seen.add(name).size) {
			located.report({ path: [...path, 'name'] }, l10n.t('There are two tools "{0}"', name));
			return [];
		}
		if (own.result === undefined && results.length === 0) {
			located.report({ path }, l10n.t('The tool "{0}" has no "result" and no "results"', name));
			return [];
		}
		checkTemplates(own.result, [...path, 'result'], located);
		for (const [number, { result }] of results.entries()) {
			checkTemplates(result, [...path, 'results', number, 'result'], located);
		}
		return [
			{
				name,
				description,
				inputSchema: inputSchema ?? { type: 'object' },
				...(own.result !== undefined && { result: mockResult(own) }),
				results: results.map(({ when, ...result }) => ({ when, ...mockResult(result) })),
			},
		];
	});
}
