import * as l10n from '@vscode/l10n';
import type { JsonSchema } from '../../common/tools.ts';
import { mockResult, type MockTool, type WrittenResult } from '../../prompts/mockTools.ts';
import { checkTemplates } from './checkTemplates.ts';
import type { Located, Path } from './located.ts';

export interface WrittenTool extends WrittenResult {
	name?: string;
	/** Name of a tool of the editor. */
	editor?: string;
	description?: string;
	inputSchema?: JsonSchema;
	results?: (WrittenResult & { when: Record<string, unknown> })[];
}

/** Reads `tools`, whose fields were checked. A tool without any result is reported, unless it is the editor's. */
export function readTools(
	written: readonly WrittenTool[],
	located: Located,
): { tools: MockTool[]; editorTools: string[] } {
	const seen = new Set<string>();
	const editorTools: string[] = [];
	const tools = written.flatMap(({ name, editor, description = '', inputSchema, results = [], ...own }, index) => {
		const path = ['tools', index];
		if (editor !== undefined) {
			if (Object.keys(written[index] ?? {}).length > 1) {
				located.report({ path }, l10n.t('A tool of the editor has only its name, as "editor"'));
			} else if (seen.size === seen.add(editor).size) {
				located.report({ path: [...path, 'editor'] }, l10n.t('There are two tools "{0}"', editor));
			} else {
				editorTools.push(editor);
			}
			return [];
		}
		if (name === undefined) {
			located.report({ path }, l10n.t('The tool has no "name"'));
			return [];
		}
		if (seen.size === seen.add(name).size) {
			located.report({ path: [...path, 'name'] }, l10n.t('There are two tools "{0}"', name));
			return [];
		}
		if (own.result === undefined && results.length === 0) {
			located.report({ path }, l10n.t('The tool "{0}" has no "result" and no "results"', name));
			return [];
		}
		checkResults({ ...own, results }, path, located);
		return [
			{
				name,
				description,
				inputSchema: { type: 'object', ...inputSchema },
				...(own.result !== undefined && { result: mockResult(own) }),
				results: results.map(({ when, ...result }) => ({ when, ...mockResult(result) })),
			},
		];
	});
	return { tools, editorTools };
}

/** Reports tags in the results of a tool that cannot be rendered. */
export function checkResults({ result, results = [] }: WrittenTool, path: Path, located: Located): void {
	checkTemplates(result, [...path, 'result'], located);
	for (const [number, one] of results.entries()) {
		checkTemplates(one.result, [...path, 'results', number, 'result'], located);
	}
}
