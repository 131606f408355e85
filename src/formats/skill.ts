import * as l10n from '@vscode/l10n';
import type { Format } from './imported.ts';
import { markdownDraft } from './markdown/markdownDraft.ts';
import { namedTools } from './markdown/toolNames.ts';
import { Findings } from './reading/findings.ts';
import { insideFolder } from './reading/insideFolder.ts';
import { isRecord, scalarText } from './reading/values.ts';
import { isAppError } from '../common/errors.ts';
import { evalsSuite } from './skillEvals/evalsSuite.ts';
import { ForeignFile } from './reading/foreignFile.ts';

/** Lengths of agentskills.io. */
const limits = { name: 64, description: 1024, compatibility: 500 } as const;

/** A skill of an agent: SKILL.md of agentskills.io, with the fields that VS Code adds, and the evals beside it. */
export const skill: Format = {
	id: 'skill',
	label: 'Agent skill (SKILL.md, evals.json)',
	detect({ name, json }) {
		if (isRecord(json) && Array.isArray(json['evals'])) {
			return 'skill_name' in json ? 1 : 0.7;
		}
		return /^skill\.md$/i.test(name) ? 1 : /^evals\.json$/i.test(name) ? 0.4 : 0;
	},
	async read(file, folder) {
		const findings = new Findings();
		if (/\.json$/i.test(file.name)) {
			const suite = evalsSuite(file, findings);
			return { format: 'skill', drafts: [], suites: [suite], fixtures: [], report: findings.report() };
		}
		const { draft, frontMatter } = markdownDraft(file, findings, {
			format: 'skill',
			kind: 'agent',
			read: ['name', 'description'],
		});
		const { fields, lineOf, body } = frontMatter;
		const name = scalarText(fields['name']);
		if (name === undefined) {
			draft.name = file.folderName || file.stem;
			findings.changed('name', l10n.t('A skill needs a name; this one gets that of its folder'), lineOf('name'));
		} else if (name.length > limits.name || !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name)) {
			findings.kept(
				'name',
				l10n.t('A skill has a name of at most 64 lower-case letters, digits and single hyphens'),
				lineOf('name'),
			);
		} else if (file.folderName !== '' && file.folderName !== name) {
			findings.kept(
				'name',
				l10n.t('The folder "{0}" is named otherwise, which agents refuse', file.folderName),
				lineOf('name'),
			);
		}
		for (const field of ['description', 'compatibility'] as const) {
			const text = scalarText(fields[field]) ?? '';
			if (text.length > limits[field]) {
				findings.kept(
					field,
					l10n.t('It has {0} characters. A skill may have at most {1}', text.length, limits[field]),
					lineOf(field),
				);
			}
		}
		draft.tools = namedTools(splitTools(fields['allowed-tools']), findings, lineOf('allowed-tools'));
		const read = (path: string) => folder.read(insideFolder(path, file.path));
		for (const reference of new Set(body.match(/(?<=\]\(|`)[\w.-]+(?:\/[\w.-]+)+(?=[)`])/g))) {
			await nameReference(reference, read, findings);
		}
		const suites: { name: string; text: string }[] = [];
		const evals = await readBeside(read, 'evals/evals.json');
		if (evals !== undefined) {
			suites.push(evalsSuite(new ForeignFile('evals/evals.json', evals), findings, `draft:${draft.name}`));
		}
		return { format: 'skill', drafts: [draft], suites, fixtures: [], report: findings.report() };
	},
};

/** The specification has a text with blanks between the tools, and names with patterns such as `Bash(git:*)`. */
function splitTools(written: unknown): unknown {
	return typeof written === 'string' ? (written.match(/[^\s,(]+(?:\([^)]*\))?/g) ?? []) : written;
}

async function nameReference(
	reference: string,
	read: (path: string) => Promise<string>,
	findings: Findings,
): Promise<void> {
	const text = await readBeside(read, reference);
	findings.kept(
		reference,
		text === undefined
			? l10n.t('The skill points at this file, which is not beside it')
			: l10n.t('The skill points at this file, which an agent reads and a test does not'),
	);
}

/** The text of a file beside the skill; undefined if there is none or it lies elsewhere. */
async function readBeside(read: (path: string) => Promise<string>, path: string): Promise<string | undefined> {
	try {
		return await read(path);
	} catch (thrown) {
		if (isAppError(thrown, 'not-found') || isAppError(thrown, 'access-denied')) {
			return undefined;
		}
		throw thrown;
	}
}
