import * as l10n from '@vscode/l10n';
import type { SuiteProblem } from '../common/suiteModel.ts';
import { linePositions } from '../formats/source/linePositions.ts';
import { parseSource } from '../formats/source/parseSource.ts';
import type { SourceNode } from '../formats/source/sourceNode.ts';
import { isTopicTool } from '../prompts/checkOfferedNames.ts';
import type { PromptTool } from '../prompts/promptMetadata.ts';
import { fieldChecker, type KnownGrader } from './reading/fieldChecker.ts';
import { locatedNode } from './reading/located.ts';
import { Problems } from './reading/problems.ts';
import { checkResults, type WrittenTool } from './reading/readTools.ts';

/** In UTF-16 code units: the tools are in the row of their draft, and in each of its versions. */
const maxLength = 1_000_000;
const noGraders: readonly KnownGrader[] = [];

/**
 * Reads the tools of a prompt from JSON, a list of tools as suites have them, and all that is wrong with it, each at its
 * place. With an error among the problems there are no tools.
 */
export async function readPromptTools(text: string): Promise<{ tools: PromptTool[]; problems: SuiteProblem[] }> {
	const problems = new Problems();
	const tools = await read(text.replace(/^\ufeff/, ''), problems);
	const sorted = problems.sorted();
	return { tools: sorted.some(({ severity }) => severity !== 'warning') ? [] : tools, problems: sorted };
}

async function read(text: string, problems: Problems): Promise<PromptTool[]> {
	const positionAt = linePositions(text);
	const report = (offset: number, message: string, severity?: SuiteProblem['severity']) =>
		problems.add({ ...positionAt(offset), message, ...(severity !== undefined && { severity }) });
	if (text.length > maxLength) {
		report(0, l10n.t('The tools have {0} characters. They may have at most {1}', text.length, maxLength));
		return [];
	}
	const root = parseSource(text, 'json', report);
	if (!root) {
		return [];
	}
	if (root.kind !== 'list') {
		report(root.start, l10n.t('The tools must be a list: write them between "[" and "]"'));
		return [];
	}
	const checker = await fieldChecker(noGraders);
	const seen = new Set<string>();
	return [...root.items()].flatMap((node: SourceNode): PromptTool[] => {
		const located = locatedNode(node, node.value(), positionAt, problems, undefined);
		if (!checker.check('promptTool', located)) {
			return [];
		}
		const tool = located.value as WrittenTool & { name: string };
		const { name, description = '', inputSchema = {} } = tool;
		if (seen.size === seen.add(name).size) {
			located.report({ path: ['name'] }, l10n.t('There are two tools "{0}"', name));
		}
		if (isTopicTool(name)) {
			const message = l10n.t(
				'Topics have a search tool "{0}" too, so this tool cannot be tested with a topic. Rename it',
				name,
			);
			located.report({ path: ['name'] }, message, { severity: 'warning' });
		}
		if (inputSchema['type'] !== undefined && inputSchema['type'] !== 'object') {
			const message = l10n.t('The arguments of a tool are an object: the "type" of its schema must be "object"');
			located.report({ path: ['inputSchema', 'type'] }, message);
		}
		checkResults(tool, [], located);
		return [{ ...tool, description, inputSchema }];
	});
}
