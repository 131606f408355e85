import * as l10n from '@vscode/l10n';
import type { Findings } from '../reading/findings.ts';
import type { SuiteAssertion } from '../suiteText.ts';
import { plainTextOf } from '../template/templatePieces.ts';
import { fileName } from '../writing/fileName.ts';
import { withFrontMatter } from '../writing/frontMatterText.ts';
import { toPlainText } from '../writing/templates.ts';
import { keptFields, writtenSuite, type WrittenSuite } from '../writing/writtenSuite.ts';
import type { Writer } from '../writing/writer.ts';

/** A folder with SKILL.md, and its evals if a suite tests it. */
export const skill: Writer = {
	id: 'skill',
	label: 'Agent skill (SKILL.md)',
	parts: ['description', 'tools', 'cases'],
	write({ draft, suites }, findings) {
		const name = fileName(draft.name, 64);
		if (name !== draft.name) {
			findings.changed(
				draft.name,
				l10n.t('A skill is named with lower-case letters, digits and hyphens: {0}', name),
			);
		}
		const description = draft.description ?? draft.name;
		const tools = draft.tools.length === 0 ? undefined : draft.tools.map((tool) => tool.name).join(' ');
		const fields = {
			name,
			description: description.slice(0, 1024),
			'allowed-tools': tools,
			...keptFields('skill', draft.origin),
		};
		const files = [{ path: `${name}/SKILL.md`, text: withFrontMatter(fields, toPlainText(draft.text, findings)) }];
		const suite = writtenSuite(suites);
		if (suite) {
			files.push({ path: `${name}/evals/evals.json`, text: evalsText(name, suite, findings) });
		}
		return files;
	},
};

function evalsText(name: string, { defaults, cases }: WrittenSuite, findings: Findings): string {
	const evals = cases.map((one, index) => {
		const id = one.name ?? String(index + 1);
		const assertions = [...(defaults.assert ?? []), ...(one.assert ?? [])].flatMap((assertion) =>
			rubricsOf(assertion, id, findings),
		);
		const asked = one.query ?? defaults.query ?? one.messages?.at(-1)?.content ?? '';
		const prompt = plainTextOf(asked);
		if (prompt === undefined || one.messages) {
			findings.changed(id, l10n.t('Only a question without variables can be written'));
		}
		return {
			id,
			prompt: prompt ?? asked,
			...(typeof one.expected === 'string' && { expected_output: one.expected }),
			...(assertions.length > 0 && { assertions }),
		};
	});
	return `${JSON.stringify({ skill_name: name, evals }, undefined, '\t')}\n`;
}

function rubricsOf({ type, value }: SuiteAssertion, id: string, findings: Findings): string[] {
	const rubrics = (Array.isArray(value) ? (value as unknown[]) : [value]).filter((one) => typeof one === 'string');
	if (type !== 'llm-rubric' || rubrics.length === 0) {
		findings.dropped(`${id}: ${type}`, l10n.t('Evals of a skill only have rubrics'));
		return [];
	}
	return rubrics.map((one) => plainTextOf(one) ?? one);
}
