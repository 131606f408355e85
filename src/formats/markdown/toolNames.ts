import * as l10n from '@vscode/l10n';
import type { PromptTool } from '../../prompts/promptMetadata.ts';
import type { Findings } from '../reading/findings.ts';
import { listOf, scalarText } from '../reading/values.ts';

const usable = /^[A-Za-z0-9_-]{1,64}$/;

/** Tools that a file only names: a list, or names with commas between them. What they do is not known. */
export function namedTools(written: unknown, findings: Findings, line: number | undefined): PromptTool[] {
	const names =
		typeof written === 'string' ? written.split(',') : listOf(written).map((name) => scalarText(name) ?? '');
	const tools: PromptTool[] = [];
	for (const name of new Set(names.map((one) => one.trim()).filter((one) => one !== ''))) {
		if (usable.test(name)) {
			tools.push({ name, description: '', inputSchema: {} });
		} else {
			findings.dropped(
				name,
				l10n.t(
					'A tool has letters, digits, "_" and "-" in its name; an export to the same format writes it again',
				),
				line,
			);
		}
	}
	if (tools.length > 0) {
		findings.changed(
			tools.map(({ name }) => name).join(', '),
			l10n.t('The file only names these tools: add what they do, and results for tests'),
			line,
		);
	}
	return tools;
}
