import * as l10n from '@vscode/l10n';
import { isVariableName } from '../prompts/variables/nameForms.ts';
import type { Format, ImportedDraft } from './imported.ts';
import { csvHeader, csvRows } from './reading/csvRows.ts';
import { Findings } from './reading/findings.ts';
import { TemplateWriter } from './template/templateWriter.ts';
import { variablesOf, type KnownVariable } from './template/variablesOf.ts';

const maxPrompts = 2_000;

/** The CSV of "awesome" lists of prompts: `act`, `prompt`, with variables as `${name:default}`. */
export const awesome: Format = {
	id: 'awesome',
	label: 'Awesome prompts (CSV)',
	detect(file) {
		const header = csvHeader(file);
		return header?.includes('act') && header.includes('prompt') ? 0.9 : 0;
	},
	read(file) {
		const findings = new Findings();
		const rows = csvRows(file).filter(({ row }) => (row['prompt'] ?? '').trim() !== '');
		if (rows.length > maxPrompts) {
			findings.dropped(
				l10n.t('{0} prompts', rows.length - maxPrompts),
				l10n.t('At most {0} prompts are imported at once', maxPrompts),
			);
		}
		const others = (csvHeader(file) ?? []).filter((name) => !['act', 'prompt'].includes(name));
		if (others.length > 0) {
			findings.dropped(others.join(', '), l10n.t('A draft has no place for these columns'));
		}
		const drafts = rows.slice(0, maxPrompts).map(({ row, line }, index): ImportedDraft => {
			const { text, known } = withVariables((row['prompt'] ?? '').trimEnd(), findings, line);
			return {
				name: (row['act'] ?? '').trim() || `${file.stem} ${index + 1}`,
				text,
				kind: 'assistant',
				variables: variablesOf([text], known),
				tools: [],
				promptRole: 'user',
			};
		});
		return { format: 'awesome', drafts, suites: [], fixtures: [], report: findings.report() };
	},
};

function withVariables(
	prompt: string,
	findings: Findings,
	line: number,
): { text: string; known: Record<string, KnownVariable> } {
	const writer = new TemplateWriter();
	const known: Record<string, KnownVariable> = {};
	let done = 0;
	for (const match of prompt.matchAll(/\$\{([^}:\n]{1,100})(?::([^}\n]*))?\}/g)) {
		const [written, label = '', value] = match;
		const name = label.trim().replace(/\s+/g, '_');
		if (!isVariableName(name)) {
			findings.kept(written, l10n.t('A variable cannot have this name: it stays in the text'), line);
			continue;
		}
		writer.literal(prompt.slice(done, match.index));
		writer.tag(`{{${name}}}`);
		known[name] = { ...known[name], ...(value !== undefined && { default: value.trim() }) };
		done = match.index + written.length;
	}
	writer.literal(prompt.slice(done));
	return { text: writer.finish(findings), known };
}
